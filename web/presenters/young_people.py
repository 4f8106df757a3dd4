"""How is a list of young people said: who, what is next and why, where, what the host said?"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse

from duties.board import is_late
from geo.models import Authority
from leaving_care.overviews import Line
from leaving_care.rules.recorded import Home as HomeFact
from web.presenters import dates
from web.presenters.elements import Details, Lines, Link, Table, Tag, Value
from web.presenters.leaving_care import STATUS


def lines(
    found: Iterable[Line],
    *,
    caption: str,
    on: date,
    names: Mapping[UUID, str],
    areas: Mapping[str, str],
    reader_id: UUID | None = None,
) -> Table:
    """A list of young people by name; nothing in it ranks one before another.

    For a reader who advises, whoever is there because a colleague is away is marked: "for Lewis Grant".
    """
    rows = tuple(
        (
            _name(line, names, reader_id),
            _next(line, on),
            _where(line.home, areas),
            _host_said(line),
            *((_adviser(line, names),) if reader_id is None else ()),
        )
        for line in found
    )
    heads = ("Name", "Next, and why", "Where", "The host", *(() if reader_id else ("Adviser",)))
    return Table(caption, heads, rows, "Nobody.")


def ages(found: Iterable[Line], *, caption: str, names: Mapping[UUID, str], areas: Mapping[str, str]) -> Table:
    """Who reaches an age that changes something, in the order given."""
    rows = tuple(
        (
            _name(line, names, None),
            f"turns {one.words}",
            dates.day(one.on),
            _adviser(line, names),
            _where(line.home, areas),
        )
        for line in found
        for one in line.ahead
    )
    return Table(caption, ("Name", "Age", "On", "Adviser", "Where"), rows, "Nobody.")


def area_names_of(found: Iterable[Line]) -> dict[str, str]:
    """The same for lines of a list."""
    ids = {line.home.area for line in found if line.home and line.home.area}
    return {str(one.id): one.name for one in Authority.objects.filter(id__in=ids)}


def _name(line: Line, names: Mapping[UUID, str], reader_id: UUID | None) -> Value:
    said: list[Value] = [
        Link(line.child.name, reverse("young_person", args=[line.child.id])),
        STATUS[line.answer.status],
    ]
    if reader_id is not None and line.adviser_id not in (None, reader_id):
        said.append(Tag(f"for {names[line.adviser_id]}"))
    return Lines(tuple(said))


def _adviser(line: Line, names: Mapping[UUID, str]) -> str:
    return names[line.adviser_id] if line.adviser_id else "Nobody"


def _where(home: HomeFact | None, areas: Mapping[str, str]) -> str:
    if home is None:
        return "Not recorded"
    return "Our own area" if home.is_in_our_area else areas.get(home.area, "Not known in whose area")


def _next(line: Line, on: date) -> Value:
    duty = line.next
    if duty is None:
        return "Nothing is owed"
    said: list[Value] = [Link(duty.title, reverse("duty", args=[duty.id])), dates.short_day(duty.due_on, otherwise="")]
    if is_late(duty, on):
        said.append(Tag("Late"))
    said.append(Details("Why", (duty.get_basis_display(), duty.citation)))
    return Lines(tuple(one for one in said if one))


def _host_said(line: Line) -> Value:
    if line.handover is None:
        return "No handover"
    if line.host_said is None:
        return Lines((line.handover.host.name, Tag("No reply yet")))
    body = line.host_said.body
    said: list[Value] = [f"{line.handover.host.name}: {body['contact_name']}"]
    if body.get("question"):
        said += [body["question"], Tag("Replied to" if line.reply else "Not replied to yet")]
    return Lines(tuple(said))
