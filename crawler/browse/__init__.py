"""Datasette on the database: its settings, and pages of our own for articles and stories."""

from __future__ import annotations

DATABASE = "redtop"
"""The database's name in every address, whatever the file is called."""
