"""Does the worker catch up after days on which it stood still, once each, and does the manager see at once what nobody has?"""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from db import clock
from duties.models import Closing, Duty
from leaving_care import milestone_duties, tasks
from leaving_care.actions.advisers import appoint
from placements.models import Child
from tests import databases, factories
from tests.web.browser import signed_in

pytestmark = pytest.mark.usefixtures("committing")
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def manager():
    return factories.person(role=Role.MANAGER, name="Ruth Okafor")


@pytest.fixture
def turns_16_on_6_december():
    return factories.child(factories.person(), born_on=date(2010, 12, 6), looked_after_since=LONG_AGO)


def worker_runs_on(day: int) -> None:
    """At six in the morning of that day of December 2026, as the worker's role of the database."""
    clock.set_to(datetime(2026, 12, day, 6, tzinfo=UTC))
    with databases.as_role("WORKER_DATABASE_URL"):
        tasks.keep_milestones.run()


def duties(by, child: Child) -> dict[str, Duty]:
    with factories.acting(by):
        found = list(Duty.objects.filter(subject_id=child.id, kind__in=milestone_duties.KINDS))
    assert len({duty.kind for duty in found}) == len(found)
    return {duty.kind: duty for duty in found}


def test_three_days_without_a_worker_are_caught_up_once_with_the_days_that_were_due_all_along(
    manager, turns_16_on_6_december
):
    worker_runs_on(4)
    assert set(duties(manager, turns_16_on_6_december)) == {"plan_ahead_16", "thirteen_weeks_watch"}

    worker_runs_on(8)

    owed = duties(manager, turns_16_on_6_december)
    assert {kind: duty.due_on for kind, duty in owed.items() if duty.closed_at is None} == {
        "plan_ahead_16": date(2026, 9, 6),
        "personal_adviser": date(2026, 12, 6),
        "needs_assessment": date(2027, 3, 6),
        "pathway_plan": date(2027, 3, 6),
    }
    assert owed["thirteen_weeks_watch"].closing == Closing.MET
    assert owed["thirteen_weeks_watch"].evidence == "Recorded as done on Sun 6 December 2026."
    worker_runs_on(8)
    again = duties(manager, turns_16_on_6_december)
    assert {duty.id for duty in again.values()} == {duty.id for duty in owed.values()}


def test_what_the_worker_raised_for_nobody_stands_on_the_managers_page_until_somebody_is_appointed(
    manager, turns_16_on_6_december
):
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")
    page = signed_in(manager)
    nobodys = reverse("duties") + "?who=nobody"

    worker_runs_on(8)

    assert "4 duties that no person has" in page.get(reverse("duties")).content.decode()
    listed = page.get(nobodys).content.decode()
    owed = [duty for duty in duties(manager, turns_16_on_6_december).values() if duty.closed_at is None]
    assert len(owed) == 4
    assert all(duty.title in listed for duty in owed)
    with factories.acting(manager):
        appoint(
            child_ids=[turns_16_on_6_december.id],
            person_id=adviser.person_id,
            starts_on=date(2026, 12, 8),
            by=manager,
            at=clock.now(),
        )
    assert "that no person has" not in page.get(reverse("duties")).content.decode()
