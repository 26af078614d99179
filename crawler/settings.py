"""Scrapy's settings, for every fetch of this program.

What Scrapy does by default and the frontier does instead is off: its queue on disk, its filter of duplicates, its
retries, redirects and delays. So is everything that listens (telnet, remote control) or remembers (cookies).
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

AGENT = "redtop"
"""The name by which robots.txt may address this program."""
MAX_PAGE = 16 * 1024 * 1024
"""Bytes of a page, as received and decompressed."""
MAX_LISTING = 50 * 1024 * 1024
"""Bytes of a feed or sitemap, as received and decompressed (https://www.sitemaps.org/protocol.html allows 50 MB)."""
MAX_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5 asks for at least 500 KiB)."""

BOT_NAME = AGENT
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
SCHEDULER = "crawler.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

ROBOTSTXT_OBEY = False  # by Scrapy: the frontier does, with Crawl-delay and Sitemap lines
COOKIES_ENABLED = False
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False
REFERER_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
LOG_ENABLED = False  # crawler.logs sets the log up

CONCURRENT_REQUESTS = 32
CONCURRENT_ITEMS = 1  # Scrapy starts as many tasks for each response, and the spider gives no items
WARN_ON_GENERATOR_RETURN_VALUE = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = MAX_PAGE
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
URLLENGTH_LIMIT = 2083

DOWNLOADER_MIDDLEWARES = {  # what is left is the timeout, the headers and unpacking
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "*",
}


def user_agent(contact: str | None) -> str:
    """Name this program honestly, with the address where its operator is reached."""
    name = f"{AGENT}/{version(AGENT)}"
    return f"{name} (+{contact.strip()})" if contact and contact.strip() else name


def scrapy_settings(contact: str | None, **changed: Any) -> dict[str, Any]:
    """Give all settings as a mapping, for a crawl or a fetch that is started by this program."""
    given = {name: value for name, value in globals().items() if name.isupper()}
    from crawler.proxy import Proxies  # brings Scrapy, which a reader of saved pages does without

    if Proxies().hosts:
        own = {"crawler.proxy.ProxyMiddleware": 745}  # before Scrapy's, which is at 750
        given |= {"HTTPPROXY_ENABLED": True, "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES | own}
    return given | {"USER_AGENT": user_agent(contact)} | changed


USER_AGENT = user_agent(None)
