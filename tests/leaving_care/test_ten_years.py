"""Does the sweep raise every milestone once over ten years, through days on which it did not run?"""

from datetime import timedelta

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.leaving_care import simulation


def world() -> dict:
    advisers = [factories.person(role=Role.LEAVING_CARE_ADVISER, name=name) for name in ("Lewis Grant", "Kofi Mensah")]
    return {
        "authority_id": factories.authority().id,
        "areas": [factories.authority(code).id for code in (factories.LEEDS, factories.SHEFFIELD)],
        "people": list(User.objects.filter(id__in=[one.person_id for one in advisers])),
    }


def test_every_milestone_that_the_plain_reading_expects_is_raised_once_in_ten_years(committing):
    stopped = [simulation.BEGINS_ON + timedelta(days=91 * number) for number in (3, 4, 17)]

    outcome = simulation.run(**world(), children=60, sweeps=simulation.days(every=91, stopped=stopped), seed=9)

    assert outcome.expected > 300
    assert outcome.raised == outcome.expected
    assert (outcome.lost, outcome.unexpected, outcome.twice, outcome.unlisted) == (0, 0, 0, 0)


def test_three_days_without_a_sweep_are_caught_up_and_running_it_twice_raises_nothing_twice(committing):
    every_day = simulation.days(every=1)[:40]
    sweeps = [*every_day[:20], *every_day[23:], every_day[-1]]

    outcome = simulation.run(**world(), children=60, sweeps=sweeps, seed=10)

    assert outcome.expected > 60
    assert outcome.raised == outcome.expected
    assert (outcome.lost, outcome.unexpected, outcome.twice, outcome.unlisted) == (0, 0, 0, 0)
