"""JSON Schemas: compiled, counted, and listed as fields."""
