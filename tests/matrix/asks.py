"""With what is each address asked? A whole and valid request for the world's rows; an address without one fails the build."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from tests import factories
from tests.hotspots import world as areas
from tests.matrix.routes import Route
from tests.matrix.world import ADDRESSED, OWN, World

Body = Callable[[World], dict]


@dataclass(frozen=True)
class Ask:
    """The row that the address or the body names (empty: none), whose it is, the body and the query.

    `absent` is the status where there is no such row: a form refuses a choice that it does not offer. `told_to` are the
    roles to whom a row that concerns somebody else is told, where the policy's are told of their own (empty: all).
    """

    row: str = ""
    party: str = OWN
    body: Body | None = None
    version_of: str = ""
    query: str = ""
    absent: int = 404
    told_to: frozenset[Role] = frozenset()

    @property
    def names_a_row(self) -> bool:
        return bool(self.row)


PLACE = {"address": "1 New Road", "postcode": "S1 1AA", "home_postcode": "S65 1SB"}
FORM_OF_PACK = {
    "starts_on_day": "1",
    "starts_on_month": "11",
    "starts_on_year": "2026",
    "ends_on_day": "30",
    "ends_on_month": "11",
    "ends_on_year": "2026",
    "purpose": "inspection",
}
CHILD_FORM = {
    "reference": "NEW-1",
    "given_name": "Ned",
    "family_name": "Newby",
    "born_on_day": "4",
    "born_on_month": "3",
    "born_on_year": "2012",
    "sex": "M",
}
IDENTITY = {"reference": "NEW-1", "given_name": "Ned", "family_name": "Newby", "born_on": "2012-03-04"}
MOMENT = {"on_day": "8", "on_month": "12", "on_year": "2026", "at_time": "10:00"}


FIVE_ANSWERS = {
    "who": "nobody of this name",
    "about_age": "14",
    "kind": "childrens_home",
    "when": "tonight",
    "why_not_wait": "Ill",
}
CHANGE = {"postcode": "S1 1AA", "place_code": "U6", "provider_code": "PR5", "reason": "A charity"}


def of(route: Route) -> Ask:
    """The request for a route. KeyError: a new address that the matrix does not know how to ask."""
    return ASKS[f"{route.method} {route.path}"]


def _move(when: dict) -> Body:
    return lambda world: {"child": str(world.ids["child"]), **PLACE, **when}


def _emergency(world: World) -> dict:
    return {"child": str(world.ids["child"]), "kind": "childrens_home", "on": "2026-12-20", "why_not_wait": "Ill"}


def _replay(world: World) -> dict:
    return {"reason": "The address was corrected", "delivery": str(world.ids["dead_letter"])}


def _fixed(**body) -> Body:
    return lambda world: body


def _versioned(name: str, **body) -> Body:
    return lambda world: {**body, "version": world.versions[name]}


def _people(**body) -> Body:
    """A body in which the words "worker" and "colleague" stand for those people of the owning authority."""
    return lambda world: {
        name: str(world.ids[said]) if said in ("worker", "colleague") else said for name, said in body.items()
    }


def _day(name: str, day: int, **besides) -> Body:
    """A form with a day of December 2026."""
    return _fixed(**{f"{name}_day": str(day), f"{name}_month": "12", f"{name}_year": "2026"}, **besides)


def _grant(world: World) -> dict:
    return {"person": str(world.ids["without_grant"]), "reason": "Visits her"}


def _told_before(world: World) -> dict:
    day = {"told_on_day": "1", "told_on_month": "1", "told_on_year": "2026"}
    return {"answer": "told", "placements": [str(world.ids["before"])], **day, "evidence": "A letter"}


def _api_told_before(world: World) -> dict:
    return {"placements": [str(world.ids["before"])], "told_on": "2026-01-01", "evidence": "A letter"}


def _form_of_move(world: World) -> dict:
    day = {"starts_on_day": "20", "starts_on_month": "12", "starts_on_year": "2026"}
    return {"manner": "planned", **day, "line": "1 New Road", "postcode": "S1 1AA", "tell_host": "on"}


def _judgement(world: World) -> dict:
    return {"screening": str(world.ids["screening"]), "supersedes": str(world.ids["judgement"]), **JUDGEMENT}


def _form_of_judgement(world: World) -> dict:
    days = {"look_again_on_day": "13", "look_again_on_month": "1", "look_again_on_year": "2027"}
    asked = {"asked_on_day": "1", "asked_on_month": "12", "asked_on_year": "2026"}
    return _judgement(world) | days | asked


def _conversation(world: World) -> dict:
    about = [{"judgement": str(world.ids["judgement"]), "words": "Agreed."}]
    return {"held_at": "2026-12-09T10:00:00Z", "about": about}


def _form_of_conversation(world: World) -> dict:
    return {f"about_{world.ids['judgement']}": "Agreed.", **MOMENT}


def _drill(world: World) -> dict:
    return {"authorities": [str(world.ids["drilled"])]}


def _change_of_contact(world: World) -> dict:
    return {"of": str(world.ids["authority"]), **NEW_CONTACT}


def _typed(name: str) -> dict:
    """A day of November as a form's three inputs."""
    return {f"{name}_day": "20", f"{name}_month": "11", f"{name}_year": "2026"}


def _appoint_typed(world: World) -> dict:
    return {"child_ids": [str(world.ids["leaver"])], "person_id": str(world.ids["adviser"]), **_typed("starts_on")}


def _tell_leeds(world: World) -> dict:
    return {"area": str(factories.authority(ADDRESSED).id)}


def _hand_over_to_leeds(world: World) -> dict:
    return {"host": str(factories.authority(ADDRESSED).id)}


def _appoint(world: World) -> dict:
    return {"children": [str(world.ids["leaver"])], "person": str(world.ids["adviser"]), "starts_on": "2026-11-30"}


def _letters(world: World) -> dict:
    return {"about": "placement", "correspondents": [str(world.ids["correspondent"])]}


def _many_letters(world: World) -> dict:
    return {"about": "placement", "placements": [str(world.ids["full_list"])]}


def _full_list(world: World) -> dict:
    return {"from_placement": str(world.ids["full_list"])}


def _about_them(world: World) -> dict:
    return {"withholding": str(world.ids["withholding"]), "is_the_one": False}


def _form_about_them(world: World) -> dict:
    return _about_them(world) | {"is_the_one": "no"}


def _mark(world: World) -> dict:
    day = {"on_day": "10", "on_month": "12", "on_year": "2026"}
    return {"letters": [str(world.ids["letter"])], "fact": "posted", **day}


def _closing(world: World) -> dict:
    return {"reason": "Over", "supervisor": str(world.ids["supervisor"]), "look_again_on": "2027-03-01"}


def _form_of_closing(world: World) -> dict:
    return _closing(world) | {"look_again_on_day": "1", "look_again_on_month": "3", "look_again_on_year": "2027"}


def _decision_of_another(world: World) -> dict:
    return {**DECLINE, "decider": str(world.ids["officer"]), "decided_at": "2026-12-08T10:00:00Z"}


def _form_of_another(world: World) -> dict:
    return {**DECLINE, **MOMENT, "decider": str(world.ids["officer"])}


NEW_CONTACT = {"purpose": "leaving_care", "channel": "email", "email": "new@their.example", "said_by": "R. Pell"}
RUNG_BACK = {"number_rung": "01632 960500", "spoke_to": "R. Pell"}
CONTACTS = "gss_code,role,email,telephone,last_confirmed\nE08000035,duty_desk,desk@leeds.example,,2026-11-01\n"
SPEAKER = {"person": "R. Pell", "post": "Notifications", "telephone": "01632 960500"}
SAID = SPEAKER | {"said_at": "2026-12-09T10:00:00Z"}
SAID_FORM = SPEAKER | {"on_day": "9", "on_month": "12", "on_year": "2026", "at_time": "10:00"}
READER = {"code": "school", "name": "A school", "channel": "by_hand"}


