project = "Till"
extensions = ["reasonbook"]
html_theme = "alabaster"
html_baseurl = "https://docs.example.com/"
