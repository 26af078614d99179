from __future__ import annotations

from scrapy import Request

from crawler.scheduler import TICKET, FrontierScheduler
from crawler.settings import scrapy_settings, user_agent


def test_only_what_the_frontier_has_chosen_reaches_the_downloader() -> None:
    scheduler = FrontierScheduler()
    chosen = Request("http://gull.example/a", meta={TICKET: object()})
    assert not scheduler.enqueue_request(Request("http://gull.example/b"))
    assert not scheduler.has_pending_requests()
    assert scheduler.enqueue_request(chosen)
    assert scheduler.enqueue_request(chosen)  # when an address is asked again is the frontier's decision
    assert scheduler.has_pending_requests()
    assert [scheduler.next_request() for _ in range(3)] == [chosen, chosen, None]


def test_the_user_agent_is_honest() -> None:
    assert user_agent("desk@gull.example").startswith("redtop/")
    assert user_agent("desk@gull.example").endswith(" (+desk@gull.example)")
    assert " " not in user_agent(None)
    assert user_agent("  ") == user_agent(None)


def test_nothing_listens_and_nothing_is_remembered() -> None:
    settings = scrapy_settings("desk@gull.example")
    off = ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "RETRY_ENABLED", "REDIRECT_ENABLED")
    assert [settings[name] for name in off] == [False] * 5
    assert "JOBDIR" not in settings
    assert settings["USER_AGENT"] == user_agent("desk@gull.example")