def _sharing(world: World) -> dict:
    return {"partners": [str(world.ids["partner"])], "level": "contact"}


def _form_of_sharing(world: World) -> dict:
    return _sharing(world) | {"distance_metres": "1000"}


def _agreement(world: World) -> dict:
    return {"partner": str(world.ids["unpartnered"]), "purpose": "Placing", "basis": "s. 10", "reference": "ISA 9"}


SQUARE = [[443000, 393000], [443200, 393000], [443200, 393200], [443000, 393200], [443000, 393000]]
FORM_OF_AREA = {"corners": "443000 393000\n443200 393000\n443200 393200", "system": "27700"}
AREA = {"concern": "collected by car", "shape": {"type": "Polygon", "coordinates": [SQUARE]}, "srid": "27700"}
DECLINE = {"decision": "declined", "words": "Too far"}
HANDOVER = {"row": "handover", "party": ADDRESSED}
NOTICE = {"row": "notice", "party": ADDRESSED}
MISSING_NOTICE = {"row": "missing_notice", "party": ADDRESSED}
WENT, BACK = "2026-12-08T10:00:00Z", "2026-12-08T12:00:00Z"
TALKED = {"ending": "done", "interviewed_at": "2026-12-09T10:00:00Z", "interviewed_by": "Ana Reyes"}
ACKNOWLEDGE = _fixed(post="Notifications officer")
START, END = {"started_at": "2026-12-08T10:00:00Z"}, {"ended_at": "2026-12-08T10:00:00Z"}
PLAN = {"planned_start_on": "2026-12-20"}

JUDGEMENT = {
    "known_and_not_known": "Little",
    "thinks_and_why": "No worry",
    "look_again_on": "2027-01-13",
    "agreement": "nothing_said",
    "asked_whom": "The host",
    "asked_on": "2026-12-01",
    "they_said": "Nothing known",
}
ASSESSMENT = {"assessed_on": "2026-12-01", "words": "Collected by car"}
FORM_OF_ASSESSMENT = {
    "assessed_on_day": "1",
    "assessed_on_month": "12",
    "assessed_on_year": "2026",
    "words": "Collected by car",
}
PERIOD = {"starts_on_day": "1", "starts_on_month": "12", "starts_on_year": "2026"} | {
    "ends_on_day": "31",
    "ends_on_month": "12",
    "ends_on_year": "2026",
}

QUESTION = {"row": "question", "party": ADDRESSED}
HOPE = {"hoped_for_on_day": "9", "hoped_for_on_month": "1", "hoped_for_on_year": "2027", "hoped_for_at": "12:00"}
TRIED = {"place": "Carers in town", "why_not": "No bed"}
CALL = {"rung": "Duty desk", "words": "No reply"}
DECISION = {"paragraph": "b", "person": "A parent", "what": "notice", "reason": "Harm", "decided_by": "A manager"}
DAYS = {"decided_on": "2026-12-01", "look_again_on": "2027-06-01"}
DAYS_TYPED = {
    "decided_on_day": "1",
    "decided_on_month": "12",
    "decided_on_year": "2026",
    "look_again_on_day": "1",
    "look_again_on_month": "6",
    "look_again_on_year": "2027",
}
LOOKED_AGAIN = {"outcome": "holds", "reason": "Harm", "decided_by": "A manager"} | DAYS_TYPED
GIVEN = {"version": "9", "channel": "Post"}
NEW_DAY = {
    "planned_start_on_day": "27",
    "planned_start_on_month": "12",
    "planned_start_on_year": "2026",
    "reason": "Ill",
}
ENDS = {"how": "by_us", "planned_on": "2027-03-01"}
ENDS_TYPED = {"how": "by_us", "planned_on_day": "1", "planned_on_month": "3", "planned_on_year": "2027"}

DAYS_OF_COVER = {"starts_on": "2026-12-10", "ends_on": "2026-12-15"}
DAYS_OF_COVER_TYPED = {
    "starts_on_day": "10",
    "starts_on_month": "12",
    "starts_on_year": "2026",
    "last_on_day": "14",
    "last_on_month": "12",
    "last_on_year": "2026",
}
APPOINTED = {"appointed_by": "The chief executive", "reference": "Scheme"}
APPOINTED_FROM = {"starts_at": "2027-02-01T09:00:00Z", "ends_at": "2027-02-08T09:00:00Z"}
APPOINTED_FROM_TYPED = {
    "starts_on_day": "1",
    "starts_on_month": "2",
    "starts_on_year": "2027",
    "starts_at_time": "09:00",
    "ends_on_day": "8",
    "ends_on_month": "2",
    "ends_on_year": "2027",
    "ends_at_time": "09:00",
}
ANYBODYS_COVER = frozenset({Role.MANAGER})

