import subprocess
import sys

import pytest

from extractors.site import host_of, site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.dailyglint.co.uk/showbiz/story-1", "dailyglint.co.uk"),
        ("https://M.Starling.IE:443/a", "starling.ie"),
        ("http://dailyglint.localhost:8000/a", "dailyglint.localhost"),
        ("http://www.dailyglint.localhost/a", "dailyglint.localhost"),
        ("http://localhost/", "localhost"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("https://co.uk/", "co.uk"),
        ("https://a.b.ck/", "a.b.ck"),
        ("https://shop.www.ck/", "www.ck"),
        ("https://news.glint.xn--55qx5d.cn/", "glint.xn--55qx5d.cn"),
        ("https://news.glint.公司.cn/", "glint.公司.cn"),
        ("https://news.glint.example./a", "glint.example"),
    ],
)
def test_the_site_is_the_registrable_domain(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    "url", [None, "", "story.html", "mailto:tips@glint.example", "http://[", "http://" + "a." * 200]
)
def test_an_address_without_a_host_has_no_site(url: str | None) -> None:
    assert site_of(url) is None
    assert host_of(url) is None


def test_the_suffix_list_is_read_without_a_network_client() -> None:
    code = "import sys, extractors.site as s; s.site_of('https://a.co.uk/'); print('requests' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
