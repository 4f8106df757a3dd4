"""Story 1, ten at night a week before Christmas: it told Jo who must sign, whom to ring and by when, and held nothing up."""

from datetime import date

import pytest

from accounts.acting import acting_for
from duties.board import is_late
from duties.models import Duty
from notifications import documents
from notifications.models import Document
from placements import queries
from placements.actions import placements as actions
from placements.actions.approvals import confirm, decide
from placements.actions.complete_notices import complete_notice
from placements.actions.consultations import ask_host
from placements.actions.emergencies import FiveAnswers, register_emergency
from placements.actions.judgements import latest_screening, write_judgement
from placements.approving import approvals
from placements.models import Approval, Placement, PlacementEvent
from placements.place import verdicts
from placements.place.places import Place
from placements.rules.satisfied_of import Answer
from placements.telling import completeness
from placements.telling.care_plans import CarePlan
from tests.stories.conftest import BRACKWATER, CARROWBY, who
from tests.stories.given import at, kayla_with_her_foster_carers, stale_area_of_carrowby
from tests.stories.telling import envelopes, finds, told

CHRISTMAS, BOXING_DAY = "Fri 25 December 2026, Christmas Day", "Mon 28 December 2026, Boxing Day (substitute day)"
LARCH_HOUSE = Place(line="Larch House, CANARY-LARCH", postcode="CY4 2LB", home_postcode="AG4 4HP")


class Night:
    """Jo's night until 00:55 and the morning after, step by step."""

    def __init__(self):
        self.jo, self.priya, self.marsh = who("Jo Fenn"), who("Priya Nair"), who("Dr Helen Marsh")
        self.yusuf = who("Yusuf Karim", CARROWBY)
        stale_area_of_carrowby()
        self.old = kayla_with_her_foster_carers()
        with acting_for(self.jo, "test"):
            answers = FiveAnswers(
                who=self.old.child_id,
                place=LARCH_HOUSE,
                kind="childrens_home",
                on=date(2026, 12, 17),
                why_not_wait="Immediate risk where she is; nobody else has a bed.",
            )
            self.move = register_emergency(answers, by=self.jo, at=at(17, 22, 5))

    def record_the_directors_word(self) -> Approval:
        with acting_for(self.jo, "test"):
            asked = approvals.current(self.move).get()
            return decide(
                approval_id=asked.id,
                decision="approved",
                answers={
                    "wishes_and_feelings": Answer(evidence="Kayla said that she wants to go tonight."),
                    "most_appropriate": Answer(evidence="The only bed; the plan asks for a small home."),
                },
                decider_id=self.marsh.person_id,
                decided_at=at(17, 23, 50),
                is_by_telephone=True,
                by=self.jo,
                at=at(18, 0, 15),
            )

    def record_arrival(self) -> None:
        with acting_for(self.jo, "test"):
            actions.start(placement_id=self.move.id, started_at=at(18, 0, 40), by=self.jo, at=at(18, 0, 55))
            self.move.refresh_from_db()

    def duty(self, kind: str, placement: Placement | None = None) -> Duty:
        with acting_for(self.priya, "test"):
            of = (placement or self.move).id
            return Duty.objects.exclude(closing="replaced").get(kind=kind, subject_id=of)


@pytest.fixture
def night(county) -> Night:
    return Night()


@pytest.fixture
def morning(night) -> Night:
    """The night with its approval and arrival recorded, at 00:55."""
    night.record_the_directors_word()
    night.record_arrival()
    return night


def test_five_answers_say_whose_area_it_is_who_must_sign_and_hold_nothing_up(night):
    with acting_for(night.jo, "test"):
        judged = verdicts.current(night.move)
        said = [finding.sentence for finding in verdicts.meaning(night.move, judged)]
        detail = night.move.verdicts.get(superseded_at=None).detail
        [asked] = approvals.current(night.move)

    assert (judged.host.name, judged.area.state.value) == ("Carrowby", "out_of_area_distant")
    assert "The director of children's services must approve before the child is placed, in an emergency too." in said
    assert (detail["pl_distance"], detail["over_20_miles"]) == (37.3, True)
    assert (asked.grade, night.move.place_code, night.move.status) == ("director", "K2", Placement.Status.PROPOSED)


