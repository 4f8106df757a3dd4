"""How is an agreement about sharing said, to the one who tells and to the one who is told?"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from hotspots.models import Agreement
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Value


def made(found: Iterable[Agreement], at: datetime, *, can_end: bool) -> Table:
    """What the authority agreed to tell."""
    rows = tuple(
        (
            one.partner.name,
            Lines((one.purpose, one.basis)),
            Lines((one.reference, one.get_made_how_display())),
            _runs(one, at),
            _way_out(one, at) if can_end else "",
        )
        for one in found
    )
    heads = ("With", "Purpose and basis", "Written in", "Runs", "Change")
    return Table("We may tell them", heads, rows, "You have made none. Without one, nobody is told of your areas.")


def received(found: Iterable[Agreement], at: datetime) -> Table:
    """What others agreed to tell the authority."""
    rows = tuple((one.authority.name, Lines((one.purpose, one.basis)), one.reference, _runs(one, at)) for one in found)
    heads = ("From", "Purpose and basis", "Written in", "Runs")
    return Table("They may tell us", heads, rows, "No authority has recorded one with you.")


def rows_of(one: Agreement) -> list[Row]:
    return [
        Row("With", one.partner.name),
        Row("Purpose", one.purpose),
        Row("Basis", one.basis),
        Row("Written in", one.reference),
        Row("Recorded", f"{dates.instant(one.recorded_at)}, {one.recorded_by}"),
    ]


def _runs(one: Agreement, at: datetime) -> Value:
    starts = f"from {dates.instant(one.starts_at)}"
    if one.ends_at is None:
        return Lines((starts, "until it is ended"))
    said = "ended" if one.ends_at <= at else "ends"
    by = f" ({one.end_recorded_by})" if one.end_recorded_by else ""
    return Lines((starts, f"{said} {dates.instant(one.ends_at)}{by}"))


def _way_out(one: Agreement, at: datetime) -> Value:
    if one.ends_at is not None and one.ends_at <= at:
        return ""
    return Link("End it", reverse("end_agreement", args=[one.id]), hidden=f"the agreement with {one.partner.name}")
