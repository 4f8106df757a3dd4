"""When is a judgement owed, by when, what does it hold, and does it ever hold up a child's bed?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Basis, Closing, Duty
from placements.actions import placements as placement_actions
from placements.actions.judgements import record_conversation
from placements.exceptions import JudgementNotFound, KeptClosed, PlacementNotFound, ReadSinceThen, UnreadableField
from placements.models import ConversationWords, GoLive, Judgement, Placement, Screening
from placements.overlay import ledger
from placements.owed import judgements_owed, sweeps
from tests import factories
from tests.databases import NOON
from tests.factories import PlaceTo, acting, person, placement_at
from tests.placements.judgement_world import LOOK_AGAIN_ON, check, leeds_shares, social_worker, supervisor, write

pytestmark = pytest.mark.django_db
Status = Placement.Status
KINDS = (judgements_owed.JUDGEMENT, judgements_owed.CONVERSATION)
Agreement = Judgement.Agreement
FRIDAY_0040 = datetime(2026, 12, 18, 0, 40, tzinfo=UTC)


@pytest.fixture
def sam(db):
    return social_worker()


def owed(placement, by, *kinds) -> list[Duty]:
    with acting(by):
        rows = Duty.objects.filter(subject_id=placement.id, kind__in=kinds or KINDS).order_by("raised_at", "kind")
        return list(rows)


def emergency(by, place=PlaceTo.AT_A_DISTANCE, started_at=FRIDAY_0040, **changes) -> Placement:
    with acting(by):
        return placement_actions.record_emergency_start(
            child_id=factories.child(by).id,
            started_at=started_at,
            place=place,
            why_not_wait="He was hurt",
            by=by,
            at=started_at,
            **changes,
        )


# By when


def test_after_an_emergency_start_it_is_owed_five_working_days_later(sam):
    """Story 1: started Fri 18 December, by Tue 29 December: Christmas Day and the substitute Monday are passed over."""
    leeds_shares(review_on=date(2026, 9, 1))

    duties = owed(emergency(sam), sam)

    assert {duty.kind for duty in duties} == set(KINDS)
    for duty in duties:
        assert (duty.due_on, duty.late_from) == (date(2026, 12, 29), date(2026, 12, 30))
        assert (duty.basis, duty.citation) == (
            Basis.LOCAL_RULE,
            "Our own rule, placements manager, Tue 1 December 2026",
        )
        assert "Fri 25 December 2026, Christmas Day" in duty.working
        assert duty.working[0] == "Our own rule. It holds up no approval and no move."
    assert {duty.role for duty in duties} == {Role.SOCIAL_WORKER, Role.SUPERVISOR}


def test_an_emergency_that_has_not_begun_owes_none_until_the_child_is_there(sam):
    leeds_shares()
    placement = placement_at(Status.PROPOSED, sam, is_emergency=True, why_not_wait="He was hurt")
    before = owed(placement, sam)

    with acting(sam):
        placement_actions.start(
            placement_id=placement.id, started_at=NOON, breach_reason="Nobody answered", by=sam, at=NOON
        )

    assert before == []
    assert {duty.due_on for duty in owed(placement, sam)} == {date(2026, 12, 8)}  # Tue 1 December, five working days


def test_of_a_planned_move_it_is_owed_before_the_start(sam):
    leeds_shares()

    (judgement, _) = owed(placement_at(Status.PROPOSED, sam), sam)

    assert (judgement.due_on, judgement.late_from) == (date(2026, 12, 7), date(2026, 12, 7))
    assert "Last working day before: Fri 4 December 2026." in judgement.working[1]


def imported(by, starts_on: date, *checked: tuple[datetime, str]) -> Placement:
    """As a return leaves a placement: nobody said whether it was planned; then Leeds answered so at each check."""
    with acting(by):
        made = Placement.objects.create(
            authority_id=by.authority_id,
            child=factories.child(by),
            status=Status.STARTED,
            starts_on=starts_on,
            source=Placement.Source.RETURN,
            recorded_at=NOON,
            recorded_by="import",
        )
        for at, state in checked:
            Screening.objects.create(
                authority_id=by.authority_id,
                placement=made,
                at=at,
                radius_metres=1_000,
                answer={"authorities": [{"authority_id": "leeds", "state": state}]},
                versions=[],
            )
        judgements_owed.raise_for([made], by="Placewatch", at=NOON)
    return made


def test_where_nobody_said_whether_it_was_planned_it_counts_from_the_check(sam):
    placement = imported(sam, date(2026, 11, 2), (NOON, "near"))

    assert {duty.due_on for duty in owed(placement, sam)} == {date(2026, 12, 8)}  # checked on Tue 1 December


# Whether


def test_nothing_near_at_a_place_whose_authority_shares_owes_none(sam):
    leeds_shares(near=False)

    assert owed(placement_at(Status.PROPOSED, sam), sam) == []


def test_a_place_elsewhere_whose_authority_shares_nothing_owes_who_was_asked(sam):
    placement = placement_at(Status.PROPOSED, sam)

    assert len(owed(placement, sam)) == 2
    with pytest.raises(UnreadableField, match="shares nothing with us: say who was asked") as refused:
        write(placement, sam, asked_whom="", asked_on=None, they_said="")
    assert refused.value.field == "asked_whom"


def test_a_place_of_our_own_where_nothing_is_shared_owes_none(sam):
    assert owed(placement_at(Status.PROPOSED, sam, place=PlaceTo.IN_AREA), sam) == []


def test_a_check_that_finds_something_new_owes_one_by_five_working_days(sam):
    """Story 6's rule by hand: checked on Fri 9 April 2027, by Fri 16 April."""
    leeds_shares(near=False)
    placement = placement_at(Status.STARTED, sam)
    friday = datetime(2027, 4, 9, 13, 0, tzinfo=UTC)
    leeds_shares()

    check(placement, sam, friday)
    check(placement, sam, friday + timedelta(days=1))

    assert {duty.due_on for duty in owed(placement, sam)} == {date(2027, 4, 16)}
    assert len(owed(placement, sam)) == 2


