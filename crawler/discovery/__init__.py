"""Finding articles: feeds, sitemaps, section pages. Pure functions of what was fetched."""
