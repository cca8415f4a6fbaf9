"""From what an API really does to how the catalogue differs from it."""
