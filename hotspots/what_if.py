"""What is shared about a place where no child is placed? Asked within a budget, and below geometry level by squares of 1 km.

A registered placement is screened by its point (placements/screening.py). Everything else is a what-if: a page that
tries a move out, a question about a place, a list of postcodes. Exact answers to those would let a reader draw the edge
of an area that its owner shares as near or not (docs/adr/0080).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.acting import Actor
from hotspots import budgets, overlay
from hotspots.overlay import Answer, Place

_trying_out: ContextVar[bool] = ContextVar("trying_out", default=False)


@transaction.atomic
def ask(places: Sequence[Place], *, radius_metres: int, by: Actor, at: datetime, purpose: str) -> list[Answer]:
    """The answer for each place, in order, within the day's budget. Refuses (BudgetSpent) beyond it."""
    budgets.spend(len(places), by=by, at=at)
    by_cell = [replace(place, is_by_cell=True) for place in places]
    return overlay.ask(by_cell, radius_metres=radius_metres, at=at, purpose=purpose)


@contextmanager
def trying_out() -> Iterator[None]:
    """Until the block ends, what is registered will be taken back: its screening is a what-if like any other.

    A page that tries a move out with the real action shows the duties that came of it, and some come of what lies near.
    """
    before = _trying_out.set(True)
    try:
        yield
    finally:
        _trying_out.reset(before)


def is_tried_out() -> bool:
    """Whether what is registered now will be taken back."""
    return _trying_out.get()
