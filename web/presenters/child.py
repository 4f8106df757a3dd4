"""How is a child's record said?"""

from collections.abc import Iterable

from django.urls import reverse

from leaving_care.rules.entitlement import Entitlement
from placements.code_labels import in_words
from placements.models import Child
from web.presenters import dates
from web.presenters.elements import Link, Row, Section, Table
from web.presenters.rules import finding


def table(children: Iterable[Child]) -> Table:
    """The list, in the order of names; nothing in it ranks one child before another."""
    rows = tuple(
        (Link(child.name, reverse("child", args=[child.id])), child.reference, _born(child)) for child in children
    )
    return Table("Children of your authority", ("Name", "Reference", "Date of birth"), rows, "No child is found.")


def record(child: Child, answer: Entitlement) -> dict:
    """The parts of one child's page."""
    return {
        "name": child.name,
        "rows": rows(child),
        "periods": periods(child),
        "legal_statuses": legal_statuses(child),
        "leaving_care": leaving_care(answer),
    }


def rows(child: Child) -> tuple[Row, ...]:
    """Who it is."""
    return (
        Row("Reference", child.reference),
        Row("Date of birth", _born(child)),
        Row("Sex", child.get_sex_display()),
        Row("Recorded", f"{dates.instant(child.recorded_at)}, by {child.recorded_by}"),
    )


def periods(child: Child) -> Section:
    """When the child has been looked after."""
    stretches = (dates.stretch(one.starts_on, one.ends_on) for one in child.care_periods.order_by("starts_on"))
    return Section("Looked after", tuple(stretches), "No period of care is recorded.")


def legal_statuses(child: Child) -> Section:
    """Under which order or agreement, over which time."""
    lines = (
        f"{in_words('legal_status', one.code)}, {dates.stretch(one.starts_on, one.ends_on)}"
        for one in child.legal_statuses.order_by("starts_on")
    )
    return Section("Legal status", tuple(lines), "No legal status is recorded.")


def leaving_care(answer: Entitlement) -> Section:
    """The entitlement on leaving care with its arithmetic and where each part of it is written."""
    return Section(
        f"Leaving care, as at {dates.day(answer.on)}",
        tuple(finding(found) for found in (*answer.findings, *answer.questions)),
    )


def _born(child: Child) -> str:
    written = dates.short_day(child.born_on)
    return f"{written} (estimated)" if child.is_born_on_estimated else written
