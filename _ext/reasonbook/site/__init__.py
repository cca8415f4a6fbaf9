"""What is about a whole site: Markdown twins of its pages, the 404 page, the page menu."""
