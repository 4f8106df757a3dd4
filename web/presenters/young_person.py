"""What does whoever opens a young person's leaving care read first: who stays responsible, what is next, by whom?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from db.clock import london_date
from duties.roster import Roster
from leaving_care import bodies
from leaving_care.models import Handover
from leaving_care.overviews import Line
from leaving_care.rules.status import Status
from web.presenters import dates
from web.presenters import duty as presented_duties
from web.presenters.elements import Lines, Link, Row, Tag, Value
from web.presenters.leaving_care import POWER, STATUS

OURS = (Status.ELIGIBLE, Status.RELEVANT, Status.FORMER_RELEVANT, Status.QUALIFYING)


@dataclass(frozen=True)
class Told:
    """What its host made of the last handover: when a person there read it first; drafts are those not sent yet."""

    read_at: datetime | None
    drafts: tuple[Handover, ...] = ()


def at_a_glance(
    line: Line, *, told: Told | None, roster: Roster, names: Mapping[UUID, str], areas: Mapping[str, str], on: date
) -> tuple[Row, ...]:
    """The first thing on the page. `told` is None for a reader who reads no handovers."""
    rows = [
        Row("Who stays responsible", _responsible(line)),
        Row("Status", _status(line)),
        Row("Personal adviser", names[line.adviser_id] if line.adviser_id else Tag("Nobody")),
        Row("Next, and by whom", _next(line, roster, on)),
        Row("Lives", _lives(line, areas)),
    ]
    if told is not None:
        rows.append(Row("The host", _host(line, told)))
    return tuple(rows)


def to_confirm(line: Line, told: Told, *, is_telling_owed: bool) -> str:
    """Where the host they live with has read the handover and is still to be told: the question; else nothing."""
    handover = line.handover
    if not (is_telling_owed and handover and told.read_at and line.home and line.home.area == str(handover.host_id)):
        return ""
    return f"{handover.host.name} read the handover of {dates.day(london_date(handover.sent_at))}. Confirm it now?"


def _responsible(line: Line) -> str:
    if line.answer.status in OURS:
        return bodies.stays_responsible(line.child.authority, line.answer)
    return line.answer.findings[0].sentence


def _status(line: Line) -> str:
    words, since = STATUS[line.answer.status], line.answer.since
    return f"{words} since {dates.day(since)}" if since else words


def _next(line: Line, roster: Roster, on: date) -> Value:
    duty = line.next
    if duty is None:
        return "Nothing is owed"
    link = Link(duty.title, reverse("duty", args=[duty.id]))
    return Lines((link, presented_duties.due(duty, on), presented_duties.holder(duty, roster)))


def _lives(line: Line, areas: Mapping[str, str]) -> Value:
    home = line.home
    if home is None:
        return "Nobody has recorded where"
    where = "In our own area" if home.is_in_our_area else areas.get(home.area, "Not known in whose area")
    return Lines((f"{where}, since {dates.day(home.from_on)}", POWER[home.power]))


def _host(line: Line, told: Told) -> Value:
    said: list[Value] = [_sent(line.handover, told)] if line.handover else []
    if line.host_said:
        body = line.host_said.body
        ring = ", ".join(
            part for part in (body["contact_name"], body["contact_telephone"], body["contact_email"]) if part
        )
        said.append(f"Ring there: {ring}")
        if body.get("question"):
            asks = Link(body["question"], reverse("handover", args=[line.handover.id])) if line.handover else ""
            said += ["It asks:", asks, Tag("Replied to" if line.reply else "Not replied to yet")]
    said += [Link(f"Draft to {one.host.name}", reverse("handover", args=[one.id])) for one in told.drafts]
    return Lines(tuple(said)) if said else "No handover has been begun"


def _sent(handover: Handover, told: Told) -> str:
    sent = f"the handover of {dates.day(london_date(handover.sent_at))}"
    if told.read_at is None:
        return f"{handover.host.name} has {sent}; nobody there has read it yet"
    return f"{handover.host.name} read {sent}"
