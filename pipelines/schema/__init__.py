"""The tables, as named migrations; a released migration is never edited, a change is a new one."""

from pipelines.schema.migrations import redtop

__all__ = ["redtop"]
