"""The catalogue: reading, model and checks. Imports neither Sphinx nor docutils."""
