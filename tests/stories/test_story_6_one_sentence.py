"""Story 6, one sentence that helps, and the police keep control: shared on a Friday, no storm, and taken back."""

import re
from datetime import date

import pytest

from accounts.acting import acting_for
from duties.models import Duty
from hotspots import actions
from hotspots.exceptions import ConditionBinds, NoLongerShared, PreviewsSpent, SecondPersonIsTheFirst
from hotspots.models import Agreement, Audience, Disclosure, Output, PassingOn, Recall, Shown
from hotspots.overlay.previews import allow_more
from hotspots.sharing import agreements, passing_on, recall
from notifications import documents
from notifications.models import Document, NewLines
from placements.models import Judgement, NewLine, PlacementEvent, Recheck, Screening
from placements.overlay import passing_on as passing
from placements.overlay import recalls
from tests.stories.canal_street import CanalStreet, at
from tests.stories.conftest import CARROWBY, who

PUBLISHED = at(4, 9, 14, 10)
CHECKED = at(4, 9, 14, 12)
KIT_READS = (
    "An area of concern shared by Brackwater lies within 1,000 metres of this address. Collected by car, evenings. "
    "Last supported March 2027; review 9 July 2027. Not to be passed to carers or providers without agreement. "
    "Ring 01632 960202."
)
RING = "Ring Brackwater's exploitation lead, 01632 960202."
LEE_READS = (
    "Brackwater shares; nothing within 1,000 metres; it last looked on 9 April 2027. This says nothing about the place "
    "itself."
)
DUNMERE = "Dunmere has told us nothing. This says nothing about the place itself."


@pytest.fixture
def street(county):
    """Canal Street on the Friday afternoon, published and checked everywhere."""
    street = CanalStreet()
    street.hotspot = street.publish(PUBLISHED)
    street.recheck(CHECKED)
    return street


def test_kits_worker_reads_one_sentence_and_owes_a_judgement_by_friday_16_april(street):
    (line,) = street.lines(street.kits, "Kit")
    assert line.words == [KIT_READS]
    with acting_for(street.kits, "test"):
        owed = Duty.objects.filter(subject_id=street.placements["Kit"].id, kind="judgement").order_by("-raised_at")
        assert owed[0].due_on == date(2027, 4, 16)


def test_noors_worker_reads_whom_to_ring_and_nothing_more(street):
    (line,) = street.lines(street.noors, "Noor")
    assert line.words == [RING]


def test_of_remys_closed_address_two_people_read_whom_to_ring_and_everybody_else_not_even_of_a_check(street):
    for reader in street.granted:
        assert [line.words for line in street.lines(reader, "Remy")] == [[RING]]
        assert street.checks(reader, "Remy")[-1].answer["authorities"][0]["sentences"] == [RING]
    assert street.lines(street.kits, "Remy") == []
    assert street.checks(street.kits, "Remy") == []


def everything_read_by(reader) -> str:
    """Every row of the tables of checks, lines, duties, documents and disclosures that a person's own session reaches."""
    models = (NewLine, Screening, Duty, Document, Disclosure, Recheck, NewLines, PlacementEvent, Judgement)
    with acting_for(reader, "test"):
        return str([list(model.objects.values()) for model in models])


def test_no_reader_learns_the_name_the_grading_the_narrative_or_the_metres(street):
    for reader in (street.kits, street.noors, *street.granted):
        read = everything_read_by(reader)
        for secret in (
            "Canal Street",
            "BW-AC-07",
            "2 B C",
            "CANARY",
            "'metres'",
            "without the originator's agreement",
        ):
            assert secret not in read, (reader.name, secret)
        # As a number of its own: an id may hold these three digits.
        assert not re.search(r"\b640\b", read), reader.name
    assert "BW-AC-07" in everything_read_by(street.olas)


def test_lee_is_far_away_her_worker_reads_what_is_shared_and_what_is_not_and_nobody_is_told(street):
    last = street.checks(street.kits, "Lee")[-1]
    assert [words for one in last.answer["authorities"] for words in one["sentences"]] == [LEE_READS, DUNMERE]
    assert street.lines(street.kits, "Lee") == []


def test_each_person_has_one_word_with_a_count(street):
    with acting_for(street.kits, "test"):
        assert [one.count for one in NewLines.objects.all()] == [1]


