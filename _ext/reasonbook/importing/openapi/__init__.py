"""Reads the errors of an OpenAPI document."""
