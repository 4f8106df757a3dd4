"""May Placewatch call this address? https on port 443, and public internet addresses only.

A name is resolved once, every address that it has is judged, and the one that was judged is dialled: a name that
leads elsewhere a moment later changes nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from notifications.exceptions import DestinationNotFound, DestinationRefused

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = {LOOPBACK, "localhost"}
HTTPS_PORT = 443

# Global unicast, the only part of IPv6 that is given out. All else (loopback, mapped and compatible IPv4, NAT64,
# site-local, unique local, link-local, multicast, what is not yet given out) lies outside.
GIVEN_OUT = ip_network("2000::/3")
# Within it, addresses that stand for others or for nobody, which Python calls global.
DISGUISED = (
    ip_network("2001::/23"),  # Teredo, ORCHID and other assignments for protocols (RFC 2928)
    ip_network("2001:db8::/32"),  # documentation (RFC 3849)
    ip_network("2002::/16"),  # 6to4: an IPv4 address in disguise (RFC 3056)
    ip_network("3fff::/20"),  # documentation (RFC 9637)
)
# IPv4 that Python calls global and that is no receiver of anybody's.
SPECIAL = (
    ip_network("192.0.0.0/24"),  # assignments for protocols (RFC 6890)
    ip_network("192.88.99.0/24"),  # 6to4 relays (RFC 7526)
    ip_network("168.63.129.16/32"),  # a cloud's own host agent, reached from inside only
)


@dataclass(frozen=True)
class Destination:
    """An address that may be called, and the checked internet address at which it is dialled."""

    scheme: str
    host: str
    port: int
    address: str

    @property
    def dial(self) -> str:
        """The internet address as it stands in a URL."""
        return f"[{self.address}]" if ":" in self.address else self.address


def checked(url: str) -> Destination:
    """Where to dial for a URL. Refuses with DestinationRefused or, for a name that leads nowhere, DestinationNotFound."""
    parts, port = _split(url)
    if settings.LOOPBACK_RECEIVERS and parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES:
        return Destination("http", parts.hostname, port or 80, LOOPBACK)
    if parts.scheme != "https":
        raise DestinationRefused("it does not begin with https://")
    if port not in {None, HTTPS_PORT}:
        raise DestinationRefused(f"it names port {port}")
    addresses = _resolve(parts.hostname)
    for address in addresses:
        if not is_public(address):
            raise DestinationRefused("it leads into a private or reserved network")
    return Destination("https", parts.hostname, HTTPS_PORT, str(addresses[0]))


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one that belongs to somebody on the public internet."""
    if address.version == 6:
        return address in GIVEN_OUT and not any(address in network for network in DISGUISED)
    return address.is_global and not address.is_multicast and not any(address in network for network in SPECIAL)


def _split(url: str) -> tuple[SplitResult, int | None]:
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise DestinationRefused("it holds a space, a backslash or a character outside plain ASCII")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DestinationRefused("it is not an address") from error
    if not parts.hostname:
        raise DestinationRefused("it names no host")
    if parts.username is not None or parts.password is not None:
        raise DestinationRefused("it holds a user name or a password")
    return parts, port


def _resolve(host: str) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except (OSError, UnicodeError) as error:
        raise DestinationNotFound(host) from error
    # A scope (fe80::1%eth0) names a link of this machine; the address before it is judged without it.
    return [ip_address(sockaddr[0].partition("%")[0]) for *_, sockaddr in found]
