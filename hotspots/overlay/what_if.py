"""What is shared about a place where no child is placed? Asked within a budget, and below geometry level by squares of 1 km.

A registered placement is screened by its point (placements/overlay/screening.py). Everything else is a what-if: a page that
tries a move out, a question about a place, a list of postcodes. Exact answers to those would let a reader draw the edge
of an area that its owner shares as near or not (docs/adr/0080).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from accounts.acting import Actor
from hotspots.exceptions import BudgetSpent
from hotspots.overlay import budgets, overlay
from hotspots.overlay.overlay import Answer, Place, Reading


@dataclass
class Trial:
    """What was asked while something was tried out; each place once, however often it was tried.

    `refused` says why nothing is asked, where the day's budget is spent.
    """

    asks: bool
    at: datetime
    purpose: str
    refused: BudgetSpent | None = None
    answers: dict[Place, Answer] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def ask(self, places: Sequence[Place], *, radius_metres: int) -> list[Answer] | None:
        """The answer for each place by its square, in order; None where nobody is asked."""
        if not self.asks or self.refused is not None:
            return None
        by_cell = [replace(place, is_by_cell=True) for place in places]
        if wanted := [place for place in by_cell if place not in self.answers]:
            answers, reading = overlay.read(wanted, radius_metres=radius_metres, at=self.at)
            self.answers |= dict(zip(wanted, answers, strict=True))
            self.readings.append(reading)
        return [self.answers[place] for place in by_cell]


_trial: ContextVar[Trial | None] = ContextVar("trial", default=None)


@transaction.atomic
def ask(places: Sequence[Place], *, radius_metres: int, by: Actor, at: datetime, purpose: str) -> list[Answer]:
    """The answer for each place, in order, within the day's budget. Refuses (BudgetSpent) beyond it."""
    budgets.spend(len(places), by=by, at=at)
    by_cell = [replace(place, is_by_cell=True) for place in places]
    return overlay.ask(by_cell, radius_metres=radius_metres, at=at, purpose=purpose)


@contextmanager
def trying_out(*, by: Actor, at: datetime, purpose: str, asks: bool) -> Iterator[Trial]:
    """What is registered within the block is taken back by whoever opened it: its check is a what-if like any other.

    A page that tries a move out with the real action shows the duties that came of it, and some come of what lies near.
    So one place is counted before anything is tried, and what was read is disclosed and logged once the block has ended,
    outside of what was taken back, also where the move was refused. `asks` false: nothing will be shown, nobody is asked.
    """
    trial = Trial(asks=asks, at=at, purpose=purpose)
    if asks:
        try:
            budgets.spend(1, by=by, at=at)
        except BudgetSpent as refused:
            trial.refused = refused
    before = _trial.set(trial)
    try:
        yield trial
    finally:
        _trial.reset(before)
        for reading in trial.readings:
            reading.record(at=at, purpose=purpose)


def trial() -> Trial | None:
    """What is being tried out now; None in earnest."""
    return _trial.get()