def test_a_check_that_finds_what_the_judgement_had_read_owes_none(sam):
    leeds_shares()
    placement = placement_at(Status.STARTED, sam)
    write(placement, sam, agreement=Agreement.AGREES)

    check(placement, sam, NOON + timedelta(days=30))

    assert [duty for duty in owed(placement, sam, judgements_owed.JUDGEMENT) if not duty.closed_at] == []


@pytest.mark.parametrize(
    ("checked", "due_on"),
    [
        ([(NOON, "near")], None),
        ([(NOON, "nothing_near"), (FRIDAY_0040, "near")], date(2026, 12, 29)),
        ([(NOON, "near"), (FRIDAY_0040, "near")], None),
        ([(NOON, "stale"), (FRIDAY_0040, "near")], date(2026, 12, 29)),
        ([(NOON, "near"), (FRIDAY_0040, "stale")], None),  # what was near grew old: nothing new
    ],
)
def test_a_placement_from_before_go_live_owes_one_only_by_what_is_found_later(sam, checked, due_on):
    with acting(sam):
        GoLive.objects.create(authority_id=sam.authority_id, on=date(2026, 11, 30), set_at=NOON, set_by="Operator")

    placement = imported(sam, date(2026, 11, 2), *checked)

    assert {duty.due_on for duty in owed(placement, sam)} == ({due_on} if due_on else set())


def test_the_sweep_raises_what_is_missing_once(sam):
    leeds_shares(near=False)
    placement = placement_at(Status.STARTED, sam)
    found_at = NOON + timedelta(days=7)
    with acting(sam):
        Screening.objects.create(
            authority_id=sam.authority_id,
            placement=placement,
            at=found_at,
            radius_metres=1_000,
            answer={"authorities": [{"authority_id": "leeds", "state": "near"}]},
            versions=[],
        )

    for hours in (1, 2):
        sweeps.raise_missing_duties(sam.authority_id, at=found_at + timedelta(hours=hours))

    assert [duty.due_on for duty in owed(placement, sam)] == [date(2026, 12, 15)] * 2  # checked on Tue 8 December


def test_an_owed_judgement_delays_neither_approval_nor_start(sam):
    leeds_shares()

    placement = placement_at(Status.STARTED, sam)  # decided and started by the real actions, nothing written

    assert placement.status == Status.STARTED
    assert len(owed(placement, sam)) == 2


# What it holds


def test_a_judgement_meets_what_asked_for_it_and_asks_to_look_again(sam):
    placement = placement_at(Status.PROPOSED, sam)

    judgement = write(placement, sam)

    judged, talked = owed(placement, sam)
    assert (judged.closing, judged.evidence, judged.done_at) == (Closing.MET, "Written by Sam Field.", NOON)
    assert talked.closed_at is None
    (again,) = owed(placement, sam, judgements_owed.LOOK_AGAIN)
    assert (again.due_on, again.late_from) == (LOOK_AGAIN_ON, LOOK_AGAIN_ON + timedelta(days=1))
    with acting(sam):
        assert judgement.screening == Screening.objects.get(placement=placement)
        assert placement.events.filter(what="A judgement about this place was written").exists()


