"""Who approves, on what evidence, and when: given, declined, recorded for somebody, confirmed, superseded, a breach or none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.appointments import appoint
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.board import is_late
from duties.models import Duty
from notifications.models import Document
from placements import queries
from placements.actions import approvals as actions
from placements.actions import placements as placement_actions
from placements.approving import approvals
from placements.exceptions import (
    ApprovalNotFound,
    DecidedAlready,
    InvalidTransition,
    NotTheRightGrade,
    RequirementsNotMet,
    UnreadableField,
)
from placements.models import Approval, Placement, PlacementAddress, PlacementEvent
from placements.place.rejudging import re_judge
from placements.rules.satisfied_of import Answer
from tests.factories import NOON, ROTHERHAM, SHEFFIELD, PlaceTo, acting, child, decide, person, placement_at

pytestmark = pytest.mark.django_db
Status = Placement.Status
HOUR = timedelta(hours=1)


@pytest.fixture
def priya(db):
    return person()


def director(name: str = "Helen Marsh"):
    return person(ROTHERHAM, Role.DIRECTOR, name)


def officer(name: str = "Colin Reeve"):
    return person(ROTHERHAM, Role.NOMINATED_OFFICER, name)


def asked(placement: Placement, under: str = "reg_11") -> Approval:
    return Approval.objects.get(placement=placement, under=under, superseded_at=None)


def answered(approval: Approval, at: datetime = NOON) -> dict[str, Answer]:
    items = approvals.items(approval, {}, at=at)
    return {one.requirement.code: Answer(evidence="On file.", reason="Asked by telephone.") for one in items}


def give(approval: Approval, by, *, at: datetime = NOON, **more) -> Approval:
    given = {"decision": "approved", "answers": answered(approval, at)} | more
    return actions.decide(approval_id=approval.id, **given, by=by, at=at)


# What is asked, of whom, of what they must be satisfied


def test_a_change_in_key_stage_four_asks_the_nominated_officer_for_four_things_beside_reg_11(priya):
    made = placement_at(Status.PROPOSED, priya, is_in_key_stage_four=True)

    with acting(priya):
        asks = {(one.under, one.grade) for one in approvals.current(made)}
        items = approvals.items(asked(made, "reg_10"), {}, at=NOON)

    assert asks == {("reg_11", "director"), ("reg_10", "nominated_officer")}
    assert [one.requirement.code for one in items] == [
        "wishes_and_feelings",
        "education_at_the_placement",
        "designated_teacher_consulted",
        "iro_consulted",
    ]


def test_an_emergency_in_key_stage_four_asks_nobody_because_of_school(priya):
    made = placement_at(Status.PROPOSED, priya, is_in_key_stage_four=True, is_emergency=True, why_not_wait="Tonight.")

    with acting(priya):
        assert {one.under for one in approvals.current(made)} == {"reg_11"}


def test_a_child_in_care_placed_with_parents_asks_the_nominated_officer_under_reg_18_wherever_they_live(priya):
    kayla = child(priya)
    with acting(priya):
        made = placement_actions.propose(
            child_id=kayla.id,
            planned_start_on=date(2026, 12, 7),
            place=PlaceTo.IN_AREA,
            place_code="P1",
            provider_code="PR0",
            by=priya,
            at=NOON,
        )
        [one] = approvals.current(made)
        codes = [item.requirement.code for item in approvals.items(one, {}, at=NOON)]

    assert (one.under, one.grade) == ("reg_18", "nominated_officer")
    assert codes == ["wishes_and_feelings", "parents_assessed", "parents_welfare", "iro_consulted"]


@pytest.mark.parametrize(("is_emergency", "count"), [(False, 5), (True, 2)])
def test_approving_needs_evidence_or_a_reason_for_each_item_and_names_what_lacks(priya, is_emergency, count):
    why = {"why_not_wait": "Tonight."} if is_emergency else {}
    made = placement_at(Status.PROPOSED, priya, is_emergency=is_emergency, tell_host=False, **why)
    helen = director()

    with acting(helen):
        with pytest.raises(RequirementsNotMet) as refusal:
            give(asked(made), helen, answers={})
        assert len(refusal.value.findings) == count
        assert all(finding.citation.provision.startswith("reg. 11") for finding in refusal.value.findings)
        assert asked(made).decision == ""


# Who may


def test_a_director_stands_for_the_nominated_officer_and_is_kept_as_what_she_is(priya):
    made = placement_at(Status.PROPOSED, priya, place=PlaceTo.ADJOINING)
    helen = director()

    with acting(helen):
        given = give(asked(made), helen)

    assert (given.grade, given.decided_as, given.is_deputy) == ("nominated_officer", "director", False)


def test_the_nominated_officer_does_not_stand_for_the_director(priya):
    made = placement_at(Status.PROPOSED, priya)
    colin = officer()

    with acting(colin), pytest.raises(NotTheRightGrade, match="director of children's services"):
        give(asked(made), colin)
    with acting(priya):
        assert asked(made).decision == ""


def test_a_deputy_approves_only_under_an_appointment_that_runs_at_that_moment(priya):
    made = placement_at(Status.PROPOSED, priya)
    deputy, clerk = person(ROTHERHAM, Role.MANAGER, "Ann Deputy"), person(ROTHERHAM, Role.ADMINISTRATOR, "A Clerk")
    with acting(clerk):
        appoint(
            person_id=deputy.person_id,
            starts_at=NOON,
            ends_at=NOON + HOUR,
            appointed_by="Helen Marsh",
            reference="Memo 7",
            by=clerk,
            at=NOON,
        )

    with acting(priya):
        for decided_at in (NOON - timedelta(minutes=1), NOON + HOUR):
            with pytest.raises(NotTheRightGrade):
                give(asked(made), priya, decider_id=deputy.person_id, decided_at=decided_at, at=NOON + 2 * HOUR)
    with acting(deputy):
        given = give(asked(made), deputy)

    assert (given.decided_as, given.is_deputy, given.decided_by) == ("director", True, "Ann Deputy")


def test_whoever_holds_no_office_may_not_decide_and_an_approver_may_not_record_for_another(priya):
    made = placement_at(Status.PROPOSED, priya)
    helen = director()

    with acting(priya), pytest.raises(NotPermitted, match="director"):
        give(asked(made), priya)
    with acting(helen), pytest.raises(NotPermitted, match="placements officer"):
        give(asked(made), helen, decider_id=helen.person_id)


def test_a_director_of_another_authority_finds_nothing_and_is_no_decider_here(priya):
    made = placement_at(Status.PROPOSED, priya)
    other = person(SHEFFIELD, Role.DIRECTOR)

    with acting(priya):
        approval_id = asked(made).id
        with pytest.raises(NotTheRightGrade):
            give(asked(made), priya, decider_id=other.person_id, decided_at=NOON)
    with acting(other), pytest.raises(ApprovalNotFound):
        actions.decide(approval_id=approval_id, decision="approved", answers={}, by=other, at=NOON)


# What a decision brings about


def test_a_plan_is_approved_once_every_approval_is_given_and_each_duty_is_met_when_it_was_decided(priya):
    made = placement_at(Status.PROPOSED, priya, is_in_key_stage_four=True)
    helen, colin = director(), officer()

    with acting(colin):
        give(asked(made, "reg_10"), colin)
        made.refresh_from_db()
        assert (made.status, made.is_approved) == (Status.PROPOSED, False)
    with acting(helen):
        given = give(asked(made), helen, at=NOON + HOUR)
        made.refresh_from_db()
        assert (made.status, made.is_approved) == (Status.APPROVED, True)
        duty = Duty.objects.get(key=f"approval:{given.id}")
        assert (duty.closing, duty.done_at, duty.late_from) == ("met", NOON + HOUR, date(2026, 12, 8))


def test_declining_says_why_and_ends_the_plan_as_one_that_does_not_go_ahead(priya):
    made = placement_at(Status.PROPOSED, priya, is_in_key_stage_four=True)
    colin, helen = officer(), director()

    with acting(colin):
        with pytest.raises(UnreadableField):
            give(asked(made, "reg_10"), colin, decision="declined", answers={})
        give(asked(made, "reg_10"), colin, decision="declined", answers={}, words="Her mocks are in January.")
        made.refresh_from_db()
        assert made.status == Status.DECLINED
        assert not Duty.objects.filter(subject_id=made.id, closed_at=None).exists()
        assert Document.objects.get(kind="placement_notice").recalled_at == NOON
        assert Document.objects.filter(kind="not_going_ahead").count() == 1
    with acting(helen), pytest.raises(InvalidTransition):
        give(asked(made), helen)


@pytest.mark.parametrize("first", ["approved", "declined"])
def test_whoever_comes_second_is_told_who_was_first(priya, first):
    made = placement_at(Status.PROPOSED, priya)
    helen, other = director(), director("Second Director")

    with acting(helen):
        approval = asked(made)
        give(approval, helen, decision=first, words="So decided.")
    with acting(other), pytest.raises(DecidedAlready, match="by Helen Marsh on Tue 1 December 2026, 12:00"):
        give(approval, other)


# By telephone: decided and recorded are two moments, and the decider confirms


def test_a_decision_by_telephone_keeps_both_moments_and_becomes_a_duty_of_the_decider(priya):
    made = placement_at(Status.PROPOSED, priya)
    helen = director()
    decided_at = NOON - HOUR

    with acting(priya):
        given = give(asked(made), priya, decider_id=helen.person_id, decided_at=decided_at, is_by_telephone=True)
        confirming = Duty.objects.get(key=f"confirm:{given.id}")
        assert (given.decided_at, given.recorded_at, given.confirmed_at) == (decided_at, NOON, None)
        assert (given.decided_by, given.recorded_by) == ("Helen Marsh", "Priya Nair")
        assert (confirming.owner_id, confirming.basis) == (helen.person_id, "local_rule")
        line = PlacementEvent.objects.get(placement=made, what__contains="by telephone")
        assert (line.happened_at, line.recorded_at) == (decided_at, NOON)
    with acting(helen):
        assert list(approvals.to_confirm(helen)) == [given]
        actions.confirm(approval_id=given.id, by=helen, at=NOON + HOUR)
        assert list(approvals.to_confirm(helen)) == []
        confirming.refresh_from_db()
        assert (confirming.closing, confirming.done_at) == ("met", NOON + HOUR)
        with pytest.raises(DecidedAlready):
            actions.confirm(approval_id=given.id, by=helen, at=NOON + HOUR)


def test_nobody_confirms_for_the_decider_and_nothing_is_decided_ahead_of_now(priya):
    made = placement_at(Status.PROPOSED, priya)
    helen, other = director(), director("Second Director")

    with acting(priya):
        with pytest.raises(UnreadableField):
            give(asked(made), priya, decider_id=helen.person_id, decided_at=NOON + HOUR)
        given = give(asked(made), priya, decider_id=helen.person_id, decided_at=NOON)
    with acting(other), pytest.raises(ApprovalNotFound):
        actions.confirm(approval_id=given.id, by=other, at=NOON)


def test_a_withdrawn_plan_leaves_the_decision_to_be_confirmed(priya):
    made = placement_at(Status.PROPOSED, priya)
    helen = director()

    with acting(priya):
        given = give(asked(made), priya, decider_id=helen.person_id, decided_at=NOON)
        placement_actions.withdraw(placement_id=made.id, reason="The carer is ill", by=priya, at=NOON)
        still = Duty.objects.filter(subject_id=made.id, closed_at=None)
        assert [one.key for one in still] == [f"confirm:{given.id}"]


# A breach, and what takes it away

NIGHT = datetime(2026, 12, 18, 0, 40, tzinfo=UTC)


def in_the_night(priya) -> Placement:
    kayla = child(priya)
    return placement_actions.record_emergency_start(
        child_id=kayla.id,
        started_at=NIGHT,
        place=PlaceTo.AT_A_DISTANCE,
        place_code="K2",
        provider_code="PR4",
        why_not_wait="Nowhere else tonight.",
        by=priya,
        at=NIGHT + HOUR,
    )


def test_an_emergency_start_stands_as_a_breach_until_an_approval_decided_before_it_is_recorded(priya):
    helen = director()
    with acting(priya):
        made = in_the_night(priya)
        assert made.breach_reason.startswith("Started in an emergency before an approval was recorded.")
        duty = Duty.objects.get(kind="approval_by_director")
        assert not is_late(duty, date(2026, 12, 18))
        assert is_late(duty, date(2026, 12, 19))

        given = give(asked(made), priya, decider_id=helen.person_id, decided_at=NIGHT - HOUR, at=NIGHT + 30 * HOUR)

        made.refresh_from_db()
        assert (made.breach_reason, made.is_approved) == ("", True)
        duty.refresh_from_db()
        assert duty.done_at == given.decided_at
        assert not is_late(duty, date(2027, 1, 1))
        lines = [line.words for line in queries.timeline(made)]
        [line] = [words for words in lines if words.startswith("No breach")]
        assert "approved on Thu 17 December 2026, 23:40" in line
        assert "before the start on Fri 18 December 2026, 00:40" in line
        assert "recorded on Sat 19 December 2026, 06:40" in line
        assert "Until now it stood as a breach: Started in an emergency" in line


def test_decided_after_the_start_it_stays_a_breach_with_its_reason(priya):
    helen = director()
    with acting(priya):
        made = in_the_night(priya)
        reason = made.breach_reason
        give(asked(made), priya, decider_id=helen.person_id, decided_at=NIGHT + HOUR, at=NIGHT + 2 * HOUR)

        made.refresh_from_db()
        assert made.breach_reason == reason
        line = PlacementEvent.objects.get(placement=made, what="Still a breach")
        assert (
            "Approved on Fri 18 December 2026, 01:40 GMT, after the start on Fri 18 December 2026, 00:40" in line.words
        )
        assert Duty.objects.filter(kind="after_emergency_approval:iro_told").exists()


def test_a_start_without_approval_asks_for_a_reason_and_names_each_approval_that_lacks(priya):
    made = placement_at(Status.PROPOSED, priya, is_in_key_stage_four=True)
    with acting(priya):
        with pytest.raises(RequirementsNotMet) as refusal:
            placement_actions.start(placement_id=made.id, started_at=NOON, by=priya, at=NOON)
        provisions = {finding.citation.provision for finding in refusal.value.findings}
        assert provisions == {"reg. 10(1)", "reg. 11(1)"}
        began = placement_actions.start(
            placement_id=made.id, started_at=NOON, breach_reason="Nobody answered.", by=priya, at=NOON
        )
        assert (began.status, began.breach_reason) == (Status.STARTED, "Nobody answered.")


def test_an_approval_decided_after_the_moment_of_the_start_does_not_cover_it(priya):
    made = placement_at(Status.APPROVED, priya)
    with acting(priya):
        with pytest.raises(RequirementsNotMet, match="after the start"):
            placement_actions.start(placement_id=made.id, started_at=NOON - HOUR, by=priya, at=NOON + HOUR)
        began = placement_actions.start(placement_id=made.id, started_at=NOON + HOUR, by=priya, at=NOON + HOUR)
        assert began.breach_reason == ""


# Another place


def moved_to(placement: Placement, postcode: str) -> None:
    PlacementAddress.objects.filter(placement=placement).update(postcode=postcode)


def test_approval_of_another_place_does_not_carry_over(priya):
    made = placement_at(Status.APPROVED, priya)
    with acting(priya):
        before = asked(made)
        moved_to(made, PlaceTo.ADJOINING.postcode)
        re_judge(made, reason="The bed is in Sheffield.", by=priya, at=NOON + HOUR)

        made.refresh_from_db()
        assert (made.status, made.is_approved, made.approver_needed) == (Status.PROPOSED, False, "nominated_officer")
        before.refresh_from_db()
        assert (before.superseded_at, before.decision) == (NOON + HOUR, "approved")
        assert asked(made).decision == ""
        assert Duty.objects.filter(key=f"approval:{asked(made).id}", closed_at=None).exists()


def test_what_the_other_places_approver_was_asked_is_not_owed_any_more(priya):
    made = placement_at(Status.PROPOSED, priya)
    with acting(priya):
        before = asked(made)
        duty = Duty.objects.get(key=f"approval:{before.id}")
        moved_to(made, PlaceTo.IN_AREA.postcode)
        re_judge(made, reason="The bed is at home.", by=priya, at=NOON + HOUR)

        duty.refresh_from_db()
        assert duty.closing == "not_owed"
        assert not approvals.current(made).exists()
        assert not Duty.objects.filter(kind__in=["notice_to_host"], closed_at=None).exists()
        assert made.approver_needed == ""
        with pytest.raises(ApprovalNotFound):
            actions.decide(approval_id=before.id, decision="approved", answers={}, by=director(), at=NOON)


def test_a_placement_that_began_stands_as_a_breach_until_its_true_place_is_approved(priya):
    made = placement_at(Status.STARTED, priya)
    with acting(priya):
        moved_to(made, PlaceTo.ADJOINING.postcode)
        re_judge(made, reason="The postcode was a slip of the pen.", by=priya, at=NOON + 200 * HOUR)
        made.refresh_from_db()
        assert "for another place. The postcode was a slip of the pen." in made.breach_reason
        owed = Duty.objects.get(kind="notice_to_host", closed_at=None)
        assert "Sheffield" in owed.title


# What the database holds


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("approval_approver_matches_requirement", {"grade": "director", "decided_as": "nominated_officer"}),
        ("approval_deputy_acts_as_the_director", {"is_deputy": True, "decided_as": "nominated_officer"}),
        ("approval_declined_says_why", {"decision": "declined", "words": ""}),
        ("approval_recorded_after_it_was_decided", {"decided_at": NOON + HOUR}),
        ("approval_decided_and_recorded_together", {"recorded_at": None, "recorded_by": ""}),
    ],
)
def test_the_database_refuses(priya, constraint, broken):
    made = placement_at(Status.PROPOSED, priya, place=PlaceTo.ADJOINING)
    whole = {
        "decision": "approved",
        "decided_as": "nominated_officer",
        "decided_by": "Colin Reeve",
        "decided_at": NOON,
        "recorded_at": NOON,
        "recorded_by": "Colin Reeve",
    }
    with acting(priya):
        Approval.objects.filter(placement=made).update(**whole)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Approval.objects.filter(placement=made).update(**broken)


def test_the_database_refuses_two_current_approvals_under_one_rule_and_a_confirmation_of_nothing(priya):
    made = placement_at(Status.PROPOSED, priya)
    with acting(priya):
        row = asked(made)
        with pytest.raises(IntegrityError, match="approval_confirmed_once_decided"), transaction.atomic():
            Approval.objects.filter(id=row.id).update(confirmed_at=NOON)
        row.pk = None
        with pytest.raises(IntegrityError, match="approval_one_current_per_rule"), transaction.atomic():
            Approval.objects.create(
                authority_id=row.authority_id,
                placement=made,
                verdict=row.verdict,
                under="reg_11",
                grade="director",
                requested_at=NOON,
                requested_by="Somebody",
            )


def test_the_approvals_that_wait_are_shown_to_their_own_grade(priya):
    far, near = placement_at(Status.PROPOSED, priya), placement_at(Status.PROPOSED, priya, place=PlaceTo.ADJOINING)
    helen, colin = director(), officer()

    for actor, expected in ((helen, far), (colin, near)):
        with acting(actor):
            assert [one.placement_id for one in approvals.waiting_for(actor, at=NOON)] == [expected.id]
    with acting(priya):
        assert list(approvals.waiting_for(priya, at=NOON)) == []
    decide(far, "approved")
    with acting(helen):
        assert list(approvals.waiting_for(helen, at=NOON)) == []
