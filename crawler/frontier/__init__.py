"""What is to be asked, when, and by whom: the frontier, kept in the database."""
