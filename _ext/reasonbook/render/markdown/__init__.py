"""Pages for agents, as Markdown."""
