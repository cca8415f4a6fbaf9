"""Recorded traffic in its several kinds, read into one plain record."""
