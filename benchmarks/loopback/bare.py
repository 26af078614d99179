"""A bare Scrapy spider: it fetches the same pages and does nothing with them.

`python -m benchmarks.loopback.bare PORT COUNT` prints the pages, the seconds and the CPU seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from benchmarks.loopback.pages import host_of, path_of
from benchmarks.loopback.server import name_of
from crawler.loop import install_resolver, wait_for

SETTINGS = {
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_ENABLED": False,
    "LOGSTATS_INTERVAL": 0,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}


class Bare(Spider):
    """Asks for every page once."""

    name = "bare"
    port = 0
    count = 0
    pages = 0

    async def start(self) -> AsyncIterator[Request]:
        """Ask for all of them, one host after the other in turn."""
        for number in range(self.count):
            yield Request(f"http://{name_of(host_of(number))}:{self.port}{path_of(number)}")

    def parse(self, response: Response) -> None:
        """Count."""
        assert response.status == 200
        Bare.pages += 1


def main() -> None:
    """Run from a shell."""
    install_resolver(allow_private=True)  # names below .localhost are known to no resolver of a bare system
    started, cpu = time.monotonic(), time.process_time()
    wait_for(Crawler(Bare, SETTINGS).crawl_async(port=int(sys.argv[1]), count=int(sys.argv[2])))
    print(Bare.pages, time.monotonic() - started, time.process_time() - cpu)


if __name__ == "__main__":
    main()
