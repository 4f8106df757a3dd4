"""From where does somebody knock at links too often in vain? Counted for an hour, over all links, whosever they are.

A link closes after five wrong codes by itself; this stops whoever tries many links, or makes links up.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from notifications.models import GuestCaller

SALT = "notifications.guest_callers"
# A council's people share an address: several of them may mistype.
MOST_IN_VAIN = 20
WITHIN = timedelta(hours=1)


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
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()
