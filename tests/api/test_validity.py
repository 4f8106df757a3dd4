"""Does a system read how well the matching works, with the page's numbers and intervals?"""

from accounts.roles import Role
from db import clock
from hotspots import measuring
from hotspots.models import Measurement
from hotspots.proportions import Proportion
from tests import factories
from tests.api.conftest import signed_in


def test_the_figures_of_the_validity_page_are_told_with_their_intervals(committing):
    client = signed_in(factories.person(role=Role.PLACEMENT_OFFICER))
    ground, what = Measurement.Ground.TOWN, Measurement.What.FAR_TOLD_NEAR
    measuring.store({(ground, what): Proportion(10, 100)}, seed=2015, at=clock.now())
    told = client.get("validity/").json()
    (rate,) = told["error_rates"]
    assert (rate["times"], rate["out_of"], rate["ground"], rate["version"]) == (10, 100, "town", told["version"])
    # Wilson's interval of 10 in 100, as in his paper's formula worked out by hand.
    assert (round(rate["lower"], 4), round(rate["upper"], 4)) == (0.0552, 0.1744)
    assert told["incidents"] == {"recorded": 0, "shared_before": None}
    assert told["coverage"]["of"] == told["coverage"]["said_nothing"]
    assert told["in_shadow"] is None
