"""Story 2, the host is asked before the child comes: with the care plan, and its answer stands before the director."""

from datetime import UTC, date, datetime

import pytest

from accounts.acting import Actor, acting_for
from duties.actions import meet
from duties.board import is_late
from duties.models import Duty
from notifications import documents
from notifications.models import Document
from placements import queries
from placements.actions import placements as actions
from placements.actions.approvals import decide
from placements.actions.care_plans import record_version
from placements.actions.complete_notices import complete_notice
from placements.actions.consultations import answer, ask_host
from placements.actions.judgements import latest_screening, record_conversation, write_judgement
from placements.actions.new_dates import move_start
from placements.approving import approvals
from placements.models import Approval, Placement
from placements.place import verdicts
from placements.place.places import Place
from placements.rules.satisfied_of import Answer
from placements.telling import care_plans, consultations
from placements.telling.care_plans import CarePlan
from tests.stories.conftest import BRACKWATER, CARROWBY, who
from tests.stories.given import dean_with_his_foster_carers
from tests.stories.telling import envelopes, told

FIVE_BOXES = {
    "place": "Two children of other authorities live in the same street; worry about the bus station since November.",
    "health": "14 weeks for CAMHS.",
    "school": "A year 11 place from Mon 8 February.",
    "contact": "Grace Hill, on the number above.",
}
LAST_WORKING_DAY = "Last working day before: Fri 29 January 2027"


def at(day: int, hour: int, minute: int, month: int = 1) -> datetime:
    """An instant of the first weeks of 2027, when England keeps UTC."""
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


class Fortnight:
    """Dean's fortnight from Tuesday 19 January 2027, one method a step."""

    def __init__(self):
        self.priya, self.marsh, self.colin = who("Priya Nair"), who("Dr Helen Marsh"), who("Colin Reeve")
        self.ruth, self.grace = who("Ruth Adeyemi"), who("Grace Hill", CARROWBY)
        self.old = dean_with_his_foster_carers()
        with acting_for(self.priya, "test"):
            self.move = actions.propose(
                child_id=self.old.child_id,
                planned_start_on=date(2027, 2, 1),
                place=Place(line="4 Cooper's Yard", postcode="CY2 7NP", home_postcode="AG2 5HJ"),
                place_code="U6",
                provider_code="PR4",
                is_in_key_stage_four=True,
                reason_for_distance="CANARY-OTHER-BED in our own area was full.",
                tell_host=False,
                by=self.priya,
                at=at(19, 10, 15),
            )

    def ask(self) -> Document:
        with acting_for(self.priya, "test"):
            return ask_host(
                placement_id=self.move.id,
                question="What do you know of the place, and of the schools?",
                answer_hoped_for_by=at(22, 12, 0),
                care_plan=CarePlan("3", at(19, 10, 40), "With the question"),
                by=self.priya,
                at=at(19, 10, 40),
            )

    def answer(self, question: Document) -> Document:
        with acting_for(self.grace, "test"):
            return answer(
                question_id=question.id,
                boxes=FIVE_BOXES,
                post="Notifications officer",
                by=self.grace,
                at=at(20, 15, 30),
            )

    def judge(self) -> None:
        with acting_for(self.priya, "test"):
            judgement = write_judgement(
                placement_id=self.move.id,
                screening_id=latest_screening(self.move).id,
                supersedes_id=None,
                known_and_not_known=f"Carrowby says: {FIVE_BOXES['place']}",
                thinks_and_why="He will be driven to school. CANARY-JUDGEMENT",
                look_again_on=date(2027, 3, 1),
                agreement="nothing_said",
                asked_whom="Grace Hill",
                asked_on=date(2027, 1, 19),
                they_said=FIVE_BOXES["place"],
                by=self.priya,
                at=at(21, 16, 0),
            )
        with acting_for(self.ruth, "test"):
            record_conversation(
                held_at=at(21, 16, 30),
                words={judgement.id: "CANARY-CONVERSATION: not by bus."},
                by=self.ruth,
                at=at(21, 16, 40),
            )

    def approve(self) -> tuple[Approval, Approval]:
        return self._give("reg_10", self.colin, at(22, 11, 0)), self._give("reg_11", self.marsh, at(22, 14, 20))

    def _give(self, under: str, by: Actor, moment: datetime) -> Approval:
        with acting_for(by, "test"):
            asked = approvals.current(self.move).get(under=under)
            answers = {
                one.requirement.code: Answer(evidence="On file.")
                for one in approvals.items(asked, {}, at=moment)
                if not one.is_answered
            }
            return decide(approval_id=asked.id, decision="approved", answers=answers, by=by, at=moment)

    def give_notice(self) -> Document:
        with acting_for(self.priya, "test"):
            given = {"needs_and_suitability": "What Dean needs, and why there.", "by": self.priya, "at": at(25, 9, 30)}
            notice = complete_notice(placement_id=self.move.id, **given)
            for placement, kind in ((self.move, "notice_to_people"), (self.old, "ending_notice_to_people")):
                said = {"evidence": "Letters of 25 January.", "by": "Priya Nair", "at": at(25, 9, 40)}
                meet(f"{kind}:{placement.id}", authority_id=self.priya.authority_id, **said)
            return notice

    def duty(self, kind: str, placement: Placement | None = None) -> Duty:
        with acting_for(self.priya, "test"):
            of = (placement or self.move).id
            return Duty.objects.exclude(closing="replaced").get(kind=kind, subject_id=of)