def test_a_newer_judgement_takes_the_place_of_the_one_before_and_both_stay(sam):
    placement = placement_at(Status.PROPOSED, sam)
    first = write(placement, sam)

    second = write(placement, sam, at=NOON + timedelta(days=1), thinks_and_why="I have changed my mind.")

    with acting(sam):
        first.refresh_from_db()
        assert (first.superseded_at, second.supersedes_id) == (NOON + timedelta(days=1), first.id)
        assert list(ledger.judgements_about(placement, by=sam, at=NOON)) == [second, first]
    assert [one.closing for one in owed(placement, sam, judgements_owed.LOOK_AGAIN)] == [Closing.MET, ""]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"known_and_not_known": " "}, "known_and_not_known"),
        ({"thinks_and_why": ""}, "thinks_and_why"),
        ({"look_again_on": date(2026, 12, 1)}, "look_again_on"),
        ({"asked_on": date(2026, 12, 2)}, "asked_on"),
        ({"they_said": ""}, "they_said"),
        ({"agreement": Agreement.AGREES}, "agreement"),  # nothing is shared that one could agree with
        ({"agreement": Agreement.NOT_WORRIED}, "agreement"),
    ],
)
def test_a_box_that_is_missing_or_cannot_be_true_is_named(sam, changes, field):
    placement = placement_at(Status.PROPOSED, sam)

    with pytest.raises(UnreadableField) as refused:
        write(placement, sam, **changes)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("near", "possible"),
    [
        (True, {Agreement.AGREES, Agreement.NOT_WORRIED, Agreement.WORRIED}),
        (False, {Agreement.AGREES, Agreement.WORRIED}),
    ],
)
def test_each_answer_is_possible_only_where_it_can_be_true(sam, near, possible):
    leeds_shares(near=near)
    placement = placement_at(Status.PROPOSED, sam)
    taken = set()
    for answer in Agreement:
        try:
            write(placement, sam, agreement=answer)
            taken.add(answer)
        except UnreadableField:
            continue

    assert taken == possible


def test_it_is_refused_on_a_check_that_is_not_the_latest(sam):
    placement = placement_at(Status.PROPOSED, sam)
    with acting(sam):
        read = Screening.objects.get(placement=placement)
    check(placement, sam, NOON + timedelta(hours=1))

    with pytest.raises(ReadSinceThen, match="The place was checked again"):
        write(placement, sam, screening_id=read.id)


def test_of_two_people_at_once_the_second_is_told_to_read_the_first(sam):
    placement = placement_at(Status.PROPOSED, sam)
    write(placement, sam)

    with pytest.raises(ReadSinceThen, match="Somebody wrote a judgement"):
        write(placement, social_worker("Lena Orr"), supersedes_id=None)


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.DIRECTOR, Role.INSPECTOR, Role.HOST_OFFICER])
def test_roles_that_do_not_work_with_the_child_write_none(sam, role):
    placement = placement_at(Status.PROPOSED, sam)

    with pytest.raises(NotPermitted):
        write(placement, person(role=role))


def test_the_host_does_not_find_the_placement(sam):
    placement = placement_at(Status.PROPOSED, sam)
    host = person(factories.LEEDS, Role.SOCIAL_WORKER)

    with pytest.raises(PlacementNotFound):
        write(placement, host)


def test_when_the_placement_ends_nobody_looks_again(sam):
    placement = placement_at(Status.STARTED, sam)
    write(placement, sam)

    with acting(sam):
        at = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
        placement_actions.end(placement_id=placement.id, ended_at=at, by=sam, at=at)

    (again,) = owed(placement, sam, judgements_owed.LOOK_AGAIN)
    assert again.closing == Closing.NOT_OWED


# About a closed address


def test_about_a_closed_address_the_duty_says_nothing_of_what_was_found(sam):
    """The same lines whether something is shared or not: people read duties who hold no grant."""
    quiet = placement_at(Status.PROPOSED, sam, is_restricted=True, place=PlaceTo.IN_AREA)
    leeds_shares()
    loud = placement_at(Status.PROPOSED, sam, is_restricted=True)

    said = [[(one.title, one.due_on, one.working) for one in owed(placement, sam)] for placement in (quiet, loud)]

    assert said[0] == said[1]
    assert len(said[0]) == 2


