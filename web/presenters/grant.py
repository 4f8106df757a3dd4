"""How is it said who may read a closed address?"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from placements.models import AddressGrant
from web.presenters import dates
from web.presenters.elements import Lines, Link, Table, Value


def table(grants: Iterable[AddressGrant], *, at: datetime, may_end: bool) -> Table:
    """Each grant with who gave it, why, and how long it runs or ran."""
    rows = tuple(
        (
            one.person.name,
            one.reason,
            f"{dates.instant(one.starts_at)}, by {one.given_by}",
            _end(one),
            Link("Take it back", reverse("end_grant", args=[one.id]), f"from {one.person.name}")
            if may_end and _runs(one, at)
            else "",
        )
        for one in grants
    )
    heads = ("Who", "Why", "Given", "Until", "Change")
    return Table("Who may read the closed address", heads, rows, "Nobody may read it.")


def _runs(grant: AddressGrant, at: datetime) -> bool:
    return grant.ends_at is None or grant.ends_at > at


def _end(grant: AddressGrant) -> Value:
    until = dates.instant(grant.ends_at, otherwise="until it is taken back")
    return Lines((until, f"Taken back by {grant.ended_by}: {grant.ended_why}")) if grant.ended_by else until
