"""From an error that someone got to what the catalogue says of it."""