@pytest.fixture
def plan(county) -> Fortnight:
    """Tuesday 19 January 2027, 10:15: the plan is entered."""
    return Fortnight()


@pytest.fixture
def approved(plan) -> Fortnight:
    """Friday 22 January: asked, answered, thought through, approved by both."""
    plan.answer(plan.ask())
    plan.judge()
    plan.approve()
    return plan


@pytest.fixture
def told_of(approved) -> Fortnight:
    """Tuesday 26 January: everybody has been told, and Grace has read it."""
    notice = approved.give_notice()
    with acting_for(approved.grace, "test"):
        documents.open_document(notice.id, actor=approved.grace, at=at(26, 10, 0))
        documents.acknowledge(notice.id, actor=approved.grace, post="Notifications officer", at=at(26, 10, 5))
    return approved


def test_the_plan_says_who_approves_and_asks_to_ask_carrowby_first(plan):
    with acting_for(plan.priya, "test"):
        asked = {(one.under, one.grade) for one in approvals.current(plan.move)}
        judged = verdicts.current(plan.move)
        said = " ".join(finding.sentence for finding in verdicts.meaning(plan.move, judged))
        of_the_officer = [
            one.requirement.sentence
            for one in approvals.items(approvals.current(plan.move).get(under="reg_10"), {}, at=at(19, 10, 15))
        ]

    assert asked == {("reg_11", "director"), ("reg_10", "nominated_officer")}
    assert (judged.host.name, judged.area.state.value) == ("Carrowby", "out_of_area_distant")
    assert "The director of children's services must approve before the child is placed" in said
    assert "The designated teacher at the school has been consulted." in of_the_officer
    assert "The independent reviewing officer has been consulted." in of_the_officer


@pytest.mark.parametrize("kind", ["notice_to_host", "notice_to_people", "placement_plan", "iro_told"])
def test_what_is_owed_before_the_move_shows_its_last_working_day(plan, kind):
    owed = plan.duty(kind)

    assert (owed.due_on, owed.late_from) == (date(2027, 2, 1), date(2027, 2, 1))
    for words in (LAST_WORKING_DAY, "Sat 30 January 2027", "Sun 31 January 2027"):
        assert words in "\n".join(owed.working)


def test_the_former_placement_owes_notice_of_intention_before_the_move(plan):
    owed = plan.duty("ending_notice_to_people", plan.old)

    assert (owed.due_on, owed.late_from) == (date(2027, 2, 1), date(2027, 2, 1))
    assert "reg. 14(2)(c)" in owed.citation


def test_no_reply_yet_is_an_answer_and_never_late(plan):
    question = plan.ask()
    with acting_for(plan.priya, "test"):
        [asked] = consultations.about(plan.move)
        item = approvals.items(approvals.current(plan.move).get(under="reg_11"), {}, at=at(22, 12, 1))[3]

    assert (asked.question, asked.answer, asked.hoped_for_by) == (question, None, at(22, 12, 0))
    assert item.sentence == "Carrowby: asked 19 January 10:40 with care plan v3; no reply yet."
    assert item.is_answered


def test_the_director_sees_each_thing_with_its_evidence_as_it_stands(approved):
    with acting_for(approved.marsh, "test"):
        given = approvals.current(approved.move).get(under="reg_11")
    sentences = {one["requirement"]["code"]: one["sentence"] for one in given.items}

    assert (
        sentences["area_authority_consulted"]
        == "Carrowby: asked 19 January 10:40 with care plan v3; answered 20 January 15:30."
    )
    assert len(sentences) == 5


