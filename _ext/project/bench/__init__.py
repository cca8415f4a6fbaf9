"""``make bench``: how long everything takes, beside Hugo and Zensical on the same content."""
