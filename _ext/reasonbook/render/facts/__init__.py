"""What is said of APIs and their reasons: once, as statements that every format renders."""