def test_carrowbys_information_is_old_and_a_judgement_is_owed_once_the_child_is_there(night):
    with acting_for(night.jo, "test"):
        [entry] = night.move.screenings.latest("at").answer["authorities"]
        assert (entry["name"], entry["state"]) == ("Carrowby", "stale")
        assert not Duty.objects.filter(kind="judgement", subject_id=night.move.id).exists()
    night.record_the_directors_word()
    night.record_arrival()

    owed = night.duty("judgement")
    assert (owed.due_on, owed.basis) == (date(2026, 12, 29), "local_rule")


def test_approval_by_telephone_keeps_what_was_decided_and_recorded_apart_and_asks_the_director_to_confirm(night):
    approval = night.record_the_directors_word()

    assert (approval.decided_at, approval.recorded_at) == (at(17, 23, 50), at(18, 0, 15))
    assert (approval.decided_by, approval.recorded_by, approval.is_by_telephone) == ("Dr Helen Marsh", "Jo Fenn", True)
    with acting_for(night.marsh, "test"):
        assert list(approvals.to_confirm(night.marsh)) == [approval]
        asked = Duty.objects.get(kind="confirm_decision")
        assert (asked.owner_id, asked.title) == (
            night.marsh.person_id,
            "Confirm the decision that Jo Fenn recorded for you",
        )
        confirm(approval_id=approval.id, by=night.marsh, at=at(18, 8, 40))
        asked.refresh_from_db()
        assert (asked.closing, asked.done_at) == ("met", at(18, 8, 40))


def test_approved_at_ten_to_midnight_the_start_is_no_breach(morning):
    assert morning.move.breach_reason == ""
    approved = morning.duty("approval_by_director")
    assert (approved.closing, approved.done_at) == ("met", at(17, 23, 50))
    assert not is_late(approved, date(2027, 1, 31))


def test_arrival_puts_a_first_notice_into_carrowbys_inbox_in_the_same_moment(morning):
    with acting_for(morning.yusuf, "test"):
        first = documents.received(morning.yusuf.authority_id).get()
        assert (first.composed_at, first.urgency, first.kind) == (at(18, 0, 55), "urgent", "placement_notice")
        documents.open_document(first.id, actor=morning.yusuf, at=at(18, 1, 10))
        documents.acknowledge(first.id, actor=morning.yusuf, post="Out-of-hours duty", at=at(18, 1, 10))
    with acting_for(morning.jo, "test"):
        words = [(line.happened_at, line.words) for line in queries.timeline(morning.move)]

    assert any(when == at(18, 1, 10) and "Carrowby: notice" in said and "acknowledged" in said for when, said in words)
    assert len(first.body["still_owed"]) == 2
    assert "assessment" in first.body["still_owed"][0]
    assert "care plan" in first.body["still_owed"][1]


def test_the_complete_notice_is_a_second_date_and_a_notice_is_no_question(morning):
    plan = CarePlan("3", at(18, 10, 5), "Secure e-mail")
    with acting_for(morning.priya, "test"):
        given = {"needs_and_suitability": "What Kayla needs, and why this home.", "care_plan": plan}
        complete_notice(placement_id=morning.move.id, **given, by=morning.priya, at=at(18, 10, 5))
        standing = completeness.of_notice(morning.move, verdicts.current(morning.move))
    assert (standing.told_at, standing.complete_at) == (at(18, 0, 55), at(18, 10, 5))
    assert morning.duty("notice_to_host").done_at == at(18, 10, 5)
    assert morning.duty("after_emergency_approval:area_authority_consulted").closed_at is None

    with acting_for(morning.priya, "test"):
        ask_host(placement_id=morning.move.id, question="What do you know?", by=morning.priya, at=at(18, 10, 6))
    assert morning.duty("after_emergency_approval:area_authority_consulted").done_at == at(18, 10, 6)


