"""Every JSON example, checked."""
