"""How does a system register an emergency, choose an area, and change or correct what a placement says?"""

from api.closed import Body
from api.fields import Code, Day, Identifier, Instant, Text, Whole, Yes
from api.idempotency import once
from api.placements import NOWHERE, AboutPlacements
from db import clock
from placements.actions import amend as amend_actions
from placements.actions.choose_host import choose_host
from placements.actions.emergencies import OLDEST, FiveAnswers, NotInRegister, register_emergency
from placements.code_labels import labels
from placements.models import Child, Placement
from placements.place import places
from placements.place.amendments import Changes
from placements.place.kinds_of_place import kinds_of_place
from placements.place.places import Place

ADDRESS = {"address": "line", "postcode": "postcode", "home_postcode": "home_postcode", "urn": "urn"}


class UnregisteredBody(Body):
    given_name = Text(allow_blank=True, required=False, default="")
    family_name = Text(allow_blank=True, required=False, default="")
    about_age = Whole(min_value=0, max_value=OLDEST)


class EmergencyMoveBody(Body):
    """Who is `child`, or `child_not_in_register`; when is `on`, or `arrived_at` where the child is there already."""

    exactly_one = (("child",), ("child_not_in_register",))
    child = Identifier(required=False)
    child_not_in_register = UnregisteredBody(required=False)
    address = Text(max_length=500, required=False, allow_blank=True, default="")
    postcode = Text(max_length=20, required=False, allow_blank=True, default="")
    kind = Code(choices=[(name, kind.words) for name, kind in kinds_of_place().items()])
    on = Day()
    arrived_at = Instant(required=False)
    why_not_wait = Text(max_length=2000)
    host = Identifier(required=False)


class HostBody(Body):
    """The area chosen; null takes a choice back. `why` is asked where somebody had chosen before."""

    host = Identifier(allow_null=True)
    why = Text(max_length=2000, required=False, allow_blank=True, default="")
    tell_host = Yes(default=True)


class ChangeBody(Body):
    reason = Text(max_length=2000)
    address = Text(max_length=500, required=False, allow_blank=True)
    postcode = Text(max_length=20, required=False, allow_blank=True)
    home_postcode = Text(max_length=20, required=False, allow_blank=True)
    urn = Text(max_length=20, required=False, allow_blank=True)
    place_code = Code(choices=list(labels("place").items()), required=False)
    provider_code = Code(choices=list(labels("provider").items()), required=False)
    legal_status = Code(choices=list(labels("legal_status").items()), required=False)
    is_in_key_stage_four = Yes(required=False)
    reason_for_distance = Text(max_length=2000, required=False, allow_blank=True)
    tell_host = Yes(default=True)


class AmendBody(ChangeBody):
    is_move_of_house = Yes(default=False)
    effective_on = Day(required=False)


class CorrectBody(ChangeBody):
    is_emergency = Yes(required=False)
    started_at = Instant(required=False)
    ended_at = Instant(required=False, help_text="Of a placement that has ended")


class EmergencyMove(AboutPlacements):
    operations = {"POST": "placements.propose"}
    body_class = EmergencyMoveBody
    is_versioned = False
    creates = True

    @once
    def post(self, request):
        asked = self.read_body()
        answers = FiveAnswers(
            who=self._who(asked),
            place=Place(line=asked["address"], postcode=asked["postcode"]),
            kind=asked["kind"],
            on=asked["on"],
            why_not_wait=asked["why_not_wait"],
            arrived_at=asked.get("arrived_at"),
            host_id=asked.get("host"),
        )
        placement = register_emergency(answers, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=placement.id))

    def _who(self, asked: dict):
        if "child" in asked and not self.children().filter(id=asked["child"]).exists():
            raise Child.DoesNotExist
        return asked["child"] if "child" in asked else NotInRegister(**asked["child_not_in_register"])


class ChooseHost(AboutPlacements):
    operations = {"POST": "placements.choose_host"}
    body_class = HostBody

    @once
    def post(self, request, **kwargs):
        return self.change(_choose)


class Amend(AboutPlacements):
    operations = {"POST": "placements.amend"}
    body_class = AmendBody

    @once
    def post(self, request, **kwargs):
        return self.change(_changing(amend_actions.amend))


class Correct(AboutPlacements):
    operations = {"POST": "placements.correct"}
    body_class = CorrectBody

    @once
    def post(self, request, **kwargs):
        return self.change(_changing(amend_actions.correct))


def _choose(*, host, **asked) -> Placement:
    return choose_host(host_id=host, **asked)


def _changing(action):
    """The action with what was sent read as changes; parts of the address that were not sent stay as they are."""

    def change(*, placement_id, **asked) -> Placement:
        address = {ADDRESS[name]: asked.pop(name) for name in ADDRESS if name in asked}
        facts = {name: asked.pop(name) for name in Changes.__dataclass_fields__ if name in asked}
        place = None
        if address:
            held = places.of(Placement.objects.get(id=placement_id)) or NOWHERE
            place = Place(**{name: address.get(name, getattr(held, name)) for name in Place.__dataclass_fields__})
        return action(placement_id=placement_id, changes=Changes(place=place, **facts), **asked)

    return change
