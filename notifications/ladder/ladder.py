"""Which steps are due when, while nobody acknowledges a document? The ladder of its kind, as dates."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from db.clock import LONDON, london_date
from geo.holidays import next_working_day
from notifications.models import Document

FILE = Path(__file__).parent.parent / "reference" / "ladders.toml"
OFFICE_OPENS = time(9)
OFFICE_CLOSES = time(17)
QUIET, URGENT, DEFAULT = "quiet", "urgent", "ordinary"


@dataclass(frozen=True)
class Step:
    """One step of a ladder and the instant at which it is due."""

    step: str
    at: datetime


def ladder_for(kind: str, urgency: str, *, composed_at: datetime, due_on: date | None) -> list[Step]:
    """The steps for a document of that kind, in order; no step comes before the one above it in the file."""
    steps: list[Step] = []
    for row in _read()["ladders"][name_of(kind, urgency)]:
        at = _due(row, composed_at=composed_at, due_on=due_on)
        earliest = steps[-1].at if steps else composed_at
        steps.append(Step(row["step"], max(at, earliest)))
    return steps


def name_of(kind: str, urgency: str) -> str:
    """Which ladder a document climbs."""
    name = _read()["kinds"].get(kind, DEFAULT)
    return URGENT if urgency == Document.Urgency.URGENT and name != QUIET else name


def _due(row: dict, *, composed_at: datetime, due_on: date | None) -> datetime:
    if "hours" in row:
        at = composed_at + timedelta(hours=row["hours"])
        at = _within_office_hours(at) if row.get("on_working_days") else at
    else:
        at = _after_working_days(composed_at, row["working_days"])
    if due_on and "by_share" in row:
        left = datetime.combine(due_on, OFFICE_CLOSES, LONDON) - composed_at
        if left > timedelta(0):
            at = min(at, composed_at + left * row["by_share"])
    return at


def _within_office_hours(at: datetime) -> datetime:
    local = at.astimezone(LONDON)
    on = local.date() if local.time() < OFFICE_CLOSES else local.date() + timedelta(days=1)
    working = next_working_day(on)
    if working == local.date() and local.time() >= OFFICE_OPENS:
        return at
    return datetime.combine(working, OFFICE_OPENS, LONDON)


def _after_working_days(composed_at: datetime, days: int) -> datetime:
    on = next_working_day(london_date(composed_at) + timedelta(days=1))
    for _ in range(max(days - 1, 0)):
        on = next_working_day(on + timedelta(days=1))
    return datetime.combine(on, OFFICE_OPENS, LONDON)


@cache
def _read() -> dict:
    with FILE.open("rb") as file:
        return tomllib.load(file)
