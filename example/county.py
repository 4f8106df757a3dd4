"""How is the whole of Norrowshire made? Once; where it stands already nothing is changed."""

from pathlib import Path

from django.db import transaction

from accounts.acting import acting_for, operator
from db import clock
from db.clock import london_date
from example import delivered_return, endpoints, ground, leaving_care, people, register, sharing
from example.moments import moment, walk
from example.sharing import ASHFORD
from geo.areas import authority_by_code
from placements.models import Child


@transaction.atomic
def make(*, receiver_port: str, folder: Path) -> bool:
    """Lay the ground, register the people, and live through the county's last months; whether there was anything to do.

    With a port, the example's receivers are made known too; `folder` is where their secrets are kept.
    """
    at = clock.now()
    start = london_date(at)
    ground.lay()
    people.register(start)
    is_new = not _stands()
    steps = []
    if is_new:
        for part in (sharing, delivered_return, register, leaving_care):
            steps += part.steps(start)
    if receiver_port:
        since = moment("-5 08:00", start) if is_new else at
        steps += endpoints.steps(port=receiver_port, folder=folder, at=since)
    walk(steps)
    return is_new


def _stands() -> bool:
    ours = authority_by_code(ASHFORD)
    with acting_for(operator(ours.id), people.PURPOSE):
        return Child.objects.filter(authority=ours, reference="AG-2041").exists()
