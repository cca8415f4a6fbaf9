"""Texts as they are read: files, characters, YAML and JSON, each value with its place."""
