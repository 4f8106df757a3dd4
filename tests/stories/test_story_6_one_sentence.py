"""Story 6, one sentence that helps, and the police keep control: shared on a Friday, no storm, and taken back."""

from datetime import date

import pytest

from accounts.acting import acting_for
from duties.models import Duty
from notifications.models import NewLines
from tests.stories.canal_street import CanalStreet, at

PUBLISHED = at(4, 9, 14, 10)
CHECKED = at(4, 9, 14, 12)
KIT_READS = (
    "An area of concern shared by Brackwater lies within 1,000 metres of this address. Collected by car, evenings. "
    "Last supported March 2027; review 9 July 2027. Not to be passed to carers or providers without agreement. "
    "Ring 01632 960202."
)
RING = "Ring Brackwater's exploitation lead, 01632 960202."


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


def test_lee_is_far_away_and_nobody_is_told(street):
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
