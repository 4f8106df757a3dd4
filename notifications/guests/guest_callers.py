"""From where does somebody knock at links too often in vain? Counted for an hour, over all links, whosever they are.

A link closes after five wrong codes by itself; this stops whoever tries many links, or makes links up.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from notifications.models import GuestCaller

SALT = "notifications.guest_callers"
# A council's people share an address: several of them may mistype.
MOST_IN_VAIN = 20
WITHIN = timedelta(hours=1)
# Whoever has one address of IPv6 has all of its network.
NETWORK_BITS = 64


def may_knock(address: str, *, at: datetime) -> bool:
    """Whether somebody at a network address may still try a link or a code."""
    return not GuestCaller.objects.filter(
        digest=_digest(address), since__gt=at - WITHIN, in_vain__gte=MOST_IN_VAIN
    ).exists()


@transaction.atomic
def knocked_in_vain(address: str, *, at: datetime) -> None:
    """Count a wrong code, or a link that leads nowhere."""
    GuestCaller.objects.filter(since__lte=at - WITHIN).delete()
    caller, is_new = GuestCaller.objects.get_or_create(digest=_digest(address), defaults={"in_vain": 1, "since": at})
    if not is_new:
        GuestCaller.objects.filter(digest=caller.digest).update(in_vain=F("in_vain") + 1)


def _digest(address: str) -> str:
    return salted_hmac(SALT, _whose(address), algorithm="sha256").hexdigest()


def _whose(address: str) -> str:
    """What one caller cannot change at will: an address of IPv4, the network of one of IPv6."""
    try:
        given = ip_address(address)
    except ValueError:
        return address
    if given.version == 4:
        return str(given)
    if given.ipv4_mapped:
        return str(given.ipv4_mapped)
    return str(ip_network((int(given), NETWORK_BITS), strict=False))
