"""Is it said until when the case record is kept, by the birthday or by a death?"""

from leaving_care.rules.circumstances import Circumstances
from leaving_care.rules.records import records_kept
from tests.rules.facts import day


def test_record_is_kept_to_the_75th_birthday():
    sentence = records_kept(Circumstances(date_of_birth=day("2009-05-03"))).sentence
    assert "kept until 3 May 2084, the 75th birthday" in sentence


def test_after_a_death_under_18_it_is_kept_fifteen_years_and_after_a_later_one_to_75():
    young = Circumstances(date_of_birth=day("2009-05-03"), died_on=day("2026-02-28"))
    assert "kept until 28 February 2041, 15 years from the death" in records_kept(young).sentence
    adult = Circumstances(date_of_birth=day("2009-05-03"), died_on=day("2027-05-03"))
    assert "kept until 3 May 2084" in records_kept(adult).sentence
