"""The worker, in its own role, makes the packs that wait and finds none twice."""

from datetime import UTC, datetime

from accounts.roles import Role
from db import clock
from placements import tasks
from placements.models import PackRequest
from placements.pack import requests
from tests import factories
from tests.placements.pack import register


def test_a_worker_makes_what_was_asked_for_once(as_worker):
    clock.set_to(datetime(2026, 12, 1, 15, 0, tzinfo=UTC))
    register.closed(factories.person(), "AA-3")
    tom = factories.person(role=Role.MANAGER)
    with factories.acting(tom):
        at = clock.now()
        pack = requests.ask(starts_on=register.NOON.date(), ends_on=at.date(), purpose="inspection", by=tom, at=at)

    tasks.make_packs(str(tom.authority_id))

    with factories.acting(tom):
        made = PackRequest.objects.get(id=pack.id)
    assert made.row_count > 0
    assert requests.make_waiting(tom.authority_id, at=clock.now()) == 0
