"""How is something tried out before anything is saved, so that all of it is taken back but what was told of shared areas?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from accounts.acting import Actor
from hotspots.overlay import what_if
from hotspots.overlay.what_if import Trial
from placements.models import Placement, Screening
from placements.overlay import shadow

PURPOSE = "checking a move before it is saved"


@contextmanager
def trying_out(*, by: Actor, at: datetime, is_shown: bool = True) -> Iterator[Trial]:
    """For one page: around each rehearsal, which takes back what it does. `is_shown` false: the page shows refusals alone.

    In shadow mode nobody is asked.
    """
    asks = is_shown and not shadow.is_on(by.authority_id)
    with what_if.trying_out(by=by, at=at, purpose=PURPOSE, asks=asks) as trial:
        yield trial


def shared_about(placement: Placement) -> list[dict] | None:
    """What the check of a move that is tried out said; None where there was none. To be read before it is taken back."""
    found = Screening.objects.filter(placement=placement).order_by("-at").first()
    return found.answer["authorities"] if found else None
