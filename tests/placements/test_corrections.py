"""What was recorded wrongly is put right, with the reason; what was recorded stays to be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import RequestFactory
from psycopg.errors import CheckViolation, UniqueViolation

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.actions import close_as_met
from duties.models import Closing, Duty
from placements import queries
from placements.actions import missing
from placements.actions.amend import correct
from placements.actions.emergencies import FiveAnswers, NotInRegister, register_emergency
from placements.actions.identify import identify_child
from placements.exceptions import AlreadyRegistered, DoesNotFit, UnreadableField
from placements.models import Amendment, Child, Placement
from placements.place.amendments import Changes
from placements.place.places import Place
from placements.returns import superseded
from placements.rules.missing import InterviewEnding
from tests.factories import NOON, PlaceTo, acting, child, person, placement_at
from web.views import errors

LATER = datetime(2027, 1, 11, 12, 0, tzinfo=UTC)


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def tom(db):
    return person(role=Role.MANAGER, name="Tom Oakes")


def corrected(placement, by, **changes):
    with acting(by):
        return correct(placement_id=placement.id, changes=Changes(**changes), reason="The carer rang", by=by, at=LATER)


# The factory's placement ran from Mon 7 December 2026, 15:00, to Sun 20 December 2026, 9:00.


def test_the_end_of_an_ended_placement_is_put_right_and_what_it_said_is_kept(priya, tom):
    made = placement_at("ended", priya)

    corrected(made, tom, ended_at=datetime(2026, 12, 18, 9, 0, tzinfo=UTC))

    with acting(tom):
        made.refresh_from_db()
        assert (made.status, made.ends_on) == ("ended", date(2026, 12, 18))
        kept = Amendment.objects.get(placement=made)
        assert (kept.kind, kept.earlier) == ("corrected", {"ended_at": "2026-12-20T09:00:00+00:00"})
        assert any("Corrected: the end: The carer rang" == line.words for line in queries.timeline(made))
        assert Duty.objects.get(kind="ending_notice_to_people", closed_at=None).due_on == date(2026, 12, 18)


def test_whoever_was_told_the_wrong_day_is_told_the_right_one_and_stays_told_in_time(priya, tom):
    made = placement_at("ended", priya)
    with acting(tom):
        told = Duty.objects.get(kind="ending_notice_to_people")
        close_as_met(told.id, evidence="Letters", by=tom.name, at=LATER, done_at=NOON + timedelta(days=8))

    corrected(made, tom, ended_at=datetime(2026, 12, 18, 9, 0, tzinfo=UTC))

    with acting(tom):
        told.refresh_from_db()
        assert told.closing == Closing.MET
        asked = Duty.objects.get(kind="right_day_of_ending")
        assert (asked.basis, asked.due_on) == ("practice", None)
        assert "Fri 18 December 2026" in asked.title


@pytest.mark.parametrize(
    ("ended_at", "words"),
    [
        (datetime(2026, 12, 7, 14, 0, tzinfo=UTC), "after the start"),
        (LATER + timedelta(days=1), "lies behind us"),
    ],
)
def test_an_end_that_cannot_be_is_refused(priya, tom, ended_at, words):
    with pytest.raises(UnreadableField, match=words):
        corrected(placement_at("ended", priya), tom, ended_at=ended_at)


def test_an_end_within_the_next_placement_is_refused(priya, tom):
    kayla = child(priya)
    first = placement_at("ended", priya, of=kayla)
    with acting(priya):
        register_emergency(
            FiveAnswers(
                kayla.id,
                PlaceTo.IN_AREA,
                "childrens_home",
                date(2026, 12, 22),
                "At risk",
                datetime(2026, 12, 22, 9, 0, tzinfo=UTC),
            ),
            by=priya,
            at=LATER,
        )
    with pytest.raises(UnreadableField, match="in another placement by that day"):
        corrected(first, tom, ended_at=datetime(2026, 12, 23, 9, 0, tzinfo=UTC))


def test_the_end_of_a_placement_that_has_not_ended_is_recorded_and_not_corrected(priya, tom):
    with pytest.raises(UnreadableField, match="It has not ended"):
        corrected(placement_at("started", priya), tom, ended_at=LATER)


def test_a_correction_is_a_supervisors_or_a_managers(priya):
    with pytest.raises(NotPermitted):
        corrected(placement_at("ended", priya), priya, ended_at=datetime(2026, 12, 18, 9, 0, tzinfo=UTC))


@pytest.fixture
def sami(priya) -> Placement:
    """A child whom nobody found in the register, placed in an emergency."""
    answers = FiveAnswers(
        NotInRegister("Sami", "", 14), Place(), "childrens_home", date(2026, 12, 1), "At the station", NOON
    )
    with acting(priya):
        return register_emergency(answers, by=priya, at=NOON)


def identified(sami, by, **changes):
    given = {
        "reference": "AG-4000",
        "given_name": "Sami",
        "family_name": "Haddad",
        "born_on": date(2012, 5, 4),
        "looked_after_since": date(2026, 12, 1),
        "legal_status": "V2",
    }
    with acting(by):
        return identify_child(child_id=sami.child_id, **(given | changes), by=by, at=LATER)


def test_a_provisional_reference_is_replaced_by_the_real_one_wherever_it_is_shown(sami, priya):
    provisional = sami.child.reference

    identified(sami, priya)

    with acting(priya):
        one = Child.objects.get(id=sami.child_id)
        assert (one.reference, one.name, one.born_on) == ("AG-4000", "Sami Haddad", date(2012, 5, 4))
        assert one.care_periods.get().starts_on == date(2026, 12, 1)
        assert Duty.objects.get(kind="identify_child").closing == Closing.MET
        assert not Duty.objects.filter(subject_reference=provisional).exists()
        assert any(provisional in line.words for line in queries.timeline(sami))


def test_a_reference_that_stands_for_another_record_is_refused(sami, priya):
    child(priya, reference="AG-4000")
    with pytest.raises(AlreadyRegistered):
        identified(sami, priya)


def test_only_a_provisional_reference_is_replaced(priya, sami):
    identified(sami, priya)
    with pytest.raises(UnreadableField, match="not a provisional one"):
        identified(sami, priya, reference="AG-4001")


def talked_with(by):
    """A child of whom it was recorded by mistake that the interview after the return is done."""
    placement = placement_at("started", by, place=PlaceTo.IN_AREA)
    back_at = placement.started_at + timedelta(hours=2)
    with acting(by):
        report = missing.report_missing(
            child_id=placement.child_id,
            missing_since=placement.started_at,
            last_seen="Town",
            returned_at=back_at,
            by=by,
            at=back_at,
        )
        return missing.record_interview(
            report_id=report.id,
            ending=InterviewEnding.DONE,
            interviewed_at=back_at,
            interviewed_by="Ana Reyes",
            by=by,
            at=back_at,
        )


def test_an_interview_recorded_by_mistake_is_owed_again_by_the_same_instant(priya, tom):
    report = talked_with(priya)
    with acting(tom):
        due_at = Duty.objects.get(kind="return_interview").due_at
        missing.take_interview_back(report_id=report.id, reason="It was her brother", by=tom, at=LATER)
        report.refresh_from_db()
        assert (report.interview_outcome, report.interview_at) == ("", None)
        assert Duty.objects.get(kind="return_interview", closed_at=None).due_at == due_at
        assert any("It had said: Interview completed" in line.words for line in queries.timeline(report.placement))
        with pytest.raises(DoesNotFit, match="nothing to take back"):
            missing.take_interview_back(report_id=report.id, reason="Again", by=tom, at=LATER)
    with acting(priya), pytest.raises(NotPermitted):
        missing.take_interview_back(report_id=report.id, reason="Mine", by=priya, at=LATER)


def test_what_a_placement_asked_for_that_the_newest_return_does_not_hold_is_closed_with_a_line(priya):
    made = placement_at("started", priya)
    kept = placement_at("started", priya)
    with acting(priya):
        Placement.objects.filter(id=made.id).update(source=Placement.Source.RETURN, superseded_at=NOON)
        open_before = Duty.objects.filter(subject_id=made.id, closed_at=None).count()

        assert superseded.close_what_was_owed(priya.authority_id, by="Operator", at=LATER) == open_before > 0

        assert {one.reason for one in Duty.objects.filter(subject_id=made.id, closing=Closing.NOT_OWED)} == {
            superseded.REASON
        }
        assert Duty.objects.filter(subject_id=kept.id, closed_at=None).exists()


def _refused(cause: type[Exception]) -> IntegrityError:
    error = IntegrityError()
    error.__cause__ = cause()
    return error


def test_the_second_of_two_who_record_the_same_at_once_reads_a_sentence(priya):
    refusal = _refused(UniqueViolation)
    assert errors.is_expected(refusal)
    page = errors.refused(RequestFactory().get("/"), refusal)
    assert page.status_code == 409
    assert b"at the same moment" in page.content


def test_any_other_contradiction_stays_a_fault_of_ours():
    assert not errors.is_expected(_refused(CheckViolation))
