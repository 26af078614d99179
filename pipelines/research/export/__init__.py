"""Out of the database into files that other programs read; every form is a stream, so memory does not grow with it."""

from pipelines.research.export.chosen import chosen, snapshot
from pipelines.research.export.records import Exported, records
from pipelines.research.export.tables import Rows, table_rows

__all__ = ["Exported", "Rows", "chosen", "records", "snapshot", "table_rows"]
