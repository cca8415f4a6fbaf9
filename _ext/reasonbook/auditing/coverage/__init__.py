"""Which documented reasons were seen: measured, written, demanded, and kept in the catalogue."""