ASKS = {
    "GET /api/v1/schema/": Ask(),
    "GET /api/v1/authorities/": Ask(),
    "GET /api/v1/authorities/<uuid:id>/": Ask("authority", party=""),
    "GET /api/v1/authorities/<uuid:id>/adjoining/": Ask("authority", party=""),
    "POST /api/v1/jurisdiction/": Ask(body=_fixed(authority="372", on="2026-03-31", postcode="LS1 8ED")),
    "GET /api/v1/children/": Ask(),
    "POST /api/v1/children/": Ask(
        body=_fixed(reference="NEW-1", given_name="Ned", family_name="Newby", born_on="2012-03-04")
    ),
    "GET /api/v1/children/<uuid:id>/": Ask("child"),
    "GET /api/v1/children/<uuid:id>/leaving-care/": Ask("child"),
    "GET /api/v1/children/<uuid:id>/leaving-care/milestones/": Ask("leaver"),
    "POST /api/v1/children/<uuid:id>/leaving-care/facts/": Ask(
        "leaver", body=_fixed(kind="held", starts_on="2026-01-01")
    ),
    "POST /api/v1/children/<uuid:id>/leaving-care/steps/": Ask(
        "leaver", body=_fixed(kind="visited", done_on="2026-11-01")
    ),
    "POST /api/v1/children/<uuid:id>/leaving-care/homes/": Ask(
        "leaver", body=_fixed(moved_on="2026-11-20", power="s24B")
    ),
    "POST /api/v1/children/<uuid:id>/leaving-care/who-provides/": Ask(
        "leaver", body=_fixed(from_on="2026-11-25", power="their_own")
    ),
    "POST /api/v1/children/<uuid:id>/leaving-care/return-answers/": Ask(
        "leaver", body=_fixed(age=18, in_touch="NO", on="2026-07-03")
    ),
    "POST /api/v1/children/<uuid:id>/leaving-care/tell/": Ask("leaver", body=_tell_leeds),
    "GET /api/v1/children/<uuid:id>/handovers/": Ask("leaver"),
    "POST /api/v1/children/<uuid:id>/handovers/": Ask("leaver", body=_hand_over_to_leeds),
    "GET /api/v1/leaving-care/": Ask(),
    "GET /api/v1/leaving-care/team/": Ask(),
    "GET /api/v1/leaving-care/team/duties/": Ask(query="?list=unowned"),
    "GET /api/v1/leaving-care/team/young-people/": Ask(query="?list=elsewhere"),
    "GET /api/v1/handovers/coming/": Ask(),
    "POST /api/v1/handovers/<uuid:id>/reply/": Ask("sent_handover", body=_fixed(words="It has")),
    "GET /handovers/<uuid:handover_id>/reply/": Ask("sent_handover"),
    "POST /handovers/<uuid:handover_id>/reply/": Ask("sent_handover", body=_fixed(words="It has")),
    "POST /api/v1/leaving-care/facts/<uuid:id>/end/": Ask("fact", body=_fixed(ends_on="2026-11-01")),
    "POST /api/v1/leaving-care/facts/<uuid:id>/take-back/": Ask("fact", body=_fixed(reason="A slip")),
    "POST /api/v1/leaving-care/steps/<uuid:id>/take-back/": Ask("step", body=_fixed(reason="A slip")),
    "POST /api/v1/leaving-care/advisers/": Ask("leaver", body=_appoint),
    "POST /api/v1/handovers/<uuid:id>/parts/": Ask("draft_handover", body=_fixed(health={"words": "Well"})),
    "POST /api/v1/handovers/<uuid:id>/send/": Ask("draft_handover", body=_fixed(is_agreed_early=True)),
    "POST /api/v1/handovers/<uuid:id>/drop/": Ask("draft_handover"),
    "GET /api/v1/handovers/received/": Ask(),
    "GET /api/v1/handovers/received/<uuid:id>/": Ask(**HANDOVER),
    "POST /api/v1/handovers/received/<uuid:id>/acknowledge/": Ask(**HANDOVER, body=ACKNOWLEDGE),
    "POST /api/v1/handovers/received/<uuid:id>/answer/": Ask(**HANDOVER, body=_fixed(contact_name="Beth Lorne")),
    "GET /leaving-care/": Ask(),
    "GET /leaving-care/team/": Ask(),
    "GET /leaving-care/appoint/": Ask(),
    "POST /leaving-care/appoint/": Ask("leaver", body=_appoint_typed, absent=400),
    "GET /leaving-care/calendar/": Ask(),
    "POST /leaving-care/calendar/": Ask(),
    "GET /leaving-care/oc3/": Ask(),
    "GET /children/<uuid:child_id>/leaving-care/": Ask("leaver"),
    "GET /children/<uuid:child_id>/leaving-care/move/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/move/": Ask("leaver", body=_fixed(**_typed("moved_on"), power="s24B")),
    "GET /children/<uuid:child_id>/leaving-care/who-provides/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/who-provides/": Ask(
        "leaver", body=_fixed(**_typed("from_on"), power="their_own")
    ),
    "GET /children/<uuid:child_id>/leaving-care/step/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/step/": Ask(
        "leaver", body=_fixed(**_typed("done_on"), kind="visited")
    ),
    "GET /children/<uuid:child_id>/leaving-care/fact/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/fact/": Ask("leaver", body=_fixed(**_typed("starts_on"), kind="held")),
    "GET /children/<uuid:child_id>/leaving-care/return/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/return/": Ask(
        "leaver", body=_fixed(**_typed("on"), age="18", in_touch="NO", activity="0", accommodation="0")
    ),
    "GET /children/<uuid:child_id>/leaving-care/tell/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/tell/": Ask(
        "leaver", body=lambda world: {"area_id": str(factories.authority(ADDRESSED).id)}
    ),
    "GET /children/<uuid:child_id>/leaving-care/hand-over/": Ask("leaver"),
    "POST /children/<uuid:child_id>/leaving-care/hand-over/": Ask(
        "leaver", body=lambda world: {"host_id": str(factories.authority(ADDRESSED).id)}
    ),
    "GET /leaving-care/facts/<uuid:circumstance_id>/end/": Ask("fact"),
    "POST /leaving-care/facts/<uuid:circumstance_id>/end/": Ask("fact", body=_fixed(**_typed("ends_on"))),
    "GET /leaving-care/facts/<uuid:circumstance_id>/take-back/": Ask("fact"),
    "POST /leaving-care/facts/<uuid:circumstance_id>/take-back/": Ask("fact", body=_fixed(reason="A slip")),
    "GET /leaving-care/steps/<uuid:step_id>/take-back/": Ask("step"),
    "POST /leaving-care/steps/<uuid:step_id>/take-back/": Ask("step", body=_fixed(reason="A slip")),
    "GET /handovers/<uuid:handover_id>/": Ask("draft_handover"),
    "GET /handovers/<uuid:handover_id>/write/": Ask("draft_handover"),
    "POST /handovers/<uuid:handover_id>/write/": Ask("draft_handover", body=_fixed(health_words="Well")),
    "GET /handovers/<uuid:handover_id>/send/": Ask("draft_handover"),
    "POST /handovers/<uuid:handover_id>/send/": Ask("draft_handover", body=_fixed(is_agreed_early="on")),
    "GET /handovers/<uuid:handover_id>/drop/": Ask("draft_handover"),
    "POST /handovers/<uuid:handover_id>/drop/": Ask("draft_handover"),
    "GET /handovers/received/": Ask(),
    "GET /handovers/received/<uuid:document_id>/": Ask(**HANDOVER),
    "GET /handovers/received/<uuid:document_id>/acknowledge/": Ask(**HANDOVER),
    "POST /handovers/received/<uuid:document_id>/acknowledge/": Ask(**HANDOVER, body=ACKNOWLEDGE),
    "GET /handovers/received/<uuid:document_id>/answer/": Ask(**HANDOVER),
    "POST /handovers/received/<uuid:document_id>/answer/": Ask(**HANDOVER, body=_fixed(contact_name="Beth Lorne")),
    "GET /local-offers/": Ask(),
    "GET /local-offers/new/": Ask(),
    "POST /local-offers/new/": Ask(
        body=_fixed(title="Gym", words="Ring us", review_on_day="1", review_on_month="12", review_on_year="2027")
    ),
    "GET /local-offers/<uuid:offer_id>/change/": Ask("offer"),
    "POST /local-offers/<uuid:offer_id>/change/": Ask(
        "offer",
        body=_fixed(title="Gym", words="Ring us", review_on_day="1", review_on_month="12", review_on_year="2027"),
    ),
    "GET /local-offers/<uuid:offer_id>/end/": Ask("offer"),
    "POST /local-offers/<uuid:offer_id>/end/": Ask("offer"),
    "GET /api/v1/local-offers/": Ask(),
    "POST /api/v1/local-offers/": Ask(body=_fixed(title="Gym", words="Ring us", review_on="2027-12-01")),
    "POST /api/v1/local-offers/<uuid:id>/end/": Ask("offer"),
    "GET /api/v1/placements/": Ask(),
    "POST /api/v1/placements/": Ask("child", body=_move(PLAN)),
    "POST /api/v1/placements/emergency-start/": Ask("child", body=_move(START)),
    "GET /api/v1/placements/before-we-began/": Ask(),
    "POST /api/v1/placements/before-we-began/answer/": Ask("before", body=_api_told_before),
    "GET /api/v1/placements/<uuid:id>/": Ask("proposed"),
    "POST /api/v1/placements/emergency/": Ask("child", body=_emergency),
    "POST /api/v1/placements/<uuid:id>/choose-host/": Ask(
        "chosen", body=_fixed(host=None, why="The carer rang"), version_of="chosen"
    ),
    "POST /api/v1/placements/<uuid:id>/amend/": Ask(
        "proposed", body=_fixed(provider_code="PR5", reason="A charity"), version_of="proposed"
    ),
    "POST /api/v1/placements/<uuid:id>/correct/": Ask(
        "proposed", body=_fixed(provider_code="PR5", reason="A charity"), version_of="proposed"
    ),
    "POST /api/v1/placements/<uuid:id>/start/": Ask(
        "proposed", body=_fixed(**START, breach_reason="Nobody answered"), version_of="proposed"
    ),
    "GET /api/v1/placements/<uuid:id>/approvals/": Ask("proposed"),
    "GET /api/v1/approvals/<uuid:id>/": Ask("approval"),
    "POST /api/v1/approvals/<uuid:id>/gather/": Ask(
        "approval", body=_fixed(answers=[{"code": "wishes_and_feelings", "evidence": "She said so"}])
    ),
    "GET /approvals/<uuid:approval_id>/evidence/": Ask("approval"),
    "POST /approvals/<uuid:approval_id>/evidence/": Ask(
        "approval", body=_fixed(evidence_wishes_and_feelings="She said so")
    ),
    "POST /api/v1/approvals/<uuid:id>/decide/": Ask("approval", body=_fixed(**DECLINE)),
    "POST /api/v1/approvals/<uuid:id>/record/": Ask("approval", body=_decision_of_another),
    "POST /api/v1/approvals/<uuid:id>/confirm/": Ask("to_confirm", told_to=frozenset({Role.DIRECTOR})),
    "GET /approvals/<uuid:approval_id>/": Ask("approval"),
    "POST /approvals/<uuid:approval_id>/": Ask("approval", body=_fixed(**DECLINE)),
    "GET /approvals/<uuid:approval_id>/record/": Ask("approval"),
    "POST /approvals/<uuid:approval_id>/record/": Ask("approval", body=_form_of_another),
    "GET /approvals/<uuid:approval_id>/confirm/": Ask("to_confirm", told_to=frozenset({Role.DIRECTOR})),
    "POST /approvals/<uuid:approval_id>/confirm/": Ask("to_confirm", told_to=frozenset({Role.DIRECTOR})),
    "POST /api/v1/children/<uuid:id>/identify/": Ask("provisional", body=_fixed(**IDENTITY)),
    "GET /children/<uuid:child_id>/identify/": Ask("provisional"),
    "POST /children/<uuid:child_id>/identify/": Ask("provisional", body=_fixed(**CHILD_FORM)),
    "POST /api/v1/missing/<uuid:id>/interview/take-back/": Ask("talked", body=_fixed(reason="Another child")),
    "GET /missing/<uuid:report_id>/interview/take-back/": Ask("talked"),
    "POST /missing/<uuid:report_id>/interview/take-back/": Ask("talked", body=_fixed(reason="Another child")),
    "GET /api/v1/placements/<uuid:id>/visits/": Ask("started"),
    "POST /api/v1/placements/<uuid:id>/visits/": Ask("started", body=_fixed(visited_on="2026-12-07", visited_by="Sam")),
    "GET /api/v1/children/<uuid:id>/reviews/": Ask("child"),
    "POST /api/v1/children/<uuid:id>/reviews/": Ask("child", body=_fixed(reviewed_on="2026-12-01", reviewed_by="Mina")),
    "POST /api/v1/turns/<uuid:id>/take-back/": Ask("visit", body=_fixed(reason="Another child")),
    "GET /api/v1/children/<uuid:id>/ceasings/": Ask("child"),
    "POST /api/v1/children/<uuid:id>/ceasings/": Ask("child", body=_fixed(ceases_on="2027-02-01")),
    "POST /api/v1/ceasings/<uuid:id>/decide/": Ask("ceasing", body=_fixed(decided_by="Colin", decided_on="2026-12-01")),
    "GET /children/<uuid:child_id>/visits-and-reviews/": Ask("child"),
    "GET /placements/<uuid:placement_id>/visit/": Ask("started"),
    "POST /placements/<uuid:placement_id>/visit/": Ask("started", body=_day("visited_on", 7, visited_by="Sam")),
    "GET /children/<uuid:child_id>/review/": Ask("child"),
    "POST /children/<uuid:child_id>/review/": Ask("child", body=_day("reviewed_on", 1, reviewed_by="Mina")),
    "GET /visits-and-reviews/<uuid:turn_id>/take-back/": Ask("visit"),
    "POST /visits-and-reviews/<uuid:turn_id>/take-back/": Ask("visit", body=_fixed(reason="Another child")),
    "GET /children/<uuid:child_id>/end-of-care/": Ask("child"),
    "POST /children/<uuid:child_id>/end-of-care/": Ask("child", body=_day("ceases_on", 20)),
    "GET /end-of-care/<uuid:ceasing_id>/approve/": Ask("ceasing"),
    "POST /end-of-care/<uuid:ceasing_id>/approve/": Ask("ceasing", body=_day("decided_on", 1, decided_by="Colin")),
    "GET /api/v1/placements/<uuid:id>/grants/": Ask("closed"),
    "POST /api/v1/placements/<uuid:id>/grants/": Ask("closed", body=_grant),
    "POST /api/v1/grants/<uuid:id>/end/": Ask("grant", body=_fixed(reason="Left the team")),
    "GET /placements/<uuid:placement_id>/grants/": Ask("closed"),
    "GET /placements/<uuid:placement_id>/grants/give/": Ask("closed"),
    "POST /placements/<uuid:placement_id>/grants/give/": Ask("closed", body=_grant),
    "GET /grants/<uuid:grant_id>/end/": Ask("grant"),
    "POST /grants/<uuid:grant_id>/end/": Ask("grant", body=_fixed(reason="Left the team")),
    "POST /api/v1/placements/<uuid:id>/end/": Ask("started", body=_fixed(**END), version_of="started"),
    "POST /api/v1/placements/<uuid:id>/withdraw/": Ask("proposed", body=_fixed(reason="Ill"), version_of="proposed"),
    "GET /api/v1/placements/<uuid:id>/screenings/": Ask("proposed"),
    "GET /api/v1/missing/": Ask(),
    "POST /api/v1/missing/": Ask(
        "child", body=lambda world: {"child": str(world.ids["child"]), "missing_since": WENT, "last_seen": "Town"}
    ),
    "GET /api/v1/missing/<uuid:id>/": Ask("missing"),
    "POST /api/v1/missing/<uuid:id>/return/": Ask("missing", body=_fixed(returned_at=BACK)),
    "POST /api/v1/missing/<uuid:id>/ask-host/": Ask("back"),
    "POST /api/v1/missing/<uuid:id>/interview/": Ask("back", body=_fixed(**TALKED)),
    "GET /api/v1/missing/<uuid:id>/police-message/": Ask("missing"),
    "POST /api/v1/missing/<uuid:id>/police-message/": Ask("missing", body=_fixed(given_at=BACK, given_to="Operator 7")),
    "POST /api/v1/notices/received/<uuid:id>/missing-answer/": Ask(
        **MISSING_NOTICE, body=_fixed(word="seen", post="Desk")
    ),
    "GET /api/v1/placements/<uuid:id>/judgements/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/judgements/": Ask("proposed", body=_judgement),
    "GET /api/v1/judgements/<uuid:id>/": Ask("judgement"),
    "POST /api/v1/conversations/": Ask("judgement", body=_conversation),
    "GET /api/v1/disagreements/": Ask(),
    "GET /api/v1/disagreements/counts/": Ask(),
    "POST /api/v1/place-questions/": Ask(body=_fixed(postcode="S1 1AA")),
    "GET /api/v1/validity/": Ask(),
    "POST /api/v1/shadow-mode/": Ask(body=_fixed(is_on=True, owner="Ann Other, manager", reason="A trial")),
    "GET /api/v1/children/<uuid:id>/concerns/": Ask("child"),
    "POST /api/v1/children/<uuid:id>/concerns/": Ask("child", body=_fixed(**ASSESSMENT)),
    "GET /api/v1/concerns/<uuid:id>/": Ask("concern"),
    "POST /api/v1/concerns/<uuid:id>/assess/": Ask("concern", body=_fixed(**ASSESSMENT)),
    "POST /api/v1/concerns/<uuid:id>/close/": Ask("concern", body=_closing),
    "GET /api/v1/notices/sent/": Ask(),
    "GET /api/v1/notices/sent/<uuid:id>/": Ask("notice"),
    "GET /api/v1/notices/received/": Ask(),
    "GET /api/v1/notices/received/<uuid:id>/": Ask(**NOTICE),
    "POST /api/v1/notices/received/<uuid:id>/acknowledge/": Ask(**NOTICE, body=ACKNOWLEDGE),
    "POST /api/v1/notices/received/<uuid:id>/dispute/": Ask(
        **NOTICE, body=_fixed(post="Officer", words="No such street")
    ),
    "POST /api/v1/notices/received/<uuid:id>/acted-on/": Ask(**NOTICE, body=_fixed(post="Officer", words="Rang them")),
    "GET /api/v1/notices/undelivered/": Ask(),
    "POST /api/v1/notices/undelivered/replay/": Ask("dead_letter", body=_replay, absent=422),
    "GET /api/v1/endpoints/": Ask(),
    "POST /api/v1/endpoints/": Ask(body=_fixed(url="https://8.8.8.8/notices")),
    "GET /api/v1/endpoints/<uuid:id>/": Ask("endpoint"),
    "POST /api/v1/endpoints/<uuid:id>/proof/": Ask("endpoint"),
    "POST /api/v1/endpoints/<uuid:id>/agree/": Ask("endpoint"),
    "POST /api/v1/endpoints/<uuid:id>/rotate/": Ask("endpoint", body=_fixed(overlap_hours=24)),
    "POST /api/v1/endpoints/<uuid:id>/end/": Ask("endpoint"),
    "GET /api/v1/health/": Ask(),
    "GET /inbox/<uuid:document_id>/acted-on/": Ask(**NOTICE),
    "POST /inbox/<uuid:document_id>/acted-on/": Ask(**NOTICE, body=_fixed(post="Officer", words="Rang them")),
    "GET /undelivered/": Ask(),
    "GET /undelivered/send-again/": Ask(),
    "POST /undelivered/send-again/": Ask("dead_letter", body=_fixed(reason="Corrected"), absent=422),
    "GET /endpoints/": Ask(),
    "GET /endpoints/new/": Ask(),
    "POST /endpoints/new/": Ask(body=_fixed(url="https://8.8.8.8/notices")),
    "GET /endpoints/<uuid:endpoint_id>/": Ask("endpoint"),
    "GET /endpoints/<uuid:endpoint_id>/proof/": Ask("endpoint"),
    "POST /endpoints/<uuid:endpoint_id>/proof/": Ask("endpoint"),
    "GET /endpoints/<uuid:endpoint_id>/agree/": Ask("endpoint"),
    "POST /endpoints/<uuid:endpoint_id>/agree/": Ask("endpoint"),
    "GET /endpoints/<uuid:endpoint_id>/rotate/": Ask("endpoint"),
    "POST /endpoints/<uuid:endpoint_id>/rotate/": Ask("endpoint", body=_fixed(overlap="24")),
    "GET /endpoints/<uuid:endpoint_id>/end/": Ask("endpoint"),
    "POST /endpoints/<uuid:endpoint_id>/end/": Ask("endpoint"),
    "GET /post/": Ask(),
    "GET /api/v1/duties/": Ask(),
    "GET /api/v1/duties/<uuid:id>/": Ask("duty"),
    "POST /api/v1/duties/<uuid:id>/close/": Ask("duty", body=_fixed(evidence="A letter")),
    "POST /api/v1/duties/<uuid:id>/why-late/": Ask("duty", body=_fixed(words="The letter went astray")),
    "GET /duties/<uuid:duty_id>/why-late/": Ask("duty"),
    "POST /duties/<uuid:duty_id>/why-late/": Ask("duty", body=_fixed(words="The letter went astray")),
    "GET /api/v1/hotspots/": Ask(),
    "GET /api/v1/hotspots/<uuid:id>/": Ask("hotspot"),
    "POST /api/v1/hotspots/": Ask(body=_fixed(reference="B7", **AREA)),
    "GET /api/v1/hotspots/<uuid:id>/whole/": Ask("hotspot"),
    "GET /api/v1/hotspots/<uuid:id>/versions/": Ask("hotspot"),
    "GET /api/v1/hotspots/<uuid:id>/states/": Ask("hotspot"),
    "POST /api/v1/hotspots/<uuid:id>/revise/": Ask("hotspot", body=_fixed(**AREA), version_of="hotspot"),
    "POST /api/v1/hotspots/<uuid:id>/publish/": Ask("draft_hotspot"),
    "POST /api/v1/hotspots/<uuid:id>/share/": Ask("hotspot", body=_sharing),
    "GET /api/v1/hotspots/uploads/": Ask(),
    "POST /api/v1/hotspots/uploads/": Ask(body=lambda world: json.loads(areas.file(areas.square("A8")))),
    "GET /api/v1/hotspots/uploads/<uuid:id>/": Ask("upload"),
    "POST /api/v1/hotspots/uploads/<uuid:id>/effect/": Ask("upload", body=_fixed(is_published=True)),
    "POST /api/v1/hotspots/uploads/<uuid:id>/bring-in/": Ask("upload", body=_fixed(is_published=True)),
    "POST /api/v1/hotspots/uploads/<uuid:id>/drop/": Ask("upload", body=_fixed()),
    "GET /areas-of-concern/files/": Ask(),
    "GET /areas-of-concern/files/send/": Ask(),
    "POST /areas-of-concern/files/send/": Ask(
        body=lambda world: {"file": SimpleUploadedFile("a.json", areas.file(areas.square("A8")))}
    ),
    "GET /areas-of-concern/files/<uuid:upload_id>/": Ask("upload"),
    "POST /areas-of-concern/files/<uuid:upload_id>/": Ask(
        "upload", body=_fixed(then="published", level="proximity", distance_metres="500")
    ),
    "POST /api/v1/hotspots/<uuid:id>/lapse/": Ask("hotspot", body=_fixed()),
    "POST /api/v1/hotspots/<uuid:id>/withdraw/": Ask("hotspot", body=_fixed(reason="Source unsafe")),
    "GET /api/v1/agreements/": Ask(),
    "POST /api/v1/agreements/": Ask(body=_agreement),
    "GET /api/v1/agreements/with-us/": Ask(),
    "GET /api/v1/agreements/<uuid:id>/": Ask("agreement"),
    "POST /api/v1/agreements/<uuid:id>/end/": Ask("agreement", body=_fixed()),
    "POST /api/v1/coverage/": Ask(body=_fixed(shares=True, last_looked_on="2026-12-01")),
    "GET /api/v1/coverage/": Ask(),
    "GET /api/v1/disclosures/": Ask(),
    "GET /api/v1/packs/": Ask(),
    "POST /api/v1/packs/": Ask(body=_fixed(starts_on="2026-11-01", ends_on="2026-11-30", purpose="inspection")),
    "GET /api/v1/packs/<uuid:id>/": Ask("waiting_pack"),
    "POST /api/v1/packs/<uuid:id>/agree/": Ask("waiting_pack", body=_fixed()),
    "GET /api/v1/packs/<uuid:id>/file/": Ask("agreed_pack"),
    "GET /api/v1/children/<uuid:id>/story/": Ask("started_child"),
    "GET /api/v1/log/": Ask(),
    "GET /": Ask(),
    "GET /place/": Ask(),
    "POST /place/": Ask(body=_fixed(postcode="LS1 8ED", on_day="31", on_month="3", on_year="2026")),
    "GET /children/": Ask(),
    "POST /children/": Ask(body=_fixed(words="k")),
    "GET /children/new/": Ask(),
    "POST /children/new/": Ask(body=_fixed(**CHILD_FORM)),
    "GET /children/<uuid:child_id>/": Ask("child"),
    "GET /children/<uuid:child_id>/missing/": Ask("child"),
    "POST /children/<uuid:child_id>/missing/": Ask("child", body=_fixed(kind="missing", last_seen="Town", **MOMENT)),
    "GET /missing/": Ask(),
    "GET /missing/<uuid:report_id>/": Ask("missing"),
    "GET /missing/<uuid:report_id>/return/": Ask("missing"),
    "POST /missing/<uuid:report_id>/return/": Ask("missing", body=_fixed(**MOMENT)),
    "GET /missing/<uuid:report_id>/ask-host/": Ask("back"),
    "POST /missing/<uuid:report_id>/ask-host/": Ask("back"),
    "GET /missing/<uuid:report_id>/interview/": Ask("back"),
    "POST /missing/<uuid:report_id>/interview/": Ask(
        "back", body=_fixed(ending="done", interviewed_by="Ana Reyes", **MOMENT)
    ),
    "GET /missing/<uuid:report_id>/police-message/": Ask("missing"),
    "POST /missing/<uuid:report_id>/police-message/": Ask("missing", body=_fixed(given_to="Operator 7", **MOMENT)),
    "GET /inbox/<uuid:document_id>/missing-answer/": Ask(**MISSING_NOTICE),
    "POST /inbox/<uuid:document_id>/missing-answer/": Ask(
        **MISSING_NOTICE, body=_fixed(word="found", post="Officer", **MOMENT)
    ),
    "GET /placements/": Ask(),
    "GET /emergency/": Ask(),
    "POST /emergency/": Ask(body=_fixed(**FIVE_ANSWERS)),
    "GET /emergency/check/": Ask(),
    "POST /emergency/check/": Ask(),
    "GET /card/": Ask(),
    "GET /placements/<uuid:placement_id>/area/": Ask("chosen"),
    "POST /placements/<uuid:placement_id>/area/": Ask("chosen", body=_versioned("chosen", host="", why="He rang")),
    "GET /placements/<uuid:placement_id>/amend/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/amend/": Ask("proposed", body=_versioned("proposed", **CHANGE)),
    "GET /placements/<uuid:placement_id>/correct/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/correct/": Ask("proposed", body=_versioned("proposed", **CHANGE)),
    "GET /placements/new/": Ask("child", query="?child={}"),
    "POST /placements/new/": Ask("child", query="?child={}", body=_form_of_move),
    "GET /placements/new/check/": Ask(),
    "POST /placements/new/check/": Ask(body=_fixed()),
    "GET /placements/<uuid:placement_id>/": Ask("proposed"),
    "GET /placements/<uuid:placement_id>/start/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/start/": Ask(
        "proposed", body=_versioned("proposed", **MOMENT, breach_reason="Nobody answered")
    ),
    "GET /placements/<uuid:placement_id>/end/": Ask("started"),
    "POST /placements/<uuid:placement_id>/end/": Ask("started", body=_versioned("started", **MOMENT)),
    "GET /placements/<uuid:placement_id>/withdraw/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/withdraw/": Ask("proposed", body=_versioned("proposed", reason="Ill")),
    "GET /placements/<uuid:placement_id>/judgements/": Ask("proposed"),
    "GET /placements/<uuid:placement_id>/judgements/write/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/judgements/write/": Ask("proposed", body=_form_of_judgement),
    "GET /conversations/new/": Ask(),
    "POST /conversations/new/": Ask("judgement", body=_form_of_conversation),
    "GET /areas-of-concern/new/": Ask(),
    "POST /areas-of-concern/new/": Ask(body=_fixed(reference="B8", **FORM_OF_AREA)),
    "POST /areas-of-concern/ground/": Ask(body=_fixed(easting=443_000, northing=393_000, half_metres=500)),
    "GET /areas-of-concern/shown/": Ask(),
    "GET /areas-of-concern/<uuid:area_id>/": Ask("hotspot"),
    "GET /areas-of-concern/<uuid:area_id>/change/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/change/": Ask("hotspot", body=_fixed(number=1, **FORM_OF_AREA)),
    "GET /areas-of-concern/share/": Ask(),
    # By the name of Rotherham's own area: nobody else has one like it.
    "POST /areas-of-concern/share/": Ask(body=_form_of_sharing, query="?words=arcade"),
    "GET /areas-of-concern/<uuid:area_id>/share/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/share/": Ask("hotspot", body=_form_of_sharing),
    "GET /areas-of-concern/<uuid:area_id>/publish/": Ask("draft_hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/publish/": Ask("draft_hotspot"),
    "GET /areas-of-concern/<uuid:area_id>/lapse/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/lapse/": Ask("hotspot"),
    "GET /areas-of-concern/<uuid:area_id>/withdraw/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/withdraw/": Ask("hotspot", body=_fixed(reason="Source unsafe")),
    "GET /agreements/": Ask(),
    "GET /agreements/new/": Ask(),
    "POST /agreements/new/": Ask(body=_agreement),
    "GET /agreements/<uuid:agreement_id>/end/": Ask("agreement"),
    "POST /agreements/<uuid:agreement_id>/end/": Ask("agreement"),
    "GET /sharing/ours/": Ask(),
    "POST /sharing/ours/": Ask(
        body=_fixed(shares="yes", last_looked_on_day="1", last_looked_on_month="12", last_looked_on_year="2026")
    ),
    "GET /disagreements/": Ask(),
    "POST /disagreements/": Ask(body=_fixed(**PERIOD)),
    "GET /children/<uuid:child_id>/concerns/new/": Ask("child"),
    "POST /children/<uuid:child_id>/concerns/new/": Ask("child", body=_fixed(**FORM_OF_ASSESSMENT)),
    "GET /concerns/<uuid:concern_id>/": Ask("concern"),
    "GET /concerns/<uuid:concern_id>/assess/": Ask("concern"),
    "POST /concerns/<uuid:concern_id>/assess/": Ask("concern", body=_fixed(**FORM_OF_ASSESSMENT)),
    "GET /concerns/<uuid:concern_id>/close/": Ask("concern"),
    "POST /concerns/<uuid:concern_id>/close/": Ask("concern", body=_form_of_closing),
    "GET /before-we-began/": Ask(),
    "POST /before-we-began/": Ask("before", body=_told_before, absent=400),
    "GET /inbox/": Ask(),
    "GET /inbox/<uuid:document_id>/": Ask(**NOTICE),
    "GET /inbox/<uuid:document_id>/acknowledge/": Ask(**NOTICE),
    "POST /inbox/<uuid:document_id>/acknowledge/": Ask(**NOTICE, body=ACKNOWLEDGE),
    "GET /inbox/<uuid:document_id>/dispute/": Ask(**NOTICE),
    "POST /inbox/<uuid:document_id>/dispute/": Ask(**NOTICE, body=_fixed(post="Officer", words="No such street")),
    "GET /sent/": Ask(),
    "GET /sent/<uuid:document_id>/": Ask("notice"),
    "GET /duties/": Ask(),
    "GET /duties/<uuid:duty_id>/": Ask("duty"),
    "GET /duties/<uuid:duty_id>/close/": Ask("duty"),
    "POST /duties/<uuid:duty_id>/close/": Ask("duty", body=_fixed(closing="met", words="A letter")),
    "POST /api/v1/duties/bulk/": Ask(
        "duty", party="", body=lambda world: {"duties": [str(world.ids["duty"])], "evidence": "A letter"}
    ),
    "POST /api/v1/duties/hand-over/": Ask("colleague", body=_people(whose="worker", owner="colleague")),
    "GET /api/v1/covers/": Ask(),
    "POST /api/v1/covers/": Ask("colleague", body=_people(covered_by="colleague", **DAYS_OF_COVER)),
    "GET /api/v1/covers/<uuid:id>/": Ask("cover", told_to=ANYBODYS_COVER),
    "POST /api/v1/covers/<uuid:id>/end/": Ask("cover", told_to=ANYBODYS_COVER),
    "GET /api/v1/appointments/": Ask(),
    "POST /api/v1/appointments/": Ask("colleague", body=_people(person="colleague", **APPOINTED, **APPOINTED_FROM)),
    "GET /api/v1/appointments/<uuid:id>/": Ask("appointment"),
    "POST /api/v1/appointments/<uuid:id>/end/": Ask("appointment"),
    "GET /duties/many/": Ask("duty", query="?duty={}"),
    "POST /duties/many/": Ask(
        "duty", body=lambda world: {"duty": [str(world.ids["duty"])], "outcome": "met", "words": "A letter"}
    ),
    "GET /duties/hand-over/": Ask(),
    "POST /duties/hand-over/": Ask("colleague", body=_people(whose="worker", owner="colleague"), absent=400),
    "GET /cover/": Ask(),
    "GET /cover/new/": Ask(),
    "POST /cover/new/": Ask(
        "colleague", body=_people(person="worker", covered_by="colleague", **DAYS_OF_COVER_TYPED), absent=400
    ),
    "GET /cover/<uuid:cover_id>/end/": Ask("cover", told_to=ANYBODYS_COVER),
    "POST /cover/<uuid:cover_id>/end/": Ask("cover", told_to=ANYBODYS_COVER),
    "GET /while-you-were-away/": Ask(),
    "GET /appointments/": Ask(),
    "GET /appointments/new/": Ask(),
    "POST /appointments/new/": Ask(
        "colleague", body=_people(person="colleague", **APPOINTED, **APPOINTED_FROM_TYPED), absent=400
    ),
    "GET /appointments/<uuid:appointment_id>/end/": Ask("appointment"),
    "POST /appointments/<uuid:appointment_id>/end/": Ask("appointment"),
    "GET /areas-of-concern/": Ask(),
    "GET /sharing/": Ask(),
    "GET /map/": Ask(),
    "GET /validity/": Ask(),
    "GET /validity/shadow/": Ask(),
    "POST /validity/shadow/": Ask(body=_fixed(owner="Ann Other, manager", reason="A trial")),
    "POST /map/": Ask(body=_fixed(postcode="S1 1AA", half_metres="2500")),
    "GET /tiles/<int:z>/<int:x>/<int:y>.mvt": Ask(),
    "GET /children/<uuid:child_id>/story/": Ask("started_child"),
    "GET /inspection/": Ask(),
    "GET /inspection/ask/": Ask(),
    "POST /inspection/ask/": Ask(body=_fixed(**FORM_OF_PACK)),
    "GET /inspection/<uuid:pack_id>/": Ask("waiting_pack"),
    "GET /inspection/<uuid:pack_id>/agree/": Ask("waiting_pack"),
    "POST /inspection/<uuid:pack_id>/agree/": Ask("waiting_pack", body=_fixed()),
    "GET /inspection/<uuid:pack_id>/take/": Ask("agreed_pack"),
    "GET /log-book/": Ask(),
    "POST /api/v1/placements/<uuid:id>/ask-host/": Ask("proposed", body=_fixed(question="What is known of it?")),
    "GET /api/v1/placements/<uuid:id>/consultations/": Ask("proposed"),
    "GET /api/v1/placements/<uuid:id>/places-tried/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/places-tried/": Ask("proposed", body=_fixed(**TRIED)),
    "GET /placements/<uuid:placement_id>/places-tried/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/places-tried/": Ask("proposed", body=_fixed(**TRIED)),
    "POST /api/v1/placements/<uuid:id>/telephone-tries/": Ask(
        "proposed", body=_fixed(rung_at="2026-12-08T10:00:00Z", **CALL)
    ),
    "GET /api/v1/placements/<uuid:id>/care-plan-supplies/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/care-plan-supplies/": Ask(
        "proposed", body=_fixed(supplied_at="2026-12-08T10:00:00Z", **GIVEN)
    ),
    "POST /api/v1/placements/<uuid:id>/complete-notice/": Ask("proposed", body=_fixed(needs_and_suitability="Needs")),
    "POST /api/v1/placements/<uuid:id>/new-date/": Ask(
        "proposed", body=_fixed(planned_start_on="2026-12-27", reason="Ill"), version_of="proposed"
    ),
    "GET /api/v1/placements/<uuid:id>/endings/": Ask("started"),
    "POST /api/v1/placements/<uuid:id>/endings/": Ask("started", body=_fixed(**ENDS)),
    "POST /api/v1/placements/<uuid:id>/ending-notice/": Ask("started"),
    "GET /api/v1/placements/<uuid:id>/people-to-tell/": Ask("proposed"),
    "GET /api/v1/placements/<uuid:id>/withholdings/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/withholdings/": Ask("proposed", body=_fixed(**DECISION, **DAYS)),
    "POST /api/v1/withholdings/<uuid:id>/end/": Ask("withholding", body=_fixed(because="It may be told")),
    "GET /api/v1/children/<uuid:id>/care-plan-versions/": Ask("child"),
    "POST /api/v1/children/<uuid:id>/care-plan-versions/": Ask(
        "child", body=_fixed(version="9", became_on="2026-12-01")
    ),
    "POST /api/v1/enquiries/": Ask(body=_fixed(postcode="CF10 2WQ", question="What is known of it?")),
    "POST /api/v1/notices/received/<uuid:id>/answer/": Ask(**QUESTION, body=_fixed(place="Known to us")),
    "GET /placements/<uuid:placement_id>/host/": Ask("proposed"),
    "GET /placements/<uuid:placement_id>/ask-host/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/ask-host/": Ask("proposed", body=_fixed(is_child_named="on", **HOPE)),
    "GET /placements/<uuid:placement_id>/complete-notice/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/complete-notice/": Ask(
        "proposed", body=_fixed(needs_and_suitability="Needs")
    ),
    "GET /placements/<uuid:placement_id>/care-plan/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/care-plan/": Ask("proposed", body=_fixed(**MOMENT, **GIVEN)),
    "GET /placements/<uuid:placement_id>/telephone-try/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/telephone-try/": Ask("proposed", body=_fixed(**MOMENT, **CALL)),
    "GET /placements/<uuid:placement_id>/new-date/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/new-date/": Ask("proposed", body=_versioned("proposed", **NEW_DAY)),
    "GET /placements/<uuid:placement_id>/ending/": Ask("started"),
    "POST /placements/<uuid:placement_id>/ending/": Ask("started", body=_fixed(**ENDS_TYPED)),
    "GET /placements/<uuid:placement_id>/ending-notice/": Ask("started"),
    "POST /placements/<uuid:placement_id>/ending-notice/": Ask("started"),
    "GET /placements/<uuid:placement_id>/people/": Ask("proposed"),
    "GET /api/v1/directory/": Ask(),
    "GET /api/v1/directory/readiness/": Ask(),
    "POST /api/v1/directory/drills/": Ask(body=_drill),
    "POST /api/v1/directory/import/": Ask(body=_fixed(csv=CONTACTS)),
    "GET /api/v1/directory/changes/": Ask(),
    "POST /api/v1/directory/changes/": Ask(body=_change_of_contact),
    "POST /api/v1/directory/changes/<uuid:id>/confirm/": Ask("contact_change", body=_fixed(**RUNG_BACK)),
    "POST /api/v1/directory/changes/<uuid:id>/withdraw/": Ask("contact_change"),
    "POST /api/v1/directory/contacts/<uuid:id>/confirm/": Ask("contact", party="", body=_fixed(spoke_to="R. Pell")),
    "GET /directory/": Ask(),
    "GET /directory/import/": Ask(),
    "POST /directory/import/": Ask(body=_fixed(csv=CONTACTS)),
    "POST /directory/import/take-in/": Ask(body=_fixed(csv=CONTACTS)),
    "GET /directory/drill/": Ask(),
    "POST /directory/drill/": Ask(body=_drill),
    "GET /directory/<uuid:authority_id>/": Ask("authority", party=""),
    "GET /directory/<uuid:authority_id>/change/": Ask("authority", party=""),
    "POST /directory/<uuid:authority_id>/change/": Ask("authority", party="", body=_fixed(**NEW_CONTACT)),
    "GET /directory/changes/<uuid:change_id>/confirm/": Ask("contact_change"),
    "POST /directory/changes/<uuid:change_id>/confirm/": Ask("contact_change", body=_fixed(**RUNG_BACK)),
    "GET /directory/changes/<uuid:change_id>/withdraw/": Ask("contact_change"),
    "POST /directory/changes/<uuid:change_id>/withdraw/": Ask("contact_change"),
    "GET /directory/contacts/<uuid:contact_id>/confirm/": Ask("contact", party=""),
    "POST /directory/contacts/<uuid:contact_id>/confirm/": Ask("contact", party="", body=_fixed(spoke_to="R. Pell")),
    "GET /api/v1/notices/sent/<uuid:id>/guest-links/": Ask("notice"),
    "POST /api/v1/notices/sent/<uuid:id>/guest-links/": Ask("notice", body=_fixed(number="01632 960500")),
    "POST /api/v1/notices/sent/<uuid:id>/telephone-acknowledgement/": Ask("notice", body=_fixed(**SAID)),
    "GET /sent/<uuid:document_id>/guest/": Ask("notice"),
    "POST /sent/<uuid:document_id>/guest/": Ask("notice", body=_fixed(number="01632 960500")),
    "GET /sent/<uuid:document_id>/telephone/": Ask("notice"),
    "POST /sent/<uuid:document_id>/telephone/": Ask("notice", body=_fixed(**SAID_FORM)),
    "GET /api/v1/placements/<uuid:id>/correspondents/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/correspondents/": Ask("proposed", body=_fixed(**READER)),
    "POST /api/v1/placements/<uuid:id>/correspondents/take-over/": Ask("empty_list", body=_full_list),
    "POST /api/v1/correspondents/<uuid:id>/remove/": Ask("correspondent"),
    "POST /api/v1/correspondents/<uuid:id>/decision/": Ask("asked", body=_about_them),
    "GET /api/v1/placements/<uuid:id>/letters/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/letters/": Ask("proposed", body=_letters),
    "POST /api/v1/letters/many/": Ask("full_list", body=_many_letters),
    "GET /api/v1/letters/many/<uuid:id>/": Ask("letter_job"),
    "GET /api/v1/letters/<uuid:id>/file/": Ask("letter"),
    "POST /api/v1/letters/<uuid:id>/facts/": Ask("letter", body=_fixed(fact="posted", on="2026-12-10")),
    "POST /api/v1/letters/<uuid:id>/correct/": Ask("letter", body=_fixed(correction="The day was wrong")),
    "GET /placements/<uuid:placement_id>/letters/": Ask("proposed"),
    "GET /placements/<uuid:placement_id>/letters/prepare/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/letters/prepare/": Ask("proposed", body=_letters),
    "GET /placements/<uuid:placement_id>/letters/add/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/letters/add/": Ask("proposed", body=_fixed(**READER)),
    "GET /placements/<uuid:placement_id>/letters/take-over/": Ask("empty_list"),
    "POST /placements/<uuid:placement_id>/letters/take-over/": Ask("empty_list", body=_full_list),
    "GET /correspondents/<uuid:correspondent_id>/remove/": Ask("correspondent"),
    "POST /correspondents/<uuid:correspondent_id>/remove/": Ask("correspondent"),
    "GET /correspondents/<uuid:correspondent_id>/decision/": Ask("asked"),
    "POST /correspondents/<uuid:correspondent_id>/decision/": Ask("asked", body=_form_about_them),
    "GET /correspondents/<uuid:correspondent_id>/preview/": Ask("correspondent"),
    "GET /letters/": Ask(),
    "POST /letters/": Ask("full_list", body=_many_letters, absent=400),
    "GET /letters/<uuid:letter_id>/": Ask("letter"),
    "GET /letters/<uuid:letter_id>/correct/": Ask("letter"),
    "POST /letters/<uuid:letter_id>/correct/": Ask(
        "letter", body=_fixed(correction="The day was wrong", is_understood="on")
    ),
    "GET /letters/batches/<uuid:batch>/": Ask("letter_batch"),
    "POST /letters/batches/<uuid:batch>/": Ask("letter_batch", body=_mark),
    "GET /letters/batches/<uuid:batch>/print/": Ask("letter_batch"),
    "POST /letters/batches/<uuid:batch>/print-again/": Ask("letter_job"),
    "GET /letters/batches/<uuid:batch>/files/": Ask("letter_batch"),
    "GET /placements/<uuid:placement_id>/withhold/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/withhold/": Ask("proposed", body=_fixed(**DECISION, **DAYS_TYPED)),
    "GET /withholdings/<uuid:withholding_id>/end/": Ask("withholding"),
    "POST /withholdings/<uuid:withholding_id>/end/": Ask("withholding", body=_fixed(**LOOKED_AGAIN)),
    "GET /children/<uuid:child_id>/care-plan/": Ask("child"),
    "POST /children/<uuid:child_id>/care-plan/": Ask(
        "child", body=_fixed(version="9", became_on_day="1", became_on_month="12", became_on_year="2026")
    ),
    "GET /enquiries/": Ask(),
    "GET /enquiries/new/": Ask(),
    "POST /enquiries/new/": Ask(body=_fixed(postcode="CF10 2WQ", question="What is known of it?")),
    "GET /inbox/<uuid:document_id>/answer/": Ask(**QUESTION),
    "POST /inbox/<uuid:document_id>/answer/": Ask(**QUESTION, body=_fixed(place="Known to us")),
}

_PASS_ON = _fixed(audience="carer_or_provider", output="letter")
ASKS |= {
    "GET /api/v1/new-lines/": Ask(),
    "POST /api/v1/new-lines/read/": Ask(body=lambda world: {"lines": [str(world.ids["new_line"])]}),
    "GET /api/v1/rechecks/": Ask(),
    "GET /api/v1/host-alerts/": Ask(),
    "POST /api/v1/host-alerts/": Ask(body=lambda world: {"host": str(world.ids["unpartnered"]), "reference": "R2"}),
    "POST /api/v1/host-alerts/<uuid:id>/end/": Ask("host_alert", body=_fixed()),
    "GET /host-alerts/": Ask(),
    "GET /host-alerts/new/": Ask(),
    "POST /host-alerts/new/": Ask(body=lambda world: {"host": str(world.ids["unpartnered"]), "reference": "R2"}),
    "GET /host-alerts/<uuid:agreement_id>/end/": Ask("host_alert"),
    "POST /host-alerts/<uuid:agreement_id>/end/": Ask("host_alert"),
    "GET /api/v1/recalls/": Ask(),
    "GET /api/v1/recalls/made/": Ask(),
    "GET /api/v1/recalls/<uuid:id>/uses/": Ask("recalled"),
    "POST /api/v1/placements/<uuid:id>/pass-on/": Ask("proposed", body=_PASS_ON),
    "POST /api/v1/placements/<uuid:id>/ask-to-pass-on/": Ask("proposed", body=_PASS_ON),
    "GET /api/v1/passing-on/": Ask(),
    "POST /api/v1/passing-on/<uuid:id>/answer/": Ask("passing_on", party=ADDRESSED, body=_fixed(answer="yes")),
    "POST /api/v1/hotspots/<uuid:id>/effect/": Ask("hotspot", body=_fixed()),
    "POST /api/v1/hotspots/<uuid:id>/effect/allow/": Ask("hotspot", body=_fixed()),
    "GET /new-lines/": Ask(),
    "GET /new-lines/read/": Ask(),
    "POST /new-lines/read/": Ask(body=lambda world: {"lines": str(world.ids["new_line"])}),
    "GET /rechecks/": Ask(),
    "GET /judged-again/": Ask(),
    "GET /api/v1/rejudgings/": Ask(),
    "GET /recalls/": Ask(),
    "GET /recalls/made/": Ask(),
    "GET /recalls/<uuid:recall_id>/": Ask("recalled"),
    "GET /placements/<uuid:placement_id>/pass-on/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/pass-on/": Ask("proposed", body=_PASS_ON),
    "GET /placements/<uuid:placement_id>/ask-to-pass-on/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/ask-to-pass-on/": Ask("proposed", body=_PASS_ON),
    "GET /passing-on/": Ask(),
    "GET /passing-on/<uuid:question_id>/answer/": Ask("passing_on", party=ADDRESSED),
    "POST /passing-on/<uuid:question_id>/answer/": Ask("passing_on", party=ADDRESSED, body=_fixed(answer="yes")),
    "GET /areas-of-concern/<uuid:area_id>/effect/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/effect/": Ask("hotspot"),
    "GET /areas-of-concern/<uuid:area_id>/effect/allow/": Ask("hotspot"),
    "POST /areas-of-concern/<uuid:area_id>/effect/allow/": Ask("hotspot"),
}
