"""The Sphinx side: registrations, the ``err`` domain, directives, and the model as nodes."""
