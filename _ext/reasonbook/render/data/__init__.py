"""The catalogue as data: JSON, feed, sitemap, redirects."""
