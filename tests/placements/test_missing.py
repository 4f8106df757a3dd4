"""A child goes missing and comes back: who is told, and with whom is the interview, by which minute?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.acting import Actor, acting_for, operator, service
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from duties.board import is_late
from duties.models import Duty
from notifications.exceptions import NotAPerson
from notifications.models import Contact, Document
from placements import missing, queries, return_interviews
from placements.actions import missing as actions
from placements.actions.missing_answers import answer
from placements.actions.placements import record_emergency_start
from placements.exceptions import (
    AlreadyMissing,
    ChildNotFound,
    DoesNotFit,
    MissingReportNotFound,
    UnreadableField,
)
from placements.missing import WITHHELD, Word
from placements.models import Child, MissingReport, Placement, PoliceMessage
from placements.place.places import Place
from placements.rules.missing import InterviewEnding
from tests.factories import LEEDS, NOON, ROTHERHAM, SHEFFIELD, PlaceTo, acting, authority, child, person, placement_at

pytestmark = pytest.mark.django_db

# The night of story 8: summer time begins on Sunday 28 March 2027 at 01:00 UTC.
SINCE = datetime(2027, 3, 27, 21, 0, tzinfo=UTC)
RECORDED = datetime(2027, 3, 27, 22, 20, tzinfo=UTC)
RETURNED = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)
ASKED = datetime(2027, 3, 28, 9, 0, tzinfo=UTC)
DUE = datetime(2027, 3, 30, 23, 30, tzinfo=UTC)
TALKED = datetime(2027, 3, 30, 15, 0, tzinfo=UTC)
CLOSED = Place(line="12 Canary Lane, Canarytown", postcode="LS1 8ED")


@pytest.fixture
def yusuf(db) -> Actor:
    """Rotherham's duty desk, responsible for the child."""
    return person(role=Role.DUTY_DESK, name="Yusuf Karim")


@pytest.fixture
def dele(db) -> Actor:
    """Leeds's duty desk, the host's."""
    return person(LEEDS, Role.DUTY_DESK, name="Dele Okoro")


@pytest.fixture
def tia(yusuf) -> Placement:
    """Tia, placed by Rotherham in Leeds."""
    of = child(yusuf, given_name="Tia", family_name="Sallow", reference="CB-0912", born_on=date(2012, 7, 6))
    return placement_at(Placement.Status.STARTED, yusuf, of=of)


def placed_at_a_closed_address(by: Actor, of: Child | None = None, place: Place = CLOSED) -> Placement:
    """In Leeds, in an emergency; whoever records it knows the address."""
    of = of or child(by)
    with acting(by):
        return record_emergency_start(
            child_id=of.id,
            started_at=NOON,
            place=place,
            is_restricted=True,
            why_not_wait="CANARY-REASON",
            by=by,
            at=NOON,
        )


def went_missing(by: Actor, placement: Placement, **changes) -> MissingReport:
    given = {"missing_since": SINCE, "last_seen": "The bus station, alone", "at": RECORDED} | changes
    with acting(by):
        return actions.report_missing(child_id=placement.child_id, **given, by=by)


def came_back(by: Actor, placement: Placement, *, is_host_asked: bool = False) -> MissingReport:
    report = went_missing(by, placement)
    with acting(by):
        report = actions.record_return(report_id=report.id, returned_at=RETURNED, by=by, at=RETURNED)
        if is_host_asked:
            actions.ask_host(report_id=report.id, by=by, at=ASKED)
    return report


def notices(by: Actor, report: MissingReport) -> list[Document]:
    with acting(by):
        return list(missing.exchange_of(report).notices)


def inbox(by: Actor) -> Document:
    """The notice of a missing child that stands in an inbox."""
    with acting(by):
        return Document.objects.get(kind="missing_notice", recipient_id=by.authority_id, superseded_by=None)


def says(by: Actor, word: Word, at: datetime = ASKED, **more) -> Document:
    with acting(by):
        return answer(document_id=inbox(by).id, word=word, post="Duty manager", **more, by=by, at=at)


