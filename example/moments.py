"""When did something in the example happen? Told in days and times from the day on which the example starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.acting import Actor, acting_for, operator
from db.clock import LONDON
from example import people
from geo.models import Authority

DAYS_IN_A_YEAR = 365.25


def day(offset: str, start: date) -> date:
    """The day that lies so many days after the start, or before it: "-3"."""
    return start + timedelta(days=int(offset))


def moment(text: str, start: date) -> datetime:
    """The instant of a day and a London time: "-3 00:40"."""
    offset, clock_time = text.split()
    return datetime.combine(day(offset, start), time.fromisoformat(clock_time), LONDON)


def born_on(years_old: str, start: date) -> date:
    """The birthday of somebody so old, in decimal years, on the day of the start."""
    return start - timedelta(days=round(float(years_old) * DAYS_IN_A_YEAR))


@dataclass(frozen=True)
class Step:
    """One thing that somebody did. `person` blank: a command run by the authority's operator."""

    at: datetime
    authority: Authority
    person: str
    do: Callable[[Actor, datetime], object]


def walk(steps: Iterable[Step]) -> None:
    """Do everything in the order of its instants, each as the person who did it."""
    for step in sorted(steps, key=lambda one: one.at):
        by = people.actor(step.person, step.authority) if step.person else operator(step.authority.id)
        with acting_for(by, people.PURPOSE):
            step.do(by, step.at)
