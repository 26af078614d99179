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

    The body has `text`, which chat programs show as it is, and `run` and `alarms` (by outlet) for programs.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return f"{url} is no http or https address for a webhook"
    lines = [f"{site}: {alarm}" for site, alarm in report.alarms.items()]
    told = {"text": "redtop: " + "\n".join(lines), "run": report.crawl_id, "alarms": report.alarms}
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
