"""The ``reasonbook`` command: thin commands over the core."""
