"""What the server that forks workers does first; imported by nobody but that server, which preloads it.

Workers are forked from it with the extractors loaded and warm. It dies with the crawl, and its workers with it; a
SIGTERM that a service manager sends to the whole group is for the crawl to answer.
"""

from crawler.mortal import die_with_parent

die_with_parent()  # before the imports below, which take a second and more on a busy machine

import gc  # noqa: E402
import logging  # noqa: E402
import signal  # noqa: E402
import warnings  # noqa: E402
from datetime import UTC, datetime  # noqa: E402

from crawler.worker import Reading, read  # noqa: E402
from pipelines.page import Page  # noqa: E402

_SENTENCE = "The gulls of the harbour stole a bag of chips two weeks ago, a fisherman told the paper on Thursday. "
_PAGE = f"<html><h1>Gulls steal chips</h1><article>{f'<p>{_SENTENCE * 3}</p>' * 5}</article>".encode()
_NEW_OBJECTS = 50_000
"""That may come before the collector looks for cycles among them (Python's own: 700)."""

signal.signal(signal.SIGTERM, signal.SIG_IGN)
logging.disable(logging.CRITICAL)  # what is wrong with a page is told by its record, or in the line that stands for it
warnings.simplefilter("ignore")
# The first page loads word lists and rarely used modules; read here, every worker has them from the start.
read(
    Reading(
        Page(url="http://gull.example/", status=200, body=_PAGE, fetched_at=datetime(2026, 11, 20, tzinfo=UTC)), None
    )
)
# What is loaded stays: a collection that looked at it would find nothing, and copy the memory that all workers share
# (https://docs.python.org/3/library/gc.html#gc.freeze). Nearly all that a page leaves goes by counting references.
gc.collect()
gc.freeze()
gc.set_threshold(_NEW_OBJECTS)
