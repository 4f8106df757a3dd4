"""How is what authorities offer to care leavers said, each with the day to look at it again?"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from leaving_care.models import LocalOffer
from web.presenters import dates
from web.presenters.elements import Lines, Link, Table, Tag, Value


def offers(found: Iterable[LocalOffer], *, own_id: UUID, on: date, may_end: bool) -> Table:
    """What authorities offer to care leavers; past its day, somebody has to look at it again."""
    rows = tuple(
        (
            one.authority.name,
            one.title,
            Lines(tuple(part for part in (one.words, one.address) if part)),
            _review(one, on),
            _offer_links(one) if may_end and one.authority_id == own_id else "",
        )
        for one in found
    )
    return Table(
        "Local offers to care leavers", ("Authority", "What", "How", "Look again", "Change"), rows, "None is listed."
    )


def _offer_links(one: LocalOffer) -> Lines:
    again = Link("Look at it again", reverse("change_local_offer", args=[one.id]), hidden=one.title)
    return Lines((again, Link("Take off the list", reverse("end_local_offer", args=[one.id]), hidden=one.title)))


def _review(one: LocalOffer, on: date) -> Value:
    if one.review_on <= on:
        return Lines((dates.day(one.review_on), Tag("Past: look at it again")))
    return dates.day(one.review_on)
