"""Does the manager see whom nobody advises, also when an adviser has left?"""

from datetime import date

import pytest

from accounts.models import Membership
from accounts.roles import Role
from db import clock
from leaving_care import milestone_duties, team
from leaving_care.actions.advisers import appoint
from tests import factories

pytestmark = pytest.mark.usefixtures("committing")


def test_whoever_had_an_adviser_who_works_here_no_more_is_without_one_and_their_duties_are_nobodys():
    manager, adviser = factories.person(role=Role.MANAGER), factories.person(role=Role.LEAVING_CARE_ADVISER)
    child = factories.child(factories.person(), born_on=date(2010, 11, 15), looked_after_since=date(2020, 1, 1))
    on, at = clock.today(), clock.now()
    milestone_duties.keep_all(manager.authority_id, at=at)
    with factories.acting(manager):
        assert list(team.without_adviser(manager.authority_id, on=on)) == [child]

        appoint(child_ids=[child.id], person_id=adviser.person_id, starts_on=on, by=manager, at=at)

        assert not team.without_adviser(manager.authority_id, on=on).exists()
        assert not team.unowned(manager.authority_id, on=on).exists()

        Membership.objects.filter(user_id=adviser.person_id).update(ends_on=on)

        assert list(team.without_adviser(manager.authority_id, on=on)) == [child]
        assert {duty.kind for duty in team.unowned(manager.authority_id, on=on)} == {
            "plan_ahead_16",
            "needs_assessment",
            "pathway_plan",
        }