@pytest.mark.parametrize(
    ("kind", "due_on", "shown"),
    [
        ("after_emergency_approval:relatives_consulted", date(2026, 12, 24), (CHRISTMAS, "By Tue 29 December 2026")),
        ("after_emergency_approval:area_authority_consulted", date(2026, 12, 24), (CHRISTMAS, BOXING_DAY)),
        ("after_emergency_approval:iro_told", date(2026, 12, 24), (CHRISTMAS, BOXING_DAY)),
        ("notice_to_host", date(2026, 12, 29), (CHRISTMAS, BOXING_DAY)),
        ("notice_to_people", date(2026, 12, 29), (CHRISTMAS, BOXING_DAY)),
        ("placement_plan", date(2026, 12, 29), (CHRISTMAS, BOXING_DAY)),
        ("judgement", date(2026, 12, 29), (CHRISTMAS, BOXING_DAY)),
        ("judgement_conversation", date(2026, 12, 29), (CHRISTMAS, BOXING_DAY)),
        ("first_visit", date(2026, 12, 25), ("a week is a week; last working day before: Thu 24 December 2026",)),
    ],
)
def test_every_due_date_of_the_table_stands_with_the_days_skipped(morning, kind, due_on, shown):
    owed = morning.duty(kind)

    assert owed.due_on == due_on
    for words in shown:
        assert words in "\n".join(owed.working)


def test_those_told_of_the_old_placement_hear_of_its_end_by_the_fifth_of_january(morning):
    owed = morning.duty("ending_notice_to_people", morning.old)

    assert owed.due_on == date(2027, 1, 5)
    for words in (CHRISTMAS, BOXING_DAY, "Fri 1 January 2027, New Year’s Day"):
        assert words in "\n".join(owed.working)


def test_carrowby_sees_kayla_and_whom_to_ring_and_nothing_of_judgement_relative_or_why_the_old_one_ended(morning):
    with acting_for(morning.priya, "test"):
        write_judgement(
            placement_id=morning.move.id,
            screening_id=latest_screening(morning.move).id,
            supersedes_id=None,
            known_and_not_known="CANARY-JUDGEMENT",
            thinks_and_why="Old news of the harbour.",
            look_again_on=date(2027, 1, 13),
            agreement="not_worried",
            by=morning.priya,
            at=at(18, 9, 30),
        )
    seen = told(morning.yusuf)

    for word in ("Kayla", "CANARY-LARCH", "Larch House", "01632 960101"):
        assert word in seen
    for word in ("CANARY-JUDGEMENT", "CANARY-AUNT", "immediate", "Old news", "Nobody else has a bed"):
        assert word.lower() not in seen.lower()


def test_brackwater_and_jo_while_acting_for_it_see_and_find_nothing(morning):
    for name in ("Nadia Clarke", "Dele Okoro", "Hari Lal", "Ewan Pike", "Jo Fenn"):
        reader = who(name, BRACKWATER)
        assert not finds(reader, "Kayla")
        for word in ("Kayla", "Brent", "AG-2041", "CANARY"):
            assert word not in told(reader)
    assert finds(morning.jo, "Kayla")


def test_envelopes_hold_neither_name_nor_place(morning):
    for word in ("Kayla", "Brent", "2012-11-14", "CY4", "CANARY"):
        assert word not in envelopes(morning.jo)


def test_everything_that_happened_is_a_line_with_both_its_times(morning):
    with acting_for(morning.jo, "test"):
        kept = {
            one.what: (one.happened_at, one.recorded_at)
            for one in PlacementEvent.objects.filter(placement=morning.move)
        }
        notices = Document.objects.filter(subject_id=morning.move.id).count()

    assert kept["Registered as an emergency move"] == (at(17, 22, 5), at(17, 22, 5))
    [approved] = [times for what, times in kept.items() if what.startswith("Approved by Dr Helen Marsh, director")]
    assert approved == (at(17, 23, 50), at(18, 0, 15))
    assert kept["Started"] == (at(18, 0, 40), at(18, 0, 55))
    assert notices == 1
