"""A reader for each kind of list: what it says, as plain records."""