def interview_duties(by: Actor) -> list[Duty]:
    with acting(by):
        return list(Duty.objects.filter(kind="return_interview").order_by("raised_at"))


def test_the_host_is_told_at_once_where_a_child_out_of_area_was_last_seen(yusuf, tia):
    report = went_missing(yusuf, tia)

    [notice] = notices(yusuf, report)
    assert (notice.recipient, notice.kind, notice.urgency) == (authority(LEEDS), "missing_notice", "urgent")
    assert notice.body["given_name"] == "Tia"
    assert notice.body["missing_since_at"] == "2027-03-27T21:00:00+00:00"
    assert notice.body["last_seen"] == "The bus station, alone"
    assert notice.body["returned_at"] is None
    assert not notice.body["is_interview_asked_of_you"]


def test_the_placement_goes_on_and_its_timeline_says_what_happened(yusuf, tia):
    report = came_back(yusuf, tia)

    with acting(yusuf):
        tia.refresh_from_db()
        assert tia.status == Placement.Status.STARTED
        told = [(line.happened_at, line.words) for line in queries.timeline(tia)]
    assert (SINCE, "Missing; the placement goes on") in told
    assert (RETURNED, "Came back") in told
    assert report.placement == tia


def test_a_child_whose_whereabouts_are_known_is_away_without_authorisation(yusuf, tia):
    report = went_missing(yusuf, tia, is_whereabouts_known=True)

    [notice] = notices(yusuf, report)
    assert notice.body["is_whereabouts_known"]
    with acting(yusuf):
        assert "Away without authorisation" in {line.words.split(";")[0] for line in queries.timeline(tia)}


def test_a_child_within_the_area_is_no_other_authoritys_news(yusuf):
    here = placement_at(Placement.Status.STARTED, yusuf, place=PlaceTo.IN_AREA)

    assert notices(yusuf, came_back(yusuf, here)) == []
    [duty] = interview_duties(yusuf)
    assert duty.closed_at is None


def test_a_child_without_a_placement_is_recordable(yusuf):
    nobody = child(yusuf)

    with acting(yusuf):
        report = actions.report_missing(
            child_id=nobody.id, missing_since=SINCE, last_seen="Not known", by=yusuf, at=RECORDED
        )
        assert report.placement is None


def test_the_return_starts_72_hours_of_the_clock_across_the_change_to_summer_time(yusuf, tia):
    report = came_back(yusuf, tia)

    assert report.interview_due_at == DUE
    [duty] = interview_duties(yusuf)
    assert (duty.due_at, duty.due_on, duty.basis) == (DUE, date(2027, 3, 31), "statutory_guidance")
    assert "Wed 31 March 2027, 00:30 summer time" in duty.working[0]
    assert (report.interview_owner_id, duty.authority_id) == (yusuf.authority_id, yusuf.authority_id)
    assert not is_late(duty, date(2027, 3, 31))
    assert is_late(duty, date(2027, 4, 1))


def test_the_return_starts_72_hours_of_the_clock_across_the_change_to_winter_time(yusuf, tia):
    """Sat 24 October 2026, 23:30 summer time is 22:30 UTC; 72 hours later it is Tue 27 October, 22:30 GMT."""
    returned_at = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)

    report = went_missing(
        yusuf, tia, missing_since=returned_at - timedelta(hours=3), returned_at=returned_at, at=RECORDED
    )

    assert report.interview_due_at == datetime(2026, 10, 27, 22, 30, tzinfo=UTC)


def test_the_host_is_told_of_the_return_in_a_newer_notice(yusuf, tia):
    report = came_back(yusuf, tia)

    first, second = notices(yusuf, report)
    assert second.supersedes_id == first.id
    assert second.body["returned_at"] == "2027-03-27T23:30:00+00:00"
    assert second.body["interview_due_at"] == "2027-03-30T23:30:00+00:00"


