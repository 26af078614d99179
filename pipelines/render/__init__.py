"""An article as something to read: Markdown, plain text, or one HTML page."""

from pipelines.render.markdown import to_markdown
from pipelines.render.page import to_html
from pipelines.render.text import to_text

__all__ = ["to_html", "to_markdown", "to_text"]
