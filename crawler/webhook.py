"""Telling another program of alarms."""

from __future__ import annotations

import json
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from crawler.report import CrawlReport
from crawler.settings import AGENT

PATIENCE = 10.0
"""Seconds that the other side may take."""


def post_alarms(url: str, report: CrawlReport) -> str | None:
    """POST a run's alarms as JSON to an address that the operator chose; give what went wrong, in one line.

    The body has `text`, which chat programs show as it is: what is new. For programs it has `run`, `alarms` (all that
    stand, by outlet), `begun` (outlets), `ended` (what had been wrong, by outlet) and `outage` (a line, or null).
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return f"{url} is no http or https address for a webhook"
    news = report.news
    told = {
        "text": "redtop: " + "\n".join(_lines(report)),
        "run": report.crawl_id,
        "alarms": report.alarms,
        "begun": list(news.begun),
        "ended": news.ended,
        "outage": report.outage,
    }
    request = Request(
        url,
        data=json.dumps(told, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json", "User-Agent": AGENT},
        method="POST",
    )
    try:
        with urlopen(request, timeout=PATIENCE):
            return None
    except (URLError, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", None) or problem
        return f"the webhook {urlsplit(url).hostname} did not take the alarms: {' '.join(str(reason).split())}"


def _lines(report: CrawlReport) -> list[str]:
    news = report.news
    return [
        *([news.outage] if news.outage else []),
        *(["outlets answer again"] if news.is_outage_over else []),
        *(f"{site}: {alarm}" for site, alarm in news.begun.items()),
        *(f"{site}: still {alarm}" for site, alarm in news.lasting.items()),
        *(f"{site} is well again; it was: {alarm}" for site, alarm in news.ended.items()),
    ]
