"""How are covers, appointments and what happened meanwhile said?"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse

from accounts.acting import Actor
from accounts.models import ActingAppointment, Cover
from accounts.roles import Role
from duties.away import Absence
from duties.models import Closing, DutyEvent
from web.presenters import dates
from web.presenters.duty import in_words
from web.presenters.elements import Link, Row, Table, Value


def covers(found: Iterable[Cover], on: date, *, reader: Actor) -> Table:
    """Each cover with its days, how it stands, and a way to end it for a manager and whoever is away."""
    rows = tuple(
        (one.person.name, one.covered_by.name, days(one), _standing(one, on), one.set_by, _end(one, on, reader))
        for one in found
    )
    heads = ("Who is away", "Who covers", "Days", "Now", "Set by", "End")
    return Table("Covers", heads, rows, "Nobody is covered, and nobody will be.")


def days(cover: Cover) -> str:
    """The first and the last day, both included."""
    return f"{dates.day(cover.starts_on)} to {dates.day(cover.ends_on - timedelta(days=1))}"


def cover_rows(cover: Cover) -> tuple[Row, ...]:
    return (
        Row("Who is away", cover.person.name),
        Row("Who covers", cover.covered_by.name),
        Row("Days", days(cover)),
    )


def appointments(found: Iterable[ActingAppointment], at: datetime, *, can_end: bool) -> Table:
    """Each appointment with its times, by whom it was made and recorded, and a way to end it."""
    rows = tuple(
        (
            one.person.name,
            f"{dates.instant(one.starts_at)} to {dates.instant(one.ends_at)}",
            f"{one.appointed_by}, {one.reference}",
            f"{one.recorded_by}, {dates.instant(one.recorded_at)}",
            _appointment_now(one, at, can_end),
        )
        for one in found
    )
    heads = ("Who", "From and until", "Appointed by", "Recorded by", "Now")
    return Table("Who may act as the director", heads, rows, "Nobody was appointed.")


def appointment_rows(appointment: ActingAppointment) -> tuple[Row, ...]:
    return (
        Row("Who", appointment.person.name),
        Row("From", dates.instant(appointment.starts_at)),
        Row("Until", dates.instant(appointment.ends_at)),
    )


def counts(events: Iterable[DutyEvent]) -> tuple[Row, ...]:
    """How many of each thing were done by whom: "closed as met, by Kofi Mensah: 5"."""
    counted = Counter((in_words(one), one.by) for one in events)
    return tuple(Row(f"{what.capitalize()}, by {by}", str(number)) for (what, by), number in sorted(counted.items()))


def meanwhile(events: Iterable[DutyEvent], *, moves: int, due: int) -> tuple[Row, ...]:
    """The same with the moves of one's young people, and what is due within a week."""
    moved = (Row("Moves recorded", str(moves)),) if moves else ()
    return (*moved, *counts(events), Row("Due this week, or late", str(due)))


def in_short(events: Iterable[DutyEvent], *, moves: int, due: int) -> str:
    """In a sentence: "1 move, 5 things done by Kofi Mensah for you, 2 due this week or late." """
    done = Counter(one.by for one in events if one.what == f"closed as {Closing.MET}")
    said = [_number(moves, "move")] if moves else []
    said += [f"{_number(number, 'thing')} done by {by} for you" for by, number in sorted(done.items())]
    return f"{', '.join([*said, f'{due} due this week or late'])}."


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def stretch(absence: Absence) -> str:
    return f"{dates.instant(absence.since)} to {dates.instant(absence.until)}"


def _standing(cover: Cover, on: date) -> str:
    if cover.ended_at:
        return f"Ended {dates.instant(cover.ended_at)} by {cover.ended_by}"
    if cover.ends_on <= on:
        return "Over"
    return "Runs now" if cover.starts_on <= on else "Not yet begun"


def _end(cover: Cover, on: date, reader: Actor) -> Value:
    can_end = reader.role == Role.MANAGER or cover.person_id == reader.person_id
    if not can_end or cover.ended_at or cover.ends_on <= on:
        return ""
    return Link("End", reverse("end_cover", args=[cover.id]), f"the cover of {cover.person.name}")


def _appointment_now(appointment: ActingAppointment, at: datetime, can_end: bool) -> Value:
    if appointment.ended_at:
        return f"Ended {dates.instant(appointment.ended_at)} by {appointment.ended_by}"
    if appointment.ends_at <= at:
        return "Over"
    if can_end:
        return Link("End", reverse("end_appointment", args=[appointment.id]), f"for {appointment.person.name}")
    return "Runs now" if appointment.starts_at <= at else "Not yet begun"
