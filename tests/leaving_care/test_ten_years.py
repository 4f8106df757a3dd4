"""Does the sweep raise every milestone once over ten years, through days on which it did not run?

`bin/bench leaving_care --young-people 5000` lives through the same with 5,000.
"""

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.leaving_care import simulation


def test_every_milestone_that_the_plain_reading_expects_is_raised_once_in_ten_years(committing):
    manager = factories.person(role=Role.MANAGER, name="Ruth Okafor")
    advisers = [factories.person(role=Role.LEAVING_CARE_ADVISER, name=name) for name in ("Lewis Grant", "Kofi Mensah")]

    outcome = simulation.run(
        manager=manager,
        areas=[factories.authority(code).id for code in (factories.LEEDS, factories.SHEFFIELD)],
        people=list(User.objects.filter(id__in=[one.person_id for one in advisers])),
        children=200,
        sweeps=simulation.days(every=91),
        seed=9,
        by_hand_every=40,
    )

    assert outcome.is_right, outcome
    assert outcome.raised == outcome.expected > 1_400
    assert outcome.by_hand > 20
    assert outcome.returns == 10
    assert outcome.unowned > 0
