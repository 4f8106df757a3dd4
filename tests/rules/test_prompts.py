"""What is worth thinking of is practice: said once, in words, and never a duty."""

from datetime import date

import pytest

from placements.rules.finding import Basis
from placements.rules.prompts import Stay, prompts

STARTED = date(2026, 12, 7)


def said(stay: Stay, on: date = STARTED) -> list[tuple[str, str]]:
    return [(one.code, one.sentence) for one in prompts(stay=stay, on=on)]


def test_a_temporary_stay_owes_no_new_notice_and_is_registered_when_it_turns_into_more():
    [(code, sentence)] = said(Stay(is_temporary=True, starts_on=STARTED))
    assert code == "temporary_stay"
    assert sentence == (
        "A temporary stay inside a placement that goes on: no new notice is owed for it. If it turns into more than that, "
        "register it as a move."
    )


# Six weeks after Mon 7 December 2026 is Mon 18 January 2027.
@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (
            date(2027, 1, 17),
            "In hospital in Leeds: no notice is owed for a stay. If it lasts, Leeds may need to know.",
        ),
        (
            date(2027, 1, 18),
            "In hospital in Leeds since Mon 7 December 2026, 6 weeks or more: Leeds may need to know.",
        ),
    ],
)
def test_a_hospital_elsewhere_may_matter_to_its_authority_once_the_stay_lasts(on, sentence):
    stay = Stay(host="Leeds", is_temporary=True, is_hospital=True, starts_on=STARTED)
    assert said(stay, on) == [("hospital_elsewhere", sentence)]


def test_a_hospital_in_our_own_area_is_a_temporary_stay_like_others():
    stay = Stay(is_temporary=True, is_hospital=True, starts_on=STARTED)
    assert [code for code, _ in said(stay)] == ["temporary_stay"]


def test_an_ordinary_placement_prompts_nothing():
    assert said(Stay(host="Leeds", starts_on=STARTED)) == []


def test_every_prompt_is_practice():
    stay = Stay(host="Leeds", is_hospital=True, starts_on=STARTED, moved_house_on=date(2026, 12, 20))
    found = prompts(stay=stay, on=STARTED)
    assert [one.code for one in found] == ["hospital_elsewhere", "carer_moved_house"]
    assert {one.basis for one in found} == {Basis.PRACTICE}
    assert all(one.due is None for one in found)
