"""The catalogue as docutils nodes."""
