"""Letters to the people of reg. 13(2): one page of recipients, exact copies, and duties that close on evidence."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.actions import close_as_met
from duties.models import Closing, Duty
from placements import queries
from placements.actions.endings import record_ending
from placements.actions.new_dates import move_start
from placements.actions.withholdings import end_withholding
from placements.exceptions import NothingEnds, UnreadableField
from placements.letters import check, correspondents, given, offered, prepare
from placements.letters.check import About, Standing
from placements.letters.exceptions import (
    HoldsWhatIsLeftOut,
    NothingToWrite,
    NotWrittenTo,
    OnTheListAlready,
    SaidAlready,
)
from placements.models import Correspondent, Letter, Placement
from tests.factories import NOON, SHEFFIELD, PlaceTo, acting, child, person, placement_at
from tests.placements.letters import pdf
from tests.placements.letters.world import FATHER, decide, decided_as_in_the_story, listed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
LATER = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


@pytest.fixture
def plan(hari):
    return placement_at(Placement.Status.PROPOSED, hari)


@pytest.fixture
def people(plan, hari):
    decided_as_in_the_story(plan, hari)
    made = listed(plan, hari)
    with acting(hari):
        for one in (made["parents"],):
            for decision in correspondents.decisions_of(plan, "parents"):
                if correspondents.said(one, decision) is None:
                    say(hari, one, decision, is_the_one=False)
    return made


def say(hari, one, decision, *, is_the_one):
    with acting(hari):
        return correspondents.say_about(
            correspondent_id=one.id, withholding_id=decision.id, is_the_one=is_the_one, by=hari, at=NOON
        )


def lines(plan, hari, about=About.PLACEMENT):
    with acting(hari):
        return check.lines(plan, about, on=TODAY)


def write(plan, hari, *people, about="placement", at=NOON):
    with acting(hari):
        ids = [one.id for one in people]
        return prepare.prepare(placement_id=plan.id, about=about, correspondent_ids=ids, by=hari, at=at)


def mark(hari, letters, fact, on=TODAY, at=NOON, **more):
    with acting(hari):
        return given.mark(letter_ids=[one.id for one in letters], fact=fact, on=on, by=hari, at=at, **more)


def owed(hari, plan, kind) -> Duty:
    with acting(hari):
        return Duty.objects.get(kind=kind, subject_id=plan.id)


def give_all(hari, letters, on=TODAY, at=NOON):
    how = {"by_hand": "handed_over", "post": "posted", "secure_email": "sent"}
    for channel, fact in how.items():
        if reached := [one for one in letters if one.correspondent.channel == channel]:
            mark(hari, reached, fact, on=on, at=at)


def test_the_page_has_each_line_once_with_its_address_and_the_withheld_one_with_who_decided_and_when(
    plan, hari, people
):
    found = lines(plan, hari)

    assert len(found) == 13
    assert [line.shows_address for line in found if line.kind.code in ("parents", "contact_in_care")] == [False] * 3
    [father] = [line for line in found if line.standing is Standing.WITHHELD]
    assert (father.name, father.correspondent) == (FATHER, None)
    assert "decided by Tom Oakes on Mon 30 November 2026" in father.sentence
    assert "look at the decision again" in father.sentence
    ready = [line for line in found if line.standing is Standing.READY]
    assert [line.kind.code for line in ready][:3] == ["child", "parents", "contact_in_care"]
    assert len(ready) == 12


def test_the_withheld_person_is_refused_by_name_when_put_on_the_list(plan, hari, people):
    with acting(hari), pytest.raises(NotWrittenTo, match="decided by Tom Oakes on Mon 30 November 2026"):
        correspondents.add(
            placement_id=plan.id, code="parents", name=" sam  TOLLAND ", channel="by_hand", by=hari, at=NOON
        )


def test_of_somebody_under_another_name_it_is_asked_and_nothing_is_written_until_it_is_said(plan, hari, people):
    with acting(hari):
        other = correspondents.add(
            placement_id=plan.id, code="parents", name="Samuel T.", channel="by_hand", by=hari, at=NOON
        )
        asked = [one for one in correspondents.decisions_of(plan, "parents") if one.what == "notice"]
    with pytest.raises(NotWrittenTo, match="Say whether it is about this person"):
        write(plan, hari, other)

    say(hari, other, asked[0], is_the_one=True)

    with pytest.raises(NotWrittenTo, match="decided by Tom Oakes"):
        write(plan, hari, other)
    [father] = [line for line in lines(plan, hari) if line.standing is Standing.WITHHELD]
    assert father.correspondent == other


def test_a_decision_taken_later_stops_a_person_already_on_the_list(plan, hari, people):
    decide(plan, hari, "e", "Jan Ode", "notice")

    with pytest.raises(NotWrittenTo):
        write(plan, hari, people["previous_carer"])
    with acting(hari):
        assert not Letter.objects.exists()


def test_once_the_decision_is_ended_the_person_is_written_to(plan, hari, people):
    decision = decide(plan, hari, "e", "Jan Ode", "notice")
    with acting(hari):
        end_withholding(withholding_id=decision.id, because="It may be told.", by=hari, at=NOON)

    [letter] = write(plan, hari, people["previous_carer"])

    assert letter.shows_address


def test_a_letter_is_kept_byte_for_byte_with_its_hash_and_never_changed(plan, hari, people):
    [letter] = write(plan, hari, people["school"])

    assert letter.sha256 == hashlib.sha256(bytes(letter.content)).hexdigest()
    assert bytes(letter.content).startswith(b"%PDF-1.7")
    with acting(hari), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Letter.objects.filter(id=letter.id).update(content=b"another")


def test_the_pdf_is_tagged_has_its_language_and_a_title_that_names_nobody(plan, hari, people):
    [letter] = write(plan, hari, people["school"])

    held = pdf.everything(bytes(letter.content))

    for wanted in (b"/StructTreeRoot", b"/Marked true", b"/Lang (en-GB)", b"pdfuaid", b"/DisplayDocTitle true"):
        assert wanted in held
    assert f"Letter {letter.reference}" in letter.html
    assert b"Kayla" not in held


def test_the_childs_letter_is_in_the_childs_words_and_names_the_reviewing_officer(plan, hari, people):
    [letter] = write(plan, hari, people["child"])

    assert "Dear Kayla," in letter.html
    assert "This is where your new home is" in letter.html
    assert "Pat Hume is your reviewing officer" in letter.html
    assert "regulation" not in letter.html


def test_letters_tell_a_body_the_day_of_birth_and_a_parent_not(plan, hari, people):
    school, mother = (write(plan, hari, people[code])[0] for code in ("school", "parents"))

    assert "born 14 November 2012" in school.html
    assert "14 November 2012" not in mother.html


def test_marked_letters_are_dated_lines_of_the_childs_record_by_whom_and_when(plan, hari, people):
    [letter] = write(plan, hari, people["parents"])

    mark(hari, [letter], "printed", done_by="Post room")
    mark(hari, [letter], "posted", on=date(2026, 12, 2), at=LATER, done_by="Post room")

    with acting(hari):
        said = [(line.words, line.happened_at.date(), line.by) for line in queries.timeline(plan)]
    assert (f"Letter {letter.reference} to Ros Tolland: posted: By Post room", date(2026, 12, 2), "Hari Lal") in said


@pytest.mark.parametrize(
    ("on", "field"), [(TODAY + timedelta(days=1), "on"), (TODAY - timedelta(days=1), "on")], ids=["ahead", "too early"]
)
def test_a_day_that_cannot_be_is_refused(plan, hari, people, on, field):
    letters = write(plan, hari, people["parents"])

    with pytest.raises(UnreadableField) as refusal:
        mark(hari, letters, "posted", on=on)
    assert refusal.value.field == field


def test_a_fact_is_recorded_once(plan, hari, people):
    letters = write(plan, hari, people["parents"])
    mark(hari, letters, "posted")

    with pytest.raises(SaidAlready, match="posted already"):
        mark(hari, letters, "posted")


def test_the_duty_closes_when_everybody_whom_the_law_names_is_told_and_not_before(plan, hari, people):
    letters = write(plan, hari, *people.values())
    give_all(hari, [one for one in letters if one.correspondent.code != "gp_to_be"])
    assert owed(hari, plan, "notice_to_people").closed_at is None

    give_all(hari, [one for one in letters if one.correspondent.code == "gp_to_be"], on=date(2026, 12, 2), at=LATER)

    duty = owed(hari, plan, "notice_to_people")
    assert duty.closing == Closing.MET
    assert duty.evidence.startswith("12 told by letter, 1 withheld:")
    assert duty.done_at.date() == date(2026, 12, 2)


def test_a_kind_of_which_the_list_says_nothing_holds_the_duty_up_until_it_says_why_nobody(plan, hari, people):
    with acting(hari):
        correspondents.remove(correspondent_id=people["gp_to_be"].id, by=hari, at=NOON)
    letters = write(plan, hari, *(one for code, one in people.items() if code != "gp_to_be"))
    give_all(hari, letters)
    with acting(hari):
        [left] = check.still_to_do(plan, check.lines(plan, About.PLACEMENT, on=TODAY), About.PLACEMENT, on=TODAY)
    assert "Say who is the general practitioner to be" in left

    with acting(hari):
        correspondents.add(placement_id=plan.id, code="gp_to_be", nobody_because="She keeps her own.", by=hari, at=NOON)
        given.close_what_is_met(plan, About.PLACEMENT, by=hari, at=NOON)

    assert owed(hari, plan, "notice_to_people").closing == Closing.MET


def test_the_reviewing_officer_is_given_hers_in_placewatch_which_meets_that_duty(plan, hari, people):
    [letter] = write(plan, hari, people["iro"])

    assert owed(hari, plan, "iro_told").closing == Closing.MET
    assert owed(hari, plan, "letter_to_read").role == Role.INDEPENDENT_REVIEWING_OFFICER
    with acting(hari):
        assert letter.facts.get().fact == "shown"


def test_nobody_else_reads_a_letter_in_placewatch(plan, hari):
    arguments = {"placement_id": plan.id, "code": "parents", "name": "Ros Tolland", "channel": "in_product"}
    with acting(hari), pytest.raises(UnreadableField) as refusal:
        correspondents.add(**arguments, by=hari, at=NOON)
    assert refusal.value.field == "channel"


def test_whoever_was_told_one_day_is_told_the_other(plan, hari, people):
    letters = write(plan, hari, people["school"], people["parents"])
    mark(hari, letters[1:], "sent")
    mark(hari, letters[:1], "posted")
    meet_the_duty(hari, plan)
    with acting(hari):
        move_start(
            placement_id=plan.id, planned_start_on=date(2026, 12, 9), reason="The carer is ill", by=hari, at=LATER
        )
        plan.refresh_from_db()
    later = LATER + timedelta(minutes=5)

    [school, mother] = sorted(
        write(plan, hari, people["school"], people["parents"], about="new_date", at=later),
        key=lambda one: one.shows_address,
    )[::-1]

    assert "it is Wednesday 9 December 2026 now" in school.html
    assert "Invented Road" not in mother.html
    mark(hari, [school], "sent", on=later.date(), at=later)
    assert owed(hari, plan, "new_date_to_people").closed_at is None
    mark(hari, [mother], "posted", on=later.date(), at=later)
    assert owed(hari, plan, "new_date_to_people").closing == Closing.MET
    with pytest.raises(NotWrittenTo):
        write(plan, hari, people["gp_now"], about="new_date", at=later)


def meet_the_duty(hari, plan):
    """As if the others had been told on paper before."""
    duty = owed(hari, plan, "notice_to_people")
    with acting(hari):
        close_as_met(duty.id, evidence="On paper.", by=hari.name, at=NOON)


def test_a_decision_taken_after_the_letter_was_made_keeps_it_from_the_printer(plan, hari, people):
    carer, school = write(plan, hari, people["previous_carer"], people["school"])
    with acting(hari):
        assert offered.to_go_out([carer, school]) == [carer, school]

    decide(plan, hari, "e", "Jan Ode", "address")

    with acting(hari):
        assert offered.to_go_out(with_reader(carer, school)) == [school]
        assert offered.held_back(carer).person == "Jan Ode"


def test_no_letter_is_corrected_before_it_is_said_whether_a_newer_decision_is_about_its_reader(plan, hari, people):
    [letter] = write(plan, hari, people["previous_carer"])
    decision = decide(plan, hari, "e", "The last carer", "address")
    with acting(hari), pytest.raises(NotWrittenTo, match="Say whether it is about this person"):
        prepare.correct(letter_id=letter.id, correction="The day was wrong.", by=hari, at=LATER)

    say(hari, people["previous_carer"], decision, is_the_one=True)

    with acting(hari):
        assert not prepare.correct(
            letter_id=letter.id, correction="The day was wrong.", by=hari, at=LATER
        ).shows_address


def with_reader(*letters):
    ids = [one.id for one in letters]
    return Letter.objects.filter(id__in=ids).select_related("placement__child", "correspondent")


def test_a_replaced_letter_is_not_printed_again(plan, hari, people):
    [first] = write(plan, hari, people["previous_carer"])
    with acting(hari):
        second = prepare.correct(letter_id=first.id, correction="The day was wrong.", by=hari, at=LATER)

        assert offered.to_go_out(with_reader(first, second)) == [second]


def test_nobody_is_written_to_twice_and_a_correction_goes_to_one_reader_and_keeps_the_first(plan, hari, people):
    [first] = write(plan, hari, people["school"])
    with pytest.raises(NotWrittenTo, match="corrected one"):
        write(plan, hari, people["school"])

    with acting(hari):
        second = prepare.correct(letter_id=first.id, correction="The day was wrong.", by=hari, at=LATER)

    assert f"takes the place of our letter {first.reference} of 1 December 2026. The day was wrong." in second.html
    [school] = [line for line in lines(plan, hari) if line.kind.code == "school"]
    assert (school.letter, school.standing) == (second, Standing.WRITTEN)
    with acting(hari):
        assert Letter.objects.count() == 2


def test_a_correction_that_writes_out_the_address_to_who_is_not_told_it_is_refused(plan, hari, people):
    [letter] = write(plan, hari, people["parents"])

    for words in ("She is at 3  invented ROAD.", "The postcode is ls18ed.", "It is in Leeds.", "At <3 Invented Road>."):
        with acting(hari), pytest.raises(HoldsWhatIsLeftOut):
            prepare.correct(letter_id=letter.id, correction=words, by=hari, at=LATER)


def test_no_letter_names_who_is_withheld_not_even_in_a_correction(plan, hari, people):
    [letter] = write(plan, hari, people["school"])

    with acting(hari), pytest.raises(HoldsWhatIsLeftOut):
        prepare.correct(letter_id=letter.id, correction="Do not tell Sam Tolland.", by=hari, at=LATER)


def test_a_closed_address_stands_in_no_letter(hari):
    closed = placement_at(Placement.Status.PROPOSED, hari, is_restricted=True)
    people = listed(closed, hari)

    [letter] = write(closed, hari, people["school"])

    assert not letter.shows_address
    assert "Invented Road" not in letter.html
    assert "This letter does not say where." in letter.html


def test_of_a_closed_address_only_whoever_has_a_grant_reads_the_list_and_the_letters(hari):
    closed = placement_at(Placement.Status.PROPOSED, hari, is_restricted=True)
    write(closed, hari, listed(closed, hari)["school"])
    other = person(name="Tom Oakes", role=Role.MANAGER)

    with acting(other):
        assert (Letter.objects.count(), Correspondent.objects.count()) == (0, 0)
    with acting(hari):
        assert Letter.objects.count() == 1


def test_ending_letters_come_from_the_same_list_the_father_still_withheld(hari):
    of = child(hari)
    now = placement_at(Placement.Status.STARTED, hari, of=of)
    decided_as_in_the_story(now, hari)
    people = listed(now, hari)
    say(
        hari,
        people["parents"],
        next(d for d in decisions(hari, now, "parents") if d.what == "notice"),
        is_the_one=False,
    )
    at = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
    told = write(now, hari, people["parents"], people["school"], at=at)
    mark(hari, told[:1], "posted", on=at.date(), at=at)
    mark(hari, told[1:], "sent", on=at.date(), at=at)
    with pytest.raises(NothingEnds):
        write(now, hari, people["school"], about="intention", at=at)

    with acting(hari):
        record_ending(placement_id=now.id, how="by_us", planned_on=date(2027, 1, 11), by=hari, at=at)
        now.refresh_from_db()

    found = {line.name: line.standing for line in lines(now, hari, About.INTENTION)}

    assert found["Ros Tolland"] is Standing.READY
    assert found["Brackwater High"] is Standing.READY
    assert found[FATHER] is Standing.WITHHELD
    assert found["Mill Surgery"] is Standing.NOT_TOLD
    letters = write(now, hari, people["parents"], people["school"], about="intention", at=at)
    give_all(hari, letters, on=at.date(), at=at)
    assert owed(hari, now, "ending_notice_to_people").closing == Closing.MET
    assert "Monday 11 January 2027" in letters[0].html


def decisions(hari, placement, code):
    with acting(hari):
        return correspondents.decisions_of(placement, code)


def test_a_list_is_taken_over_from_the_last_placement_without_who_is_withheld(hari):
    of = child(hari)
    old = placement_at(Placement.Status.ENDED, hari, of=of)
    listed(old, hari)
    new = placement_at(Placement.Status.PROPOSED, hari, of=of, place=PlaceTo.ADJOINING)
    decide(new, hari, "b", "Ros Tolland", "notice")

    with acting(hari):
        taken = correspondents.take_over(placement_id=new.id, from_placement_id=old.id, by=hari, at=LATER)

    assert "Ros Tolland" not in {one.name for one in taken}
    assert len(taken) == 11
    with acting(hari), pytest.raises(OnTheListAlready):
        correspondents.take_over(placement_id=new.id, from_placement_id=old.id, by=hari, at=LATER)


def test_nobody_ticked_is_refused(plan, hari, people):
    with pytest.raises(NothingToWrite):
        write(plan, hari)


def test_another_authority_reads_no_letter_and_marks_none(plan, hari, people):
    letters = write(plan, hari, people["school"])
    theirs = person(SHEFFIELD)

    with acting(theirs):
        assert not Letter.objects.exists()
        with pytest.raises(Letter.DoesNotExist):
            given.mark(letter_ids=[letters[0].id], fact="sent", on=TODAY, by=theirs, at=NOON)


def test_an_inspector_prepares_nothing(plan, hari, people):
    inspector = person(role=Role.INSPECTOR, name="Ingrid Vale")

    with acting(inspector), pytest.raises(NotPermitted):
        prepare.prepare(
            placement_id=plan.id, about="placement", correspondent_ids=[people["school"].id], by=inspector, at=NOON
        )