def test_both_approvals_are_given_before_the_start_each_by_its_own_office(approved):
    with acting_for(approved.priya, "test"):
        approved.move.refresh_from_db()
        kept = {one.under: (one.decided_by, one.decided_at) for one in approvals.current(approved.move)}

    assert kept == {"reg_10": ("Colin Reeve", at(22, 11, 0)), "reg_11": ("Dr Helen Marsh", at(22, 14, 20))}
    assert approved.move.status == Placement.Status.APPROVED
    judgement = approved.duty("judgement")
    assert (judgement.closing, judgement.done_at) == ("met", at(21, 16, 0))
    assert approved.duty("judgement_conversation").done_at == at(21, 16, 30)


def test_the_notice_says_that_the_care_plan_went_with_the_question(told_of):
    with acting_for(told_of.grace, "test"):
        notice = documents.received(told_of.grace.authority_id).get(kind="placement_notice")

    assert notice.body["care_plan_version"] == "3"
    assert notice.body["care_plan_supplied_at"] == at(19, 10, 40).isoformat()
    assert notice.body["still_owed"] == []
    owed = told_of.duty("notice_to_host")
    assert (owed.closing, owed.done_at) == ("met", at(25, 9, 30))
    assert not is_late(owed, date(2027, 3, 1))
    with acting_for(told_of.priya, "test"):
        lines = [line for line in queries.timeline(told_of.move) if "acknowledged" in line.words]
    assert [line.happened_at for line in lines] == [at(26, 10, 5)]


def test_a_newer_care_plan_than_carrowby_holds_is_shown(told_of):
    with acting_for(told_of.priya, "test"):
        given = {"became_on": date(2027, 1, 29), "by": told_of.priya, "at": at(29, 11, 0)}
        record_version(child_id=told_of.move.child_id, version="4", **given)
        held, latest = care_plans.newer_than_held(told_of.move, told_of.grace.authority_id)

    assert (held.version, latest.version) == ("3", "4")


def test_a_new_date_reaches_all_who_were_told_turns_nothing_late_and_keeps_the_approvals(told_of):
    moved_at, arrived_at = at(1, 8, 15, month=2), at(2, 16, 40, month=2)
    with acting_for(told_of.priya, "test"):
        move_start(
            placement_id=told_of.move.id,
            planned_start_on=date(2027, 2, 2),
            reason="The carer is ill.",
            by=told_of.priya,
            at=moved_at,
        )
        late = [one.kind for one in Duty.objects.filter(subject_kind="placement") if is_late(one, date(2027, 2, 1))]
        told_again = Duty.objects.get(kind="new_date_to_people", subject_id=told_of.move.id)
        told_of.move.refresh_from_db()
    assert late == []
    assert told_again.closed_at is None
    assert told_of.move.status == Placement.Status.APPROVED
    with acting_for(told_of.grace, "test"):
        new_date = documents.received(told_of.grace.authority_id).get(kind="new_date")
    assert (new_date.body["earlier_planned_start_on"], new_date.body["planned_start_on"]) == (
        "2027-02-01",
        "2027-02-02",
    )

    with acting_for(told_of.priya, "test"):
        began = actions.start(placement_id=told_of.move.id, started_at=arrived_at, by=told_of.priya, at=arrived_at)
        told_of.old.refresh_from_db()
    assert (began.status, began.breach_reason) == (Placement.Status.STARTED, "")
    assert (told_of.old.status, told_of.old.ends_on) == (Placement.Status.ENDED, date(2027, 2, 2))
    visit = told_of.duty("first_visit")
    assert (visit.due_on, visit.late_from) == (date(2027, 2, 9), date(2027, 2, 10))


def test_carrowby_sees_dean_and_his_care_plan_and_not_the_other_bed_nor_the_conversation(told_of):
    seen = told(told_of.grace)

    for word in ("Dean", "Marlow", "Cooper's Yard", "What Dean needs, and why there."):
        assert word in seen
    for word in ("CANARY-OTHER-BED", "CANARY-CONVERSATION", "CANARY-JUDGEMENT", "Mill Row", "Ruth Adeyemi"):
        assert word not in seen
    for word in ("Dean", "Marlow", "CY2", "CANARY"):
        assert word not in envelopes(told_of.priya)


def test_graces_answer_names_no_child_and_reaches_nobody_but_ashford(told_of):
    with acting_for(told_of.priya, "test"):
        [asked] = consultations.about(told_of.move)
    assert "Dean" not in str(asked.answer.body)
    assert asked.answer.recipient_id == told_of.priya.authority_id
    for name in ("Nadia Clarke", "Hari Lal"):
        assert "bus station" not in told(who(name, BRACKWATER))
