"""Whether this machine has what a browser needs, and how the browser is started.

It is the machine's own Chromium, as the distribution keeps it up to date; none is ever downloaded.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HEAP = 512
"""MB that the scripts of one page may hold."""
_FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-domain-reliability", "--dns-prefetch-disable", "--no-pings",
    "--disable-breakpad", "--mute-audio",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # nothing goes past the gateway
    f"--js-flags=--max-old-space-size={HEAP}",
)  # fmt: skip


def why_none() -> str | None:
    """Say what is missing for a browser, with what helps; None where all is there."""
    if find_spec("scrapy_playwright") is None:
        return "needs a browser: pip install 'redtop[browser]'"
    if chromium() is None:
        return "needs a browser: there is no chromium on the PATH (Debian: apt-get install chromium)"
    return None


def chromium() -> str | None:
    """Give the path of the machine's Chromium; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch_options(gateway_port: int) -> dict[str, Any]:
    """Give what playwright starts Chromium with: everything goes through the gateway, loopback too.

    Chromium's sandbox needs another user than root.
    """
    return {
        "executable_path": chromium(),
        "args": list(_FLAGS),
        "chromium_sandbox": os.geteuid() != 0,
        "proxy": {"server": f"http://127.0.0.1:{gateway_port}", "bypass": "<-loopback>"},
        "handle_sigint": False,  # the crawl answers signals, and closes the browser in order
        "handle_sigterm": False,
        "handle_sighup": False,
    }
