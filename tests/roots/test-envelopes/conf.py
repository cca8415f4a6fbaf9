project = "Postbox"
extensions = ["myst_parser", "reasonbook"]
html_theme = "alabaster"
html_baseurl = "https://docs.example.com/"
reasonbook_prefix = "errors"
