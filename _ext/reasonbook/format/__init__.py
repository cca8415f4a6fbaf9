"""The format of a catalogue: its one definition, and how files are read by it."""
