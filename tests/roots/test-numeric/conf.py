project = "Relay"
extensions = ["myst_parser", "reasonbook"]
html_theme = "furo"
html_baseurl = "https://docs.example.com/"
