"""The rules for a loaded API."""
