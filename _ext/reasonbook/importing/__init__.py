"""Drafts of catalogues from what a team has: a reader for each kind of source, and one writer."""
