"""From fetched pages to rows: the page, the store, duplicates, and what reads the database for people."""
