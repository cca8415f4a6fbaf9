"""The source of an API, scanned for the reasons that it names."""
