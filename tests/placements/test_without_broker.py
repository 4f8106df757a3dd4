"""Does the register's work go on while the broker is gone? Screenings, packs and letters in bulk, from the database alone."""

from datetime import date

from accounts.roles import Role
from db import clock
from notifications import without_broker
from placements.models import PackRequest, Placement, Screening
from placements.pack import requests
from tests import factories
from tests.factories import NOON
from tests.placements.letters.test_jobs import ask, now
from tests.placements.letters.world import listed
from tests.placements.test_sweeps import imported


def test_screenings_packs_and_letters_do_not_wait_for_the_broker(as_worker):
    clock.set_to(NOON)
    hari = factories.person(role=Role.PLACEMENT_OFFICER, name="Hari Lal")
    waiting = imported(hari, starts_on=date(2026, 11, 2))
    plan = factories.placement_at(Placement.Status.PROPOSED, hari)
    listed(plan, hari)
    job = ask(hari, plan)
    tom = factories.person(role=Role.MANAGER)
    with factories.acting(tom):
        pack = requests.ask(starts_on=NOON.date(), ends_on=NOON.date(), purpose="inspection", by=tom, at=NOON)

    for one in without_broker.substitutes():
        one.do_what_is_late()

    with factories.acting(tom):
        assert PackRequest.objects.get(id=pack.id).row_count > 0
        assert Screening.objects.filter(placement=waiting).count() == 1
    assert bytes(now(hari, job).content).startswith(b"%PDF-")
