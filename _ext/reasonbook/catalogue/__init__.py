"""The folders and files of a catalogue, loaded into the model."""