def test_a_second_run_tells_nobody_anything(street):
    street.recheck(at(4, 9, 14, 20))
    assert len(street.lines(street.kits, "Kit")) == 1
    assert len(street.checks(street.kits, "Kit")) == 2


def test_moved_800_metres_east_noor_is_told_no_longer_ola_of_coming_out_and_kit_nothing(street):
    street.say(at(4, 19, 10), west=30_800)
    street.recheck(at(4, 19, 10, 2))
    assert [line.what for line in street.lines(street.noors, "Noor")] == ["entered", "left"]
    assert [line.what for line in street.lines(street.olas, "Ola")] == ["entered", "left"]
    assert len(street.lines(street.kits, "Kit")) == 1
    assert len(street.checks(street.kits, "Kit")) == 3
    assert len(street.lines(street.granted[0], "Remy")) == 1


def test_a_new_review_date_tells_nobody_and_is_read_the_next_time(street):
    street.say(at(4, 21, 9), review="2027-10-22")
    street.recheck(at(4, 21, 9, 2))
    assert len(street.lines(street.kits, "Kit")) == 1
    (entry,) = [one for one in street.checks(street.kits, "Kit")[-1].answer["authorities"] if one["areas"]]
    assert "review 22 October 2027" in entry["sentences"][0]


def test_before_publishing_the_effect_is_read_in_words_that_find_no_child(county):
    street = CanalStreet()
    street.agree(at(4, 9, 13, 50))
    street.hotspot = street.say(at(4, 9, 13, 55))
    expected = "Newly near: 1 of our own. Of partner authorities: fewer than five."
    assert street.preview(at(4, 9, 14, 0)) == expected
    assert street.preview(at(4, 9, 14, 1), west=30_050) == expected


def test_after_five_previews_of_one_area_in_a_day_a_second_person_is_asked(county):
    street = CanalStreet()
    street.hotspot = street.say(at(4, 9, 13, 55))
    for minute in range(5):
        street.preview(at(4, 9, 14, minute))
    with pytest.raises(PreviewsSpent, match="ask a second person"):
        street.preview(at(4, 9, 14, 6))
    with acting_for(street.farah, "test"), pytest.raises(SecondPersonIsTheFirst):
        allow_more(street.hotspot.id, by=street.farah, at=at(4, 9, 14, 7))
    with acting_for(street.mark, "test"):
        allow_more(street.hotspot.id, by=street.mark, at=at(4, 9, 14, 8))
    assert street.preview(at(4, 9, 14, 9))
    street.preview(at(4, 10, 9))


def test_the_owner_reads_to_whom_it_was_shown_and_never_which_child(street):
    with acting_for(street.farah, "test"):
        shown = Shown.objects.exclude(version_id=None).values_list("reader__name", flat=True)
        assert set(shown) - {"Brackwater"} == {"Ashford-on-Grid", "Carrowby"}


def test_a_sentence_under_a_condition_is_refused_with_whom_to_ask_and_printed_after_her_yes(street):
    kit, to_carer = street.placements["Kit"], {"audience": Audience.CARER_OR_PROVIDER, "output": Output.LETTER}
    moment = at(4, 14, 10)
    with acting_for(street.kits, "test"):
        with pytest.raises(ConditionBinds, match=r"Norrowshire Police attached a condition\. Ask Brackwater\."):
            passing.pass_on(kit.id, **to_carer, by=street.kits, at=moment)
        (question,) = passing.ask(kit.id, **to_carer, by=street.kits, at=moment)
        assert passing.ask(kit.id, **to_carer, by=street.kits, at=moment) == []
    street.recheck(at(4, 14, 10, 5))
    with acting_for(street.farah, "test"):
        owed = Duty.objects.get(kind="passing_on", closed_at=None)
        assert owed.title == "Answer Ashford-on-Grid: may what we shared be passed on?"
        assert "Kit" not in str(PassingOn.objects.values())
        answered_at = at(4, 14, 11)
        passing_on.answer(question.id, answer="yes", words="Not the street.", by=street.farah, at=answered_at)
        owed.refresh_from_db()
        assert owed.closing == "met"
    with acting_for(street.kits, "test"):
        assert passing.pass_on(kit.id, **to_carer, by=street.kits, at=at(4, 14, 12)).words == [KIT_READS]