def test_about_a_closed_address_nobody_without_a_grant_writes_or_reads(sam):
    placement = placement_at(Status.PROPOSED, sam, is_restricted=True)
    write(placement, sam)
    colleague = social_worker("Lena Orr")

    with pytest.raises(KeptClosed):
        write(placement, colleague, supersedes_id=None)
    with acting(colleague):
        assert not Judgement.objects.exists()
        assert not ledger.judgements_about(placement, by=colleague, at=NOON).exists()
        assert ledger.waiting_for_a_conversation(by=colleague, at=NOON) == []
    with acting(sam):
        assert Judgement.objects.count() == 1


# The supervisor's conversation


def talk(by, words, held_at=NOON):
    with acting(by):
        return record_conversation(held_at=held_at, words=words, by=by, at=NOON)


def test_one_conversation_covers_several_children_each_in_words_of_its_own(sam):
    ruth = supervisor()
    one, other = (write(placement_at(Status.PROPOSED, sam), sam) for _ in range(2))
    held_at = NOON - timedelta(days=1)

    conversation = talk(ruth, {one.id: "Agreed: he is driven.", other.id: "Ask the school."}, held_at)

    with acting(sam):
        words = {row.judgement_id: row.words for row in ConversationWords.objects.filter(conversation=conversation)}
        assert words == {one.id: "Agreed: he is driven.", other.id: "Ask the school."}
    assert (conversation.supervisor_name, conversation.held_at, conversation.recorded_at) == (
        "Ruth Adeyemi",
        held_at,
        NOON,
    )
    for judgement in (one, other):
        (talked,) = owed(judgement.placement, sam, judgements_owed.CONVERSATION)
        assert (talked.closing, talked.done_at, talked.closed_at) == (Closing.MET, held_at, NOON)


def test_only_a_supervisor_records_a_conversation(sam):
    judgement = write(placement_at(Status.PROPOSED, sam), sam)

    with pytest.raises(NotPermitted, match="social work supervisor"):
        talk(sam, {judgement.id: "Agreed."})


def test_nobody_talks_a_judgement_through_with_themselves():
    ruth = supervisor()
    judgement = write(placement_at(Status.PROPOSED, ruth), ruth)

    with pytest.raises(UnreadableField, match="another supervisor"):
        talk(ruth, {judgement.id: "Agreed."})
    with acting(ruth):
        assert ledger.waiting_for_a_conversation(by=ruth, at=NOON) == []


def test_a_judgement_that_a_newer_one_replaced_is_not_talked_through(sam):
    placement = placement_at(Status.PROPOSED, sam)
    first = write(placement, sam)
    write(placement, sam, at=NOON + timedelta(minutes=1))

    with pytest.raises(JudgementNotFound):
        talk(supervisor(), {first.id: "Agreed."})


def test_a_conversation_without_words_or_that_lies_ahead_is_not_recorded(sam):
    ruth, judgement = supervisor(), write(placement_at(Status.PROPOSED, sam), sam)

    for words, held_at in (({}, NOON), ({judgement.id: " "}, NOON), ({judgement.id: "x"}, NOON + timedelta(hours=1))):
        with pytest.raises(UnreadableField):
            talk(ruth, words, held_at)
    with acting(ruth):
        assert not ConversationWords.objects.exists()


# What the database itself refuses


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"known_and_not_known": ""}, "judgement_is_written"),
        ({"thinks_and_why": ""}, "judgement_is_written"),
        ({"asked_whom": "PC Lang"}, "judgement_says_whom_when_and_what_together"),
        ({"agreement": "high"}, "judgement_agreement_is_known"),
        ({}, "judgement_one_current_per_placement"),
    ],
)
def test_the_database_refuses_a_judgement_that_is_none(sam, changes, constraint):
    placement = placement_at(Status.PROPOSED, sam)
    write(placement, sam)
    given = {
        "authority_id": sam.authority_id,
        "child_id": placement.child_id,
        "placement": placement,
        "known_and_not_known": "x",
        "thinks_and_why": "x",
        "look_again_on": LOOK_AGAIN_ON,
        "agreement": "agrees",
        "writer_id": sam.person_id,
        "written_by": sam.name,
        "recorded_at": NOON,
    }

    with acting(sam), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Judgement.objects.create(**(given | changes))


@pytest.mark.parametrize(
    "statement",
    [
        "update placements_judgement set thinks_and_why = 'other'",
        "delete from placements_judgement",
        "update placements_conversationwords set words = 'other'",
        "update placements_conversation set held_at = now()",
        "update placements_concern set raised_by = 'other'",
        "delete from placements_concern",
        "update placements_concernassessment set words = 'other'",
    ],
)
def test_the_service_cannot_edit_what_people_thought(sam, statement):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting(sam), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
