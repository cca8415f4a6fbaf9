project = "Card shop"
extensions = ["reasonbook"]
html_theme = "alabaster"
reasonbook_pages = "none"