def test_when_the_agreement_has_ended_a_new_check_says_so_and_the_old_one_opens_no_condition(street):
    with acting_for(street.kits, "test"):
        read_then = passing.conditions_of(street.checks(street.kits, "Kit")[-1])
        assert [one.conditions for one in read_then] == [
            "Not to carers or providers without the originator's agreement"
        ]
    with acting_for(street.farah, "test"):
        agreement = Agreement.objects.get(partner__name="Ashford-on-Grid")
        agreements.end(agreement.id, ends_at=at(4, 30, 23, 59), by=street.farah, at=at(4, 26, 9))
    street.recheck(at(4, 30, 23, 58))
    assert len(street.lines(street.kits, "Kit")) == 1
    street.recheck(at(5, 1, 9))
    assert [line.what for line in street.lines(street.kits, "Kit")] == ["entered", "left"]
    earlier, newest = street.checks(street.kits, "Kit")[-2:]
    assert "Brackwater shares nothing with you. This says nothing about the place itself." in str(newest.answer)
    assert KIT_READS in str(earlier.answer)
    with acting_for(street.kits, "test"):
        assert passing.conditions_of(earlier) == []


def test_withdrawn_everything_that_used_it_is_listed_and_everybody_told_without_why(street):
    kit, sam = street.placements["Kit"], street.kits
    _pass_on_with_a_yes(street)
    with acting_for(street.farah, "test"):
        actions.withdraw(street.hotspot.id, reason="CANARY source unsafe", by=street.farah, at=at(5, 10, 9))
    street.recheck(at(5, 10, 9, 30))
    said = ["An area of concern that we shared is withdrawn. Do not rely on it. Do not pass it on."]
    for reader, name in ((sam, "Kit"), (street.noors, "Noor"), (street.olas, "Ola"), (street.granted[1], "Remy")):
        assert [line.words for line in street.lines(reader, name) if line.what != "entered"] == [said], name
    with acting_for(sam, "test"):
        uses = recalls.uses(recalls.here().get())
        assert {check.placement_id for check in uses.screenings} == {kit.id}
        assert [one.words for one in uses.passed_on] == [[KIT_READS]]
        told = Document.objects.get(kind="area_recall")
        assert "CANARY" not in str(Document.objects.values())
        assert "CANARY" not in str(recalls.here().values())
    grace = who("Grace Hill", CARROWBY)
    with acting_for(grace, "test"):
        documents.acknowledge(
            Document.objects.get(kind="area_recall").id, actor=grace, post="Notifications officer", at=at(5, 10, 9, 40)
        )
    with acting_for(street.farah, "test"):
        made = Recall.objects.get()
        answered = {one.recipient.name: [fact.fact for fact in one.facts.all()] for one in recall.proof(made)}
        assert answered == {"Ashford-on-Grid": [], "Carrowby": ["acknowledged"]}
    street.recheck(at(5, 10, 9, 50))
    with acting_for(sam, "test"):
        assert Document.objects.get(kind="area_recall").id == told.id
        assert len(street.lines(sam, "Kit")) == 2


def _pass_on_with_a_yes(street) -> None:
    kit, how = street.placements["Kit"].id, {"audience": Audience.CARER_OR_PROVIDER, "output": Output.LETTER}
    with acting_for(street.kits, "test"):
        (question,) = passing.ask(kit, **how, by=street.kits, at=at(4, 20, 9))
    with acting_for(street.farah, "test"):
        passing_on.answer(question.id, answer="yes", by=street.farah, at=at(4, 20, 10))
    with acting_for(street.kits, "test"):
        passing.pass_on(kit, **how, by=street.kits, at=at(4, 20, 11))


def test_what_may_not_be_passed_on_any_more_is_refused(street):
    with acting_for(street.farah, "test"):
        actions.withdraw(street.hotspot.id, reason="Source unsafe", by=street.farah, at=at(5, 10, 9))
    with (
        acting_for(street.kits, "test"),
        pytest.raises(NoLongerShared, match="Brackwater shares this with you no longer"),
    ):
        passing.pass_on(
            street.placements["Kit"].id,
            audience=Audience.CHILD_OR_FAMILY,
            output=Output.LETTER,
            by=street.kits,
            at=at(5, 10, 9, 1),
        )
