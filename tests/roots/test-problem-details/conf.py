project = "Problem details"
extensions = ["reasonbook"]
html_theme = "alabaster"
smartquotes = False
