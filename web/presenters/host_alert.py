"""How are agreements on alerts to hosts said?"""

from collections.abc import Iterable

from django.urls import reverse

from placements.models import HostAlertAgreement
from web.presenters import dates
from web.presenters.elements import Link, Table

LEAD = (
    "When something shared comes near a child’s place there, the host is asked to ring, about the notice that it holds. "
    "It reads no area and no owner. Whoever owns the area is never told, nor anybody of a closed address."
)


def table(found: Iterable[HostAlertAgreement], *, may_end: bool) -> Table:
    """Each agreement with its host, since when and until when."""
    rows = tuple(
        (
            one.host.name,
            one.reference,
            f"{dates.instant(one.recorded_at)}, by {one.recorded_by}",
            _end(one, may_end=may_end),
        )
        for one in found
    )
    return Table(
        "Agreed with", ("Host", "Written down in", "Recorded", "Ended"), rows, "Alerts are agreed with no host."
    )


def _end(one: HostAlertAgreement, *, may_end: bool) -> str | Link:
    if one.ended_at:
        return f"{dates.instant(one.ended_at)}, by {one.ended_by}"
    if may_end:
        return Link("End it", reverse("end_host_alert", args=[one.id]), f"with {one.host.name}")
    return "Runs"
