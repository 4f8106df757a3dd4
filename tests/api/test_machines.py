"""Each machine through the API: every pair of state and step is done where the table allows it, and refused otherwise."""

from datetime import UTC, datetime
from itertools import product

import pytest

from accounts.acting import Actor
from accounts.roles import Role
from db import clock
from placements.actions.approvals import confirm, decide
from placements.approving import approvals
from placements.models import Approval, Placement
from placements.place.rejudging import re_judge
from placements.rules.satisfied_of import Answer
from placements.states import TRANSITIONS
from tests import factories
from tests.api.conftest import Caller, signed_in
from tests.api.test_approvals import ANSWERS
from tests.databases import NOON

Status = Placement.Status
LATER = datetime(2026, 12, 21, 12, 0, tzinfo=UTC)
STEPS = {
    "start": (Status.STARTED, {"started_at": "2026-12-21T10:00:00Z", "breach_reason": "Nobody could be reached."}),
    "end": (Status.ENDED, {"ended_at": "2026-12-21T10:00:00Z"}),
    "withdraw": (Status.WITHDRAWN, {"reason": "The carer is ill."}),
}
DECISIONS = {"approved": Status.APPROVED, "declined": Status.DECLINED}
OF_AN_APPROVAL = ("asked", "approved", "declined", "unconfirmed", "confirmed", "superseded")
# Of a whole approval: what is done (200), what comes too late (409), and what is not there for the one who asks (404).
ANSWERED = {
    ("asked", "decide"): 200,
    ("asked", "record"): 200,
    ("asked", "confirm"): 404,
    ("unconfirmed", "confirm"): 200,
    **{(state, "confirm"): 409 for state in ("approved", "declined", "confirmed")},
    **{(state, step): 409 for state in OF_AN_APPROVAL[1:5] for step in ("decide", "record")},
    **{("superseded", step): 404 for step in ("decide", "record", "confirm")},
}


@pytest.fixture
def priya(committing) -> Actor:
    return factories.person()


@pytest.fixture
def helen(committing) -> Actor:
    return factories.person(role=Role.DIRECTOR, name="Helen Marsh")


def test_every_step_of_a_placement_from_every_state(priya):
    browser, wrong = signed_in(priya), []
    placements = {pair: factories.placement_at(pair[0], priya) for pair in product(Status, STEPS)}
    clock.set_to(LATER)
    for (present, step), made in placements.items():
        to, body = STEPS[step]
        told = browser.post(f"placements/{made.id}/{step}/", body, **{"If-Match": f'"{made.version}"'})
        with factories.acting(priya):
            made.refresh_from_db()
        if to in TRANSITIONS[present]:
            is_right = (told.status_code, made.status) == (200, to)
        else:
            permitted = [one.label for one in TRANSITIONS[present]]
            refused = (told.status_code, told.json()["code"], told.json().get("permitted"))
            is_right = refused == (409, "invalid_transition", permitted) and made.status == present
        if not is_right:
            wrong.append((present, step, told.status_code, told.content, made.status))

    assert wrong == []


def test_every_decision_moves_a_plan_and_leaves_what_has_begun_or_is_off(priya, helen):
    director, wrong = signed_in(helen), []
    for present, (decision, to) in product(Status, DECISIONS.items()):
        made = factories.placement_at(present, priya)
        approval = waiting_for_decision(made, priya)
        body = {"decision": decision, "answers": ANSWERS, "words": "So decided."}
        told = director.post(f"approvals/{approval.id}/decide/", body)
        with factories.acting(priya):
            made.refresh_from_db()
        expected = {
            Status.PROPOSED: (200, to),
            Status.APPROVED: (200, to),  # asked about another place, it is a plan again
            Status.STARTED: (200, Status.STARTED),
            Status.ENDED: (200, Status.ENDED),
            Status.WITHDRAWN: (409, Status.WITHDRAWN),
            Status.DECLINED: (409, Status.DECLINED),
        }[present]
        if (told.status_code, made.status) != expected:
            wrong.append((present, decision, told.status_code, told.content, made.status))

    assert wrong == []


def test_every_step_of_an_approval_from_every_state(priya, helen):
    worker, director, wrong = signed_in(priya), signed_in(helen), []
    for present, step in product(OF_AN_APPROVAL, ("decide", "record", "confirm")):
        approval = approval_at(present, priya, helen)
        before = kept(approval, priya)
        told = ask(worker if step == "record" else director, approval, step, helen)
        is_changed = kept(approval, priya) != before
        if told.status_code != ANSWERED[present, step] or is_changed != (told.status_code == 200):
            wrong.append((present, step, told.status_code, told.content, is_changed))

    assert wrong == []


def ask(caller: Caller, approval: Approval, step: str, decider: Actor):
    """Take one step of an approval."""
    body = {} if step == "confirm" else {"decision": "approved", "answers": ANSWERS}
    if step == "record":
        body |= {"decider": str(decider.person_id), "decided_at": "2026-12-01T11:00:00Z"}
    return caller.post(f"approvals/{approval.id}/{step}/", body)


def waiting_for_decision(made: Placement, priya: Actor) -> Approval:
    """The placement's approval, asked anew about another place where it was decided and the plan is not off."""
    with factories.acting(priya):
        approval = approvals.current(made).get()
        if approval.decision and made.status in (Status.APPROVED, Status.STARTED, Status.ENDED):
            re_judge(made, reason="Another bed.", by=priya, at=NOON)
        return approvals.current(made).get()


def approval_at(state: str, priya: Actor, helen: Actor) -> Approval:
    """The approval of a placement at a distance, walked to a state by the real actions."""
    made = factories.placement_at(Status.PROPOSED, priya)
    with factories.acting(priya):
        approval = approvals.current(made).get()
    answers = {one["code"]: Answer(one.get("evidence", ""), one.get("reason", "")) for one in ANSWERS}
    given = {"approval_id": approval.id, "answers": answers, "words": "So decided.", "at": NOON}
    if state in ("approved", "declined"):
        with factories.acting(helen):
            decide(decision=state, **given, by=helen)
    if state in ("unconfirmed", "confirmed"):
        with factories.acting(priya):
            decide(decision="approved", decider_id=helen.person_id, **given, by=priya)
    if state == "confirmed":
        with factories.acting(helen):
            confirm(approval_id=approval.id, by=helen, at=NOON)
    if state == "superseded":
        with factories.acting(priya):
            re_judge(made, reason="Another bed.", by=priya, at=NOON)
    return approval


def kept(approval: Approval, priya: Actor) -> dict:
    """Everything that is kept of an approval."""
    with factories.acting(priya):
        return Approval.objects.values().get(id=approval.id)