def test_of_notices_composed_at_one_instant_the_newest_stands(yusuf, dele, tia):
    report = went_missing(yusuf, tia, missing_since=SINCE, returned_at=RETURNED, at=ASKED)
    with acting(yusuf):
        actions.ask_host(report_id=report.id, by=yusuf, at=ASKED)

    [told, asked] = notices(yusuf, report)
    assert asked.supersedes_id == told.id
    says(dele, Word.ACCEPTS)
    says(dele, Word.REFUSES)
    with acting(yusuf):
        assert [one.body["word"] for one in missing.exchange_of(report).answers] == [Word.ACCEPTS, Word.REFUSES]


def test_an_episode_may_be_recorded_afterwards_while_another_is_open(yusuf, tia):
    went_missing(yusuf, tia)

    earlier = went_missing(
        yusuf, tia, missing_since=SINCE - timedelta(days=9), returned_at=SINCE - timedelta(days=8), at=RECORDED
    )

    assert not earlier.is_open


def test_a_child_has_one_open_report_at_a_time(yusuf, tia):
    went_missing(yusuf, tia)

    with pytest.raises(AlreadyMissing, match="Sat 27 March 2027, 21:00 GMT"):
        went_missing(yusuf, tia)


def test_a_time_that_lies_ahead_and_an_empty_place_are_refused(yusuf, tia):
    with pytest.raises(UnreadableField, match="lies ahead"):
        went_missing(yusuf, tia, missing_since=RECORDED + timedelta(minutes=1))
    with pytest.raises(UnreadableField, match="last seen"):
        went_missing(yusuf, tia, last_seen=" ")
    with pytest.raises(UnreadableField, match="cannot be before"):
        went_missing(yusuf, tia, returned_at=SINCE - timedelta(minutes=1))
    with pytest.raises(UnreadableField, match="lies ahead"):
        went_missing(yusuf, tia, returned_at=RECORDED + timedelta(minutes=1))
    with acting(yusuf):
        assert not MissingReport.objects.exists()


def test_a_return_is_recorded_once(yusuf, tia):
    report = came_back(yusuf, tia)

    with acting(yusuf), pytest.raises(DoesNotFit, match="23:30 GMT"):
        actions.record_return(report_id=report.id, returned_at=RETURNED, by=yusuf, at=ASKED)


def test_another_authority_finds_neither_child_nor_report(yusuf, tia):
    report = came_back(yusuf, tia)
    other = person(SHEFFIELD, Role.DUTY_DESK)

    with acting(other):
        with pytest.raises(ChildNotFound):
            actions.report_missing(child_id=tia.child_id, missing_since=SINCE, last_seen="x", by=other, at=RECORDED)
        for action in (actions.ask_host,):
            with pytest.raises(MissingReportNotFound):
                action(report_id=report.id, by=other, at=ASKED)
        assert not MissingReport.objects.exists()
        assert not Document.objects.exists()


def test_a_role_that_may_not_is_told_who_may(yusuf, tia):
    auditor = person(role=Role.AUDITOR)

    with pytest.raises(NotPermitted, match="duty desk"):
        went_missing(auditor, tia)


def test_the_interview_stays_ours_until_a_person_of_the_host_takes_it_on(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)

    with acting(yusuf):
        exchange = missing.exchange_of(report)
        assert exchange.is_asked
        assert missing.line_of(report, exchange) == f"with {authority(ROTHERHAM).name}, due 31 March 00:30"

    says(dele, Word.ACCEPTS)

    with acting(yusuf):
        line = missing.line_of(report, missing.exchange_of(report))
    assert line == f"with {authority(LEEDS).name}, due 31 March 00:30"


