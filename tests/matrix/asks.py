"""With what is each address asked? A whole and valid request for the world's rows; an address without one fails the build."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.matrix.routes import Route
from tests.matrix.world import ADDRESSED, OWN, World

Body = Callable[[World], dict]


@dataclass(frozen=True)
class Ask:
    """The row that the address or the body names (empty: none), whose it is, the body and the query.

    `absent` is the status where there is no such row: a form refuses a choice that it does not offer.
    """

    row: str = ""
    party: str = OWN
    body: Body | None = None
    version_of: str = ""
    query: str = ""
    absent: int = 404

    @property
    def names_a_row(self) -> bool:
        return bool(self.row)


PLACE = {"address": "1 New Road", "postcode": "S1 1AA", "home_postcode": "S65 1SB"}
CHILD_FORM = {
    "reference": "NEW-1",
    "given_name": "Ned",
    "family_name": "Newby",
    "born_on_day": "4",
    "born_on_month": "3",
    "born_on_year": "2012",
    "sex": "M",
}
MOMENT = {"on_day": "8", "on_month": "12", "on_year": "2026", "at_time": "10:00"}


def of(route: Route) -> Ask:
    """The request for a route. KeyError: a new address that the matrix does not know how to ask."""
    return ASKS[f"{route.method} {route.path}"]


def _move(when: dict) -> Body:
    return lambda world: {"child": str(world.ids["child"]), **PLACE, **when}


def _fixed(**body) -> Body:
    return lambda world: body


def _versioned(name: str, **body) -> Body:
    return lambda world: {**body, "version": world.versions[name]}


def _told_before(world: World) -> dict:
    day = {"told_on_day": "1", "told_on_month": "1", "told_on_year": "2026"}
    return {"placements": [str(world.ids["before"])], **day, "evidence": "A letter"}


def _form_of_move(world: World) -> dict:
    day = {"starts_on_day": "20", "starts_on_month": "12", "starts_on_year": "2026"}
    return {"manner": "planned", **day, "line": "1 New Road", "postcode": "S1 1AA", "tell_host": "on"}


NOTICE = {"row": "notice", "party": ADDRESSED}
ACKNOWLEDGE = _fixed(post="Notifications officer")
START, END = {"started_at": "2026-12-08T10:00:00Z"}, {"ended_at": "2026-12-08T10:00:00Z"}
PLAN = {"planned_start_on": "2026-12-20"}

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
    "GET /api/v1/placements/": Ask(),
    "POST /api/v1/placements/": Ask("child", body=_move(PLAN)),
    "POST /api/v1/placements/emergency-start/": Ask("child", body=_move(START)),
    "GET /api/v1/placements/<uuid:id>/": Ask("proposed"),
    "POST /api/v1/placements/<uuid:id>/start/": Ask("proposed", body=_fixed(**START), version_of="proposed"),
    "POST /api/v1/placements/<uuid:id>/end/": Ask("started", body=_fixed(**END), version_of="started"),
    "POST /api/v1/placements/<uuid:id>/withdraw/": Ask("proposed", body=_fixed(reason="Ill"), version_of="proposed"),
    "GET /api/v1/placements/<uuid:id>/screenings/": Ask("proposed"),
    "GET /api/v1/notices/sent/": Ask(),
    "GET /api/v1/notices/sent/<uuid:id>/": Ask("notice"),
    "GET /api/v1/notices/received/": Ask(),
    "GET /api/v1/notices/received/<uuid:id>/": Ask(**NOTICE),
    "POST /api/v1/notices/received/<uuid:id>/acknowledge/": Ask(**NOTICE, body=ACKNOWLEDGE),
    "GET /api/v1/duties/": Ask(),
    "GET /api/v1/duties/<uuid:id>/": Ask("duty"),
    "POST /api/v1/duties/<uuid:id>/close/": Ask("duty", body=_fixed(evidence="A letter")),
    "GET /api/v1/hotspots/": Ask(),
    "GET /api/v1/hotspots/<uuid:id>/": Ask("hotspot"),
    "GET /api/v1/coverage/": Ask(),
    "GET /api/v1/disclosures/": Ask(),
    "GET /api/v1/log/": Ask(),
    "GET /": Ask(),
    "GET /place/": Ask(),
    "POST /place/": Ask(body=_fixed(postcode="LS1 8ED", on_day="31", on_month="3", on_year="2026")),
    "GET /children/": Ask(),
    "POST /children/": Ask(body=_fixed(words="zq")),
    "GET /children/new/": Ask(),
    "POST /children/new/": Ask(body=_fixed(**CHILD_FORM)),
    "GET /children/<uuid:child_id>/": Ask("child"),
    "GET /placements/": Ask(),
    "GET /placements/new/": Ask("child", query="?child={}"),
    "POST /placements/new/": Ask("child", query="?child={}", body=_form_of_move),
    "GET /placements/new/check/": Ask(),
    "POST /placements/new/check/": Ask(body=_fixed()),
    "GET /placements/<uuid:placement_id>/": Ask("proposed"),
    "GET /placements/<uuid:placement_id>/start/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/start/": Ask("proposed", body=_versioned("proposed", **MOMENT)),
    "GET /placements/<uuid:placement_id>/end/": Ask("started"),
    "POST /placements/<uuid:placement_id>/end/": Ask("started", body=_versioned("started", **MOMENT)),
    "GET /placements/<uuid:placement_id>/withdraw/": Ask("proposed"),
    "POST /placements/<uuid:placement_id>/withdraw/": Ask("proposed", body=_versioned("proposed", reason="Ill")),
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
    "GET /areas-of-concern/": Ask(),
    "GET /sharing/": Ask(),
    "GET /log-book/": Ask(),
}
