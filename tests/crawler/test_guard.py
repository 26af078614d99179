from __future__ import annotations

import pytest

from crawler.guard import ForbiddenAddress, check_address, host_of, is_private, without_credentials


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fd00:ec2::254", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::a00:1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "http:///a", "http://a:x/", ""])
def test_only_http_with_a_host_is_asked(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        check_address(url)


def test_hosts_are_told_apart_by_name_and_port() -> None:
    assert host_of("http://A.example.:80/x") == "a.example"
    assert host_of("https://a.example:80/x") == "a.example:80"
    assert host_of("http://u:p@a.example:8800/x") == "a.example:8800"


def test_credentials_are_left_out() -> None:
    assert without_credentials("http://u:p@a.example:8800/x?y#z") == "http://a.example:8800/x?y#z"
    assert without_credentials("http://a.example/x@y") == "http://a.example/x@y"
