"""Which addresses may Placewatch call? A corpus of those that it must not, and not one connection to any."""

import socket
import sys
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels import webhook
from notifications.delivery import guard
from notifications.exceptions import DestinationNotFound, DestinationRefused
from notifications.models import Attempt

INSIDE = [
    # This machine, plain and written otherwise
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
    "0177.0.0.1", "0.0.0.0", "0", "0.1.2.3", "localhost", "localhost.", "LOCALHOST", "[::1]", "[::]",  # noqa: S104
    "[0:0:0:0:0:0:0:1]",
    # Private, shared, link-local; clouds' metadata
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "100.64.0.1",
    "100.127.255.254", "169.254.0.1", "169.254.169.254", "168.63.129.16", "[fd00:ec2::254]", "[fc00::1]",
    "[fdff:ffff::1]", "[fe80::1]", "[fec0::1]", "[feff::1]",
    # An IPv4 address in disguise
    "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]", "[::10.0.0.1]",
    "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:a9fe:a9fe::]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::a00:1]", "[64:ff9b:1::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    # Multicast, broadcast, reserved, documentation, benchmarks, protocols
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "254.1.2.3", "192.0.2.1", "198.51.100.1",
    "203.0.113.1", "198.18.0.1", "198.19.255.255", "192.0.0.1", "192.0.0.170", "192.88.99.1", "[ff02::1]", "[ff0e::1]",
    "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[100::1]", "[4000::1]", "[2001:10::1]", "[2001:20::1]",
]  # fmt: skip
FORBIDDEN = [
    *(f"https://{host}/notices" for host in INSIDE),
    "http://example.org/notices",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "//example.org/notices",
    "example.org/notices",
    "https://",
    "https:///notices",
    "https://:443/",
    "https://8.8.8.8:8443/",
    "https://8.8.8.8:80/",
    "https://8.8.8.8:22/",
    "https://8.8.8.8:99999/",
    "https://8.8.8.8:x/",
    "https://user@8.8.8.8/",
    "https://user:word@8.8.8.8/",
    "https://@8.8.8.8/",
    "https://:@8.8.8.8/",
    "https://8.8.8.8@127.0.0.1/",
    "https://127.0.0.1\\@8.8.8.8/",
    "https://8.8.8.8\\.example.org/",
    "https://8.8.8.8 .example.org/",
    "https://8.8.8.8/\r\nHost: inside",
    "https://8.8.8.8/\t",
    "https://①②⑦.⓪.⓪.①/",
    "https://ⓛocalhost/",
    "https://[::1/",
    "https://[fe80::1%25lo]/",
    "",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "212.58.233.254", "2a00:1450:4009:81f::200e", "2606:4700:4700::1111", "2620:fe::fe"]


@pytest.fixture
def no_connections(monkeypatch):
    """Every connection that anything in this process tries, by the interpreter's own audit."""
    tried = []
    watching = [True]

    def watch(event, arguments):
        if watching[0] and event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
            tried.append(arguments[1])

    sys.addaudithook(watch)
    yield tried
    watching[0] = False


def send_to(url: str):
    message = webhook.Message(
        id=uuid4(), url=url, secrets=("whsec_c2VjcmV0c2VjcmV0",), at=datetime.now(tz=UTC), body=b"{}"
    )
    return webhook.send(message)


@pytest.mark.parametrize("url", FORBIDDEN)
def test_no_connection_is_made_to_an_address_inside(url, no_connections):
    reply = send_to(url)
    assert reply.outcome in {Attempt.Outcome.ADDRESS_REFUSED, Attempt.Outcome.NOT_CONNECTED}
    assert no_connections == []


def test_an_address_inside_is_refused_and_not_merely_unknown():
    """All but "localhost.", a name that some machines know and others do not."""
    assert len(INSIDE) >= 60
    for host in set(INSIDE) - {"localhost."}:
        with pytest.raises(DestinationRefused, match="private or reserved"):
            guard.checked(f"https://{host}/")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address):
    assert guard.is_public(ip_address(address))


# Registries of special addresses (RFC 6890 and its updates), as whole networks.
SPECIAL_NETWORKS = [
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/8", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "5f00::/16", "8000::/1", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
]  # fmt: skip


@given(st.sampled_from(SPECIAL_NETWORKS), st.integers(min_value=0))
def test_no_address_of_a_special_network_is_public(network, place):
    assert not guard.is_public(network[place % network.num_addresses])


def leads_to(monkeypatch, *addresses: str) -> None:
    """Let every name lead to these addresses."""

    def getaddrinfo(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    leads_to(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(DestinationRefused, match="private or reserved"):
        guard.checked("https://partner.example/")


def test_the_address_that_was_judged_is_the_one_that_is_dialled(monkeypatch):
    leads_to(monkeypatch, "8.8.4.4", "8.8.8.8")
    assert guard.checked("https://partner.example/x") == guard.Destination("https", "partner.example", 443, "8.8.4.4")


def test_a_name_that_leads_nowhere_says_so(monkeypatch):
    def not_found(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(DestinationNotFound, match=r"partner\.example could not be found"):
        guard.checked("https://partner.example/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_under_the_switch_the_loopback_may_be_called_at_any_port(settings, host):
    settings.LOOPBACK_RECEIVERS = True
    assert guard.checked(f"http://{host}:8099/x") == guard.Destination("http", host, 8099, "127.0.0.1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8099/", "http://localhost:8099/"])
def test_without_the_switch_it_may_not(settings, url):
    settings.LOOPBACK_RECEIVERS = False
    with pytest.raises(DestinationRefused, match="https://"):
        guard.checked(url)


@pytest.mark.parametrize("url", FORBIDDEN)
def test_the_switch_opens_nothing_else(settings, url):
    settings.LOOPBACK_RECEIVERS = True
    with pytest.raises((DestinationRefused, DestinationNotFound)):
        guard.checked(url)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.2:80/", "http://10.0.0.1/", "http://127.1:80/", "http://[::1]:80/", "http://user@127.0.0.1/"],
)
def test_the_switch_opens_127_0_0_1_alone(settings, url):
    settings.LOOPBACK_RECEIVERS = True
    with pytest.raises(DestinationRefused):
        guard.checked(url)