def test_one_authority_owns_the_interview_and_its_duty(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    says(dele, Word.ACCEPTS)
    return_interviews.take_in(yusuf.authority_id, at=ASKED)
    return_interviews.take_in(yusuf.authority_id, at=ASKED)

    [ours], [theirs] = interview_duties(yusuf), interview_duties(dele)
    assert (ours.closing, ours.reason) == (
        "replaced",
        f"The interview is with {authority(LEEDS).name}, due 31 March 00:30.",
    )
    assert (theirs.closed_at, theirs.due_at, theirs.authority_id) == (None, DUE, dele.authority_id)
    assert theirs.subject_reference == "CB-0912"
    with acting(yusuf):
        report.refresh_from_db()
        assert report.interview_owner == authority(LEEDS)


def test_done_by_the_host_meets_its_duty_and_the_note_goes_back(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    says(dele, Word.ACCEPTS)
    says(dele, Word.DONE, TALKED, happened_at=TALKED, words="She was with friends.")
    return_interviews.take_in(yusuf.authority_id, at=TALKED)

    [theirs] = interview_duties(dele)
    assert (theirs.closing, theirs.done_at) == ("met", TALKED)
    with acting(yusuf):
        report.refresh_from_db()
    assert (report.interview_outcome, report.interview_at) == ("done", TALKED)
    assert report.interview_by == f"Dele Okoro, Duty manager, {authority(LEEDS).name}"
    assert report.interview_words == "She was with friends."


def test_what_the_host_hands_back_is_ours_again_with_the_same_clock(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    says(dele, Word.ACCEPTS)
    return_interviews.take_in(yusuf.authority_id, at=ASKED)
    says(dele, Word.REFUSES, TALKED)
    return_interviews.take_in(yusuf.authority_id, at=TALKED)

    assert [one.closing for one in interview_duties(dele)] == ["replaced"]
    assert [(one.closing, one.due_at) for one in interview_duties(yusuf)] == [("replaced", DUE), ("", DUE)]
    with acting(yusuf):
        report.refresh_from_db()
        assert report.interview_owner_id == yusuf.authority_id


def record(by: Actor, report: MissingReport, ending: InterviewEnding, words: str = "", at: datetime = TALKED):
    with acting(by):
        return actions.record_interview(
            report_id=report.id,
            ending=ending,
            interviewed_at=at,
            interviewed_by="Ana Reyes",
            words=words,
            by=by,
            at=max(at, TALKED),
        )


def test_an_interview_of_ours_that_is_done_meets_the_duty(yusuf, tia):
    report = record(yusuf, came_back(yusuf, tia), InterviewEnding.DONE)

    [duty] = interview_duties(yusuf)
    assert (report.interview_outcome, duty.closing, duty.done_at) == ("done", "met", TALKED)
    assert "within the 72 hours" in duty.evidence


def test_an_interview_one_minute_after_the_72_hours_is_done_late(yusuf, tia):
    record(yusuf, came_back(yusuf, tia), InterviewEnding.DONE, at=DUE + timedelta(minutes=1))

    [duty] = interview_duties(yusuf)
    assert "after the 72 hours" in duty.evidence


@pytest.mark.parametrize("ending", [InterviewEnding.DECLINED, InterviewEnding.NOT_POSSIBLE])
def test_offered_and_declined_is_not_done(yusuf, tia, ending):
    report = came_back(yusuf, tia)
    with pytest.raises(UnreadableField, match="why the interview was not done"):
        record(yusuf, report, ending)

    report = record(yusuf, report, ending, words="She would not talk to anybody.")

    [duty] = interview_duties(yusuf)
    assert (report.interview_outcome, duty.closing, duty.done_at) == (ending, "not_owed", None)
    assert duty.reason.endswith("She would not talk to anybody. Not done.")


def test_an_interview_ends_once_and_after_the_return(yusuf, tia):
    report = went_missing(yusuf, tia)
    with pytest.raises(DoesNotFit, match="record the return first"):
        record(yusuf, report, InterviewEnding.DONE)
    with acting(yusuf):
        actions.record_return(report_id=report.id, returned_at=RETURNED, by=yusuf, at=RETURNED)
    with pytest.raises(UnreadableField, match="between the return"):
        record(yusuf, report, InterviewEnding.DONE, at=RETURNED - timedelta(minutes=1))
    record(yusuf, report, InterviewEnding.DONE)

    with pytest.raises(DoesNotFit, match="recorded already"):
        record(yusuf, report, InterviewEnding.DECLINED, words="No")


def test_an_interview_that_we_held_although_the_host_had_taken_it_on_is_recordable(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    says(dele, Word.ACCEPTS)

    record(yusuf, report, InterviewEnding.DONE)
    return_interviews.take_in(dele.authority_id, at=TALKED)

    [theirs] = interview_duties(dele)
    assert (theirs.closing, theirs.reason) == (
        "not_owed",
        f"{authority(ROTHERHAM).name} recorded: interview completed.",
    )
    with pytest.raises(DoesNotFit, match="recorded already"):
        says(dele, Word.DONE, TALKED)


def test_only_what_was_told_elsewhere_can_be_asked_of_another(yusuf, dele):
    here = placement_at(Placement.Status.STARTED, yusuf, place=PlaceTo.IN_AREA)
    report = came_back(yusuf, here)

    with acting(yusuf), pytest.raises(DoesNotFit, match="nobody to ask"):
        actions.ask_host(report_id=report.id, by=yusuf, at=ASKED)


def test_the_host_is_asked_once_and_again_after_it_handed_it_back(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    with acting(yusuf), pytest.raises(DoesNotFit, match="asked already"):
        actions.ask_host(report_id=report.id, by=yusuf, at=ASKED)
    says(dele, Word.REFUSES)
    says(dele, Word.SEEN, words="At school")

    with acting(yusuf):
        actions.ask_host(report_id=report.id, by=yusuf, at=TALKED)
    assert len(notices(yusuf, report)) == 4


@pytest.mark.parametrize("word", [Word.ACCEPTS, Word.REFUSES, Word.DONE, Word.DECLINED, Word.NOT_POSSIBLE])
def test_a_host_that_was_not_asked_takes_nothing_on(yusuf, dele, tia, word):
    came_back(yusuf, tia)

    with pytest.raises(DoesNotFit, match="has not asked you"):
        says(dele, word, words="x")


def test_a_host_ends_only_what_it_took_on_and_takes_it_on_once(yusuf, dele, tia):
    came_back(yusuf, tia, is_host_asked=True)
    with pytest.raises(DoesNotFit, match="Take the interview on first"):
        says(dele, Word.DONE, TALKED)
    says(dele, Word.ACCEPTS)

    with pytest.raises(DoesNotFit, match="took this interview on already"):
        says(dele, Word.ACCEPTS)
    with pytest.raises(UnreadableField, match="why the interview was not done"):
        says(dele, Word.DECLINED, TALKED)


def test_a_superseded_notice_is_not_the_one_to_answer(yusuf, dele, tia):
    report = came_back(yusuf, tia)
    first, second = notices(yusuf, report)

    with acting(dele), pytest.raises(DoesNotFit, match=second.reference):
        answer(document_id=first.id, word=Word.SEEN, by=dele, at=ASKED)


def test_found_by_the_host_asks_us_to_record_the_return(yusuf, dele, tia):
    report = went_missing(yusuf, tia)
    says(dele, Word.SEEN, RETURNED, words="On the Headrow")
    says(dele, Word.FOUND, RETURNED, happened_at=RETURNED, words="With the police")
    return_interviews.take_in(yusuf.authority_id, at=RETURNED)

    with acting(yusuf):
        assert Duty.objects.get(kind="reported_found").closed_at is None
        report.refresh_from_db()
        assert report.is_open, "only the responsible authority records the return"
        actions.record_return(report_id=report.id, returned_at=RETURNED, by=yusuf, at=RETURNED)
        assert Duty.objects.get(kind="reported_found").closing == "met"
        words = [line.words for line in queries.timeline(tia)]
    assert any("The child was seen" in one for one in words)
    assert any("The child was found" in one for one in words)


def test_no_system_no_third_and_no_sender_answers(yusuf, dele, tia):
    went_missing(yusuf, tia)
    notice = inbox(dele)
    system = Actor(authority_id=dele.authority_id, role=Role.MANAGER, name="A system", client_id=notice.id)
    for other in (person(SHEFFIELD, Role.DUTY_DESK), yusuf):
        with acting(other), pytest.raises(Document.DoesNotExist):
            answer(document_id=notice.id, word=Word.SEEN, by=other, at=RECORDED)
    with acting(system), pytest.raises(NotAPerson):
        answer(document_id=notice.id, word=Word.SEEN, by=system, at=RECORDED)


def test_the_host_learns_no_judgement_no_relative_no_address_and_no_other_child(yusuf, dele, tia):
    brother = child(yusuf, given_name="CANARY-REN", family_name="Sallow")
    placed_at_a_closed_address(yusuf, brother, Place(line="CANARY-HOUSE", postcode="LS1 8ED"))
    came_back(yusuf, tia, is_host_asked=True)

    with acting(dele):
        told = [one.body for one in Document.objects.filter(kind="missing_notice")]
    assert len(told) == 3
    assert "CANARY" not in str(told)
    assert "3 Invented Road" not in str(told)
    third = person(SHEFFIELD, Role.MANAGER)
    with acting(third):
        assert not Document.objects.exists()


@pytest.mark.parametrize(
    "last_seen",
    ["At home, 12 Canary Lane", "near canary-lane", "in Canarytown", "LS18ED", "at ls1 8ed, in the garden"],
)
def test_a_closed_address_is_kept_back_where_somebody_typed_it(yusuf, last_seen):
    closed = placed_at_a_closed_address(yusuf)

    report = went_missing(yusuf, closed, last_seen=last_seen)

    [notice] = notices(yusuf, report)
    assert notice.body["last_seen"] == WITHHELD
    with acting(yusuf):
        assert report.last_seen == last_seen


def test_other_words_of_a_child_at_a_closed_address_are_told(yusuf):
    closed = placed_at_a_closed_address(yusuf)

    [notice] = notices(yusuf, went_missing(yusuf, closed))

    assert notice.body["last_seen"] == "The bus station, alone"


def test_where_whoever_records_it_may_not_know_the_place_placewatch_tells_the_host(yusuf):
    closed = placed_at_a_closed_address(yusuf)
    colleague = person(role=Role.DUTY_DESK, name="Jo Fenn")

    report = went_missing(colleague, closed, last_seen="12 Canary Lane")
    assert notices(yusuf, report) == []
    return_interviews.take_in(colleague.authority_id, at=RECORDED)
    return_interviews.take_in(colleague.authority_id, at=RECORDED)

    assert notices(colleague, report) == []
    [notice] = notices(yusuf, report)
    assert (notice.composed_by, notice.body["last_seen"]) == ("Placewatch", WITHHELD)


def give_to_the_police(by: Actor, report: MissingReport) -> PoliceMessage:
    with acting(by):
        return actions.log_police_message(
            report_id=report.id, given_at=RECORDED, given_to="Control room, operator 7", by=by, at=RECORDED
        )


def test_the_message_to_the_police_says_what_the_template_says_and_nothing_is_sent(yusuf, tia):
    with acting_for(operator(yusuf.authority_id), "test"):
        for purpose, number in (("placement_notices", "01632 960300"), ("out_of_hours", "01632 960301")):
            Contact.objects.create(
                authority_id=yusuf.authority_id,
                purpose=purpose,
                telephone=number,
                starts_on=date(2026, 1, 1),
                confirmed_on=date(2026, 1, 1),
                confirmed_by="Operator",
            )
    report = went_missing(yusuf, tia)

    given = give_to_the_police(yusuf, report)

    assert given.text.splitlines() == [
        "To: Police missing coordinator",
        f"From: {authority(ROTHERHAM).name}",
        "About: a child missing",
        "Child: Tia Sallow",
        "Date of birth: 6 July 2012",
        "Sex: Female",
        "Our reference: CB-0912",
        "Lives at: 3 Invented Road, LS1 8ED",
        "Missing since: Sat 27 March 2027, 21:00 GMT",
        "Where last seen: The bus station, alone",
        "Whereabouts known: No",
        "Came back: Not yet",
        "Ring us: 01632 960300 or 01632 960301",
    ]
    assert (given.given_by, given.given_to, given.given_at) == ("Yusuf Karim", "Control room, operator 7", RECORDED)
    with acting(yusuf):
        assert Document.objects.filter(kind="missing_notice").count() == 1, "nothing went to the police"


def test_the_message_to_the_police_keeps_a_closed_address(yusuf):
    closed = placed_at_a_closed_address(yusuf)

    given = give_to_the_police(yusuf, went_missing(yusuf, closed, last_seen="12 Canary Lane"))

    assert "anary" not in given.text
    assert "LS1 8ED" not in given.text


def test_a_message_to_the_police_names_who_took_it_and_is_not_of_tomorrow(yusuf, tia):
    report = went_missing(yusuf, tia)

    with acting(yusuf):
        for wrong in ({"given_to": " "}, {"given_at": RECORDED + timedelta(minutes=1)}):
            given = {"given_at": RECORDED, "given_to": "Operator 7"} | wrong
            with pytest.raises(UnreadableField):
                actions.log_police_message(report_id=report.id, **given, by=yusuf, at=RECORDED)


def test_every_step_leaves_a_line_in_the_log_book_with_ids_alone(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    give_to_the_police(yusuf, report)
    says(dele, Word.ACCEPTS, words="CANARY")
    record(yusuf, report, InterviewEnding.DONE)

    with acting(yusuf):
        lines = LogEntry.objects.filter(subject_ids__contains=[report.id])
        assert {line.operation for line in lines} == {
            f"missing.{step}"
            for step in ("report", "record_return", "ask_host", "police", "hand_over", "record_interview")
        }
        assert "Tia" not in str([line.detail for line in lines])
    with acting(dele):
        [line] = LogEntry.objects.filter(operation="missing.answer")
        assert line.detail == {"word": "accepts_interview"}


BROKEN = {
    "missing_report_one_open_per_child": {},
    "missing_report_says_where_last_seen": {"last_seen": "", "returned_at": RETURNED, "interview_due_at": DUE},
    "missing_report_return_starts_the_clock": {"returned_at": RETURNED},
    "missing_report_interview_after_return": {
        "interview_outcome": "done",
        "interview_at": TALKED,
        "interview_by": "Ana Reyes",
    },
    "missing_report_interview_short_of_done_has_its_reason": {
        "returned_at": RETURNED,
        "interview_due_at": DUE,
        "interview_outcome": "declined",
        "interview_at": TALKED,
        "interview_by": "Ana Reyes",
    },
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_itself_refuses_a_report_that_contradicts_itself(yusuf, tia, constraint):
    """The first breaks the rule by being a second open one; the others are no valid report of their own."""
    went_missing(yusuf, tia)
    if constraint == "missing_report_interview_after_return":
        with acting(yusuf):
            MissingReport.objects.update(returned_at=RETURNED, interview_due_at=DUE)

    with acting(yusuf), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MissingReport.objects.create(
            **{
                "authority_id": yusuf.authority_id,
                "child_id": tia.child_id,
                "missing_since": SINCE,
                "last_seen": "Somewhere",
                "interview_owner_id": yusuf.authority_id,
                "recorded_at": RECORDED,
                "recorded_by": "a direct insert",
                **BROKEN[constraint],
            }
        )


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("police_message_recorded_after_it_was_given", {"given_at": RECORDED + timedelta(minutes=1)}),
        ("police_message_says_who_told_whom_what", {"given_to": ""}),
        ("police_message_says_who_told_whom_what", {"text": ""}),
    ],
)
def test_the_database_itself_refuses_a_message_that_nobody_took(yusuf, tia, constraint, wrong):
    report = went_missing(yusuf, tia)

    given = {"text": "A text", "given_at": RECORDED, "given_by": "Yusuf", "given_to": "Operator 7"} | wrong
    with acting(yusuf), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PoliceMessage.objects.create(
            authority_id=yusuf.authority_id, report=report, recorded_at=RECORDED, recorded_by="Yusuf", **given
        )


def test_placewatch_takes_in_what_was_said_as_itself(yusuf, dele, tia):
    report = came_back(yusuf, tia, is_host_asked=True)
    says(dele, Word.ACCEPTS)

    return_interviews.take_in(yusuf.authority_id, at=ASKED)

    with acting(yusuf):
        [line] = [one for one in queries.timeline(report.placement) if "took on the interview" in one.words]
        assert line.by == service(yusuf.authority_id).name
        assert authority(LEEDS).name not in line.words, "the timeline of a closed address names no area"
