"""The world's place in two areas: somebody chose one, then the other, and changed a fact."""

from accounts.acting import Actor, acting_for
from db import clock
from geo.models import PostcodeCandidate
from placements.actions.amend import amend
from placements.actions.choose_host import choose_host
from placements.models import Placement
from placements.place.amendments import Changes
from placements.place.places import Place
from tests import factories

DONCASTER = "E08000017"
ADDRESSES = {DONCASTER: 12, factories.SHEFFIELD: 3}
IN_TWO_AREAS = Place(line="9 Mill Lane", postcode="DN1 1AA", home_postcode="S65 1SB")


def lie_in_two_areas() -> None:
    """Let the postcode have addresses in two authorities."""
    for code, addresses in ADDRESSES.items():
        PostcodeCandidate.objects.using("owner").create(
            postcode=IN_TWO_AREAS.postcode,
            authority_id=factories.authority(code).id,
            addresses=addresses,
            source="test",
        )


def build(worker: Actor) -> Placement:
    """A plan of which nobody was told, whose area was chosen wrongly first."""
    lie_in_two_areas()
    made = factories.placement_at("proposed", worker, place=IN_TWO_AREAS, tell_host=False)
    about = {"placement_id": made.id, "tell_host": False, "by": worker, "at": clock.now()}
    with acting_for(worker, "test"):
        choose_host(host_id=factories.authority(factories.SHEFFIELD).id, **about)
        choose_host(host_id=factories.authority(DONCASTER).id, why="The carer rang", **about)
        return amend(changes=Changes(provider_code="PR5"), reason="A charity", **about)
