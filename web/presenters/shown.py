"""How is it said to an owner who was shown what of its areas, and who keeps asking? In days: never how often, or where."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hotspots.models import Share, Shown
from hotspots.overlay.overlay import NONE_NEAR
from web.presenters import dates
from web.presenters.elements import Table

# How far back a page looks; the API tells every day that is held.
DAYS = 30
LEVELS = {**dict(Share.Level.choices), NONE_NEAR: "Nothing lay near"}


def of_area(rows: Iterable[Shown]) -> Table:
    """Who was shown one area: by reader, level and purpose, the days."""
    days: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for row in rows:
        days[row.reader.name, LEVELS.get(row.level, row.level), row.purpose].append(row.on)
    told = tuple((*who, _days(found), dates.short_day(max(found))) for who, found in sorted(days.items()))
    heads = ("Shown to", "What", "For", f"On how many of the last {DAYS} days", "Last on")
    return Table("Who was shown this area", heads, told, f"Nobody in the last {DAYS} days.")


def by_day(rows: Iterable[Shown]) -> Table:
    """Day by day, every area."""
    told = tuple(
        (
            dates.short_day(row.on),
            row.reader.name,
            _area(row),
            LEVELS.get(row.level, row.level),
            row.purpose,
        )
        for row in rows
    )
    heads = ("Day", "Shown to", "Area and version", "What", "For")
    return Table("Day by day", heads, told, f"Nobody asked in the last {DAYS} days.")


def who_asks(rows: QuerySet[Shown]) -> Table:
    """By reader: on how many days it asked, and on how many of them something was shown."""
    asked: dict[str, set[date]] = defaultdict(set)
    shown: dict[str, set[date]] = defaultdict(set)
    for name, on, level in rows.values_list("reader__name", "on", "level").distinct():
        asked[name].add(on)
        if level != NONE_NEAR:
            shown[name].add(on)
    told = tuple(
        (name, _days(asked[name]), _days(shown[name]), dates.short_day(max(asked[name])))
        for name in sorted(asked, key=lambda name: (-len(asked[name]), name))
    )
    heads = ("Authority", f"Asked on, of the last {DAYS} days", "Something was near on", "Last on")
    return Table("Who keeps asking", heads, told, "Nobody.")


def _area(row: Shown) -> str:
    if row.hotspot is None:
        return "None"
    return f"{row.hotspot.reference}, version {row.version_number}"


def _days(found: Iterable[date]) -> str:
    number = len(set(found))
    return "1 day" if number == 1 else f"{number} days"
