"""A host is asked with or without a named child, answers in five boxes, and is never late; the care plan is a fact."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements.actions import care_plans as care_plan_actions
from placements.actions import placements as actions
from placements.actions.complete_notices import complete_notice
from placements.actions.consultations import answer, ask_host, enquire, record_telephone_try
from placements.approving.approvals import host_record
from placements.exceptions import NoHostToTell, PlacementNotFound, QuestionClosed, UnreadableField
from placements.models import CarePlanSupply, CarePlanVersion, Placement, PlacementEvent, TelephoneTry
from placements.place.verdicts import current
from placements.telling import care_plans, consultations
from placements.telling.care_plans import CarePlan
from placements.telling.completeness import of_notice
from tests.factories import LEEDS, NOON, SHEFFIELD, PlaceTo, acting, authority, child, person, placement_at

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 2, 15, 30, tzinfo=UTC)


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def grace(db):
    return person(LEEDS, Role.HOST_OFFICER, "Grace Hill")


@pytest.fixture
def plan(priya):
    return placement_at(Placement.Status.PROPOSED, priya)


def asked(priya, plan, **given) -> Document:
    with acting(priya):
        return ask_host(placement_id=plan.id, **({"question": "What do you know of it?"} | given), by=priya, at=NOON)


def test_a_question_names_the_child_and_carries_the_care_plan(priya, plan):
    question = asked(priya, plan, care_plan=CarePlan("3", NOON, "With the question"), answer_hoped_for_by=LATER)

    assert question.kind == "consultation"
    assert (question.body["given_name"], question.body["care_plan_version"]) == ("Kayla", "3")
    assert question.body["answer_hoped_for_by"] == LATER.isoformat()
    assert question.due_on is None
    with acting(priya):
        record = host_record(plan, current(plan))
    assert (record.asked_at, record.care_plan_supplied_at, record.answered_at) == (NOON, NOON, None)


def test_without_a_named_child_the_host_learns_the_place_and_nothing_of_the_child(priya, plan):
    question = asked(priya, plan, is_child_named=False)

    assert question.kind == "enquiry"
    assert question.body["postcode"] == "LS1 8ED"
    for name in ("Kayla", "Brent", "2012-11-14", "CH-"):
        assert name not in str(question.body)


def test_a_care_plan_does_not_go_with_a_question_that_names_no_child(priya, plan):
    with acting(priya), pytest.raises(UnreadableField, match="names its child"):
        ask_host(placement_id=plan.id, is_child_named=False, care_plan=CarePlan("3", NOON, "Post"), by=priya, at=NOON)
    with acting(priya):
        assert not CarePlanSupply.objects.exists()


def test_a_place_may_be_asked_about_before_any_placement_is_planned(priya, grace):
    with acting(priya):
        question = enquire(postcode="ls1 8ed", question="Is the home known to you?", by=priya, at=NOON)
        assert (question.kind, question.recipient_id) == ("enquiry", grace.authority_id)
        assert question.body["postcode"] == "LS1 8ED"
        with pytest.raises(NoHostToTell):
            enquire(postcode="DN12 2BB", question="Is the home known to you?", by=priya, at=NOON)


def test_the_host_answers_in_whichever_boxes_it_likes_and_the_asker_reads_it_dated(priya, plan, grace):
    question = asked(priya, plan)

    with acting(grace):
        answer(
            question_id=question.id,
            boxes={"place": "Worry about the bus station.", "health": "14 weeks for CAMHS."},
            post="Notifications officer",
            by=grace,
            at=LATER,
        )

    with acting(priya):
        (one,) = consultations.about(plan)
        assert one.answer.composed_at == LATER
        assert one.answer.composed_by == "Grace Hill"
        assert (one.answer.body["place"], one.answer.body["school"]) == ("Worry about the bus station.", "")
        assert host_record(plan, current(plan)).answered_at == LATER


def test_no_reply_yet_is_an_answer_and_nothing_turns_late_for_it(priya, plan):
    asked(priya, plan, answer_hoped_for_by=LATER)

    with acting(priya):
        (one,) = consultations.about(plan)
        assert one.answer is None
        assert not Duty.objects.filter(kind__icontains="answer").exists()


def test_an_answer_with_nothing_in_it_is_refused_with_the_way_on(priya, plan, grace):
    question = asked(priya, plan)

    with acting(grace), pytest.raises(UnreadableField, match="acknowledge it"):
        answer(question_id=question.id, boxes={"place": "  "}, by=grace, at=LATER)


def test_a_second_answer_supersedes_the_first_and_both_are_kept(priya, plan, grace):
    question = asked(priya, plan)
    with acting(grace):
        first = answer(question_id=question.id, boxes={"place": "One"}, by=grace, at=LATER)
        second = answer(question_id=question.id, boxes={"place": "Two"}, by=grace, at=LATER)
        assert second.supersedes_id == first.id
    with acting(priya):
        (one,) = consultations.about(plan)
        assert one.answer.body["place"] == "Two"
        assert Document.objects.filter(kind="answer").count() == 2


def test_a_question_taken_back_waits_for_no_answer(priya, plan, grace):
    question = asked(priya, plan)
    with acting(priya):
        actions.withdraw(placement_id=plan.id, reason="The carer is ill", by=priya, at=NOON)

    with acting(grace), pytest.raises(QuestionClosed):
        answer(question_id=question.id, boxes={"place": "Late words"}, by=grace, at=LATER)


@pytest.mark.parametrize("code", [LEEDS, SHEFFIELD])
def test_nobody_but_the_host_answers_and_nobody_but_the_owner_asks(priya, plan, code):
    question = asked(priya, plan)
    stranger = person(code, Role.MANAGER)

    with acting(stranger), pytest.raises(PlacementNotFound):
        ask_host(placement_id=plan.id, by=stranger, at=NOON)
    if code == SHEFFIELD:
        with acting(stranger), pytest.raises(Document.DoesNotExist):
            answer(question_id=question.id, boxes={"place": "Mine"}, by=stranger, at=NOON)


def test_a_role_that_may_not_ask_or_answer_is_told_so(priya, plan):
    question = asked(priya, plan)
    for code, act in (
        (LEEDS, lambda by: answer(question_id=question.id, boxes={"place": "x"}, by=by, at=NOON)),
        ("E08000018", lambda by: ask_host(placement_id=plan.id, by=by, at=NOON)),
    ):
        auditor = person(code, Role.AUDITOR)
        with acting(auditor), pytest.raises(NotPermitted):
            act(auditor)


def test_a_place_in_our_own_area_has_no_host_to_ask(priya):
    made = placement_at(Placement.Status.PROPOSED, priya, place=PlaceTo.IN_AREA)

    with acting(priya), pytest.raises(NoHostToTell):
        ask_host(placement_id=made.id, by=priya, at=NOON)


def test_a_restricted_address_is_not_told_in_a_question(priya):
    made = placement_at(Placement.Status.PROPOSED, priya, is_restricted=True)

    question = asked(priya, made)

    assert (question.body["address"], question.body["postcode"]) == ("", "")
    assert question.body["is_address_withheld"] is True


def test_a_telephone_try_is_a_line_of_the_placement(priya, plan):
    with acting(priya):
        record_telephone_try(
            placement_id=plan.id, rung="Duty desk, 01632 960301", rung_at=NOON, words="No reply", by=priya, at=LATER
        )
        line = PlacementEvent.objects.get(placement=plan, what__startswith="Rang")
    assert (line.what, line.words) == ("Rang Duty desk, 01632 960301", "No reply")
    assert (line.happened_at, line.recorded_at) == (NOON, LATER)


def test_a_call_that_lies_ahead_or_says_nothing_is_refused(priya, plan):
    with acting(priya):
        with pytest.raises(UnreadableField, match="lies ahead"):
            record_telephone_try(placement_id=plan.id, rung="Desk", rung_at=LATER, words="?", by=priya, at=NOON)
        with pytest.raises(UnreadableField, match="no reply"):
            record_telephone_try(placement_id=plan.id, rung="Desk", rung_at=NOON, words=" ", by=priya, at=NOON)


def test_a_newer_care_plan_than_the_host_holds_is_seen(priya, plan):
    asked(priya, plan, care_plan=CarePlan("3", NOON, "With the question"))
    host = authority(LEEDS)
    with acting(priya):
        assert care_plans.newer_than_held(plan, host.id) is None
        for version, became_on in (("3", date(2026, 11, 2)), ("4", date(2026, 12, 1))):
            care_plan_actions.record_version(
                child_id=plan.child_id, version=version, became_on=became_on, by=priya, at=NOON
            )
        held, latest = care_plans.newer_than_held(plan, host.id)
        assert (held.version, latest.version) == ("3", "4")
        care_plan_actions.supply(
            placement_id=plan.id, version="4", supplied_at=LATER, channel="Post", by=priya, at=LATER
        )
        assert care_plans.newer_than_held(plan, host.id) is None


def test_next_door_a_care_plan_given_before_the_notice_does_not_count_for_it(priya):
    made = placement_at(Placement.Status.PROPOSED, priya, place=PlaceTo.ADJOINING, tell_host=False)
    with acting(priya):
        care_plan_actions.supply(placement_id=made.id, version="3", supplied_at=NOON, channel="Post", by=priya, at=NOON)
        notice = complete_notice(placement_id=made.id, needs_and_suitability="Her needs.", by=priya, at=LATER)
        assert notice.body["still_owed"] == ["A copy of the child's care plan."]
        assert of_notice(made, current(made)).complete_at is None
        assert not Duty.objects.get(kind="notice_to_host").closing

        care_plan_actions.supply(
            placement_id=made.id, version="3", supplied_at=LATER, channel="Post", by=priya, at=LATER
        )
        assert of_notice(made, current(made)).complete_at == LATER
        assert Duty.objects.get(kind="notice_to_host").done_at == LATER


def test_the_complete_notice_supersedes_the_first(priya, plan):
    with acting(priya):
        first = Document.objects.get(kind="placement_notice")
        fuller = complete_notice(
            placement_id=plan.id,
            needs_and_suitability="Her needs, and why there.",
            care_plan=CarePlan("3", NOON, "Secure e-mail"),
            by=priya,
            at=LATER,
        )
        assert (fuller.supersedes_id, fuller.body["still_owed"]) == (first.id, [])
        standing = of_notice(plan, current(plan))
        assert (standing.told_at, standing.complete_at) == (NOON, LATER)


@pytest.mark.parametrize(
    ("plan_given", "field"),
    [
        (CarePlan("", NOON, "Post"), "care_plan_version"),
        (CarePlan("3", NOON, " "), "care_plan_channel"),
        (CarePlan("3", LATER, "Post"), "care_plan_supplied_at"),
    ],
)
def test_a_supply_names_its_version_and_channel_and_does_not_lie_ahead(priya, plan, plan_given, field):
    with acting(priya), pytest.raises(UnreadableField) as refusal:
        ask_host(placement_id=plan.id, care_plan=plan_given, by=priya, at=NOON)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (lambda made, host: _supply(made, host, version=""), "care_plan_supply_names_the_version"),
        (lambda made, host: [_version(made), _version(made)], "care_plan_version_once_per_child"),
        (lambda made, host: _try(made, words=""), "telephone_try_says_what_came_of_it"),
    ],
)
def test_the_database_refuses_what_the_actions_refuse(priya, plan, broken, name):
    with acting(priya), pytest.raises(IntegrityError, match=name), transaction.atomic():
        broken(plan, authority(LEEDS))


def _recorded(made) -> dict:
    return {"authority_id": made.authority_id, "recorded_at": NOON, "recorded_by": "a direct insert"}


def _supply(made, host, **fields):
    return CarePlanSupply.objects.create(
        placement=made, supplied_to=host, supplied_at=NOON, channel="Post", **_recorded(made), **fields
    )


def _version(made):
    return CarePlanVersion.objects.create(child=made.child, version="3", became_on=NOON.date(), **_recorded(made))


def _try(made, **fields):
    return TelephoneTry.objects.create(placement=made, rung="Desk", rung_at=NOON, **_recorded(made), **fields)


def test_a_version_is_recorded_once_and_not_before_it_is_in_force(priya):
    kayla = child(priya)
    with acting(priya):
        given = {"child_id": kayla.id, "version": "1", "by": priya, "at": NOON}
        care_plan_actions.record_version(**given, became_on=NOON.date())
        with pytest.raises(UnreadableField, match="recorded already"):
            care_plan_actions.record_version(**given, became_on=NOON.date())
        with pytest.raises(UnreadableField, match="not in force"):
            care_plan_actions.record_version(**given | {"version": "2"}, became_on=date(2026, 12, 9))
