"""The doctest builder: every JSON block of a project, tested."""
