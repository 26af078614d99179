"""What the server that forks workers does first; imported by nobody but that server, which preloads it.

Workers are forked from it with the extractors loaded. It dies with the crawl, and its workers with it; a SIGTERM that
a service manager sends to the whole group is for the crawl to answer.
"""

import signal

import extractors  # noqa: F401  (so that every worker has it already)
from crawler.mortal import die_with_parent

die_with_parent()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
