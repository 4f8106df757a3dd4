"""Does the page say what goes on where somebody lives, and name what it does not cover with where that is written?"""

import pytest

from leaving_care.rules.status import Status
from leaving_care.rules.whereabouts import Where, whereabouts


def said(where=Where.ENGLAND, status=Status.FORMER_RELEVANT, *, is_held=False, is_at_home=False) -> dict[str, str]:
    found = whereabouts(where=where, status=status, is_held=is_held, is_at_home=is_at_home)
    return {one.code: f"{one.sentence} {one.citation}" for one in found}


@pytest.mark.parametrize("where", [Where.OUR_AREA, Where.ENGLAND])
def test_in_england_nothing_needs_to_be_said(where):
    assert said(where) == {}


def test_wales_is_told_like_england_and_its_own_law_is_named_as_not_covered():
    found = said(Where.WALES)
    assert list(found) == ["wales_is_told", "not_covered_wales", "goes_on_beyond"]
    assert "s. 24C(1)" in found["wales_is_told"]
    assert "Social Services and Well-being (Wales) Act 2014, ss. 104 to 115" in found["not_covered_wales"]


@pytest.mark.parametrize(
    ("where", "act"),
    [
        (Where.SCOTLAND, "Children (Scotland) Act 1995, ss. 26A, 29, 30"),
        (Where.NORTHERN_IRELAND, "Children (Northern Ireland) Order 1995, arts. 34A to 35D"),
    ],
)
def test_beyond_england_and_wales_telling_is_practice_and_our_duties_go_on(where, act):
    (practice, *_) = whereabouts(where=where, status=Status.FORMER_RELEVANT, is_held=False, is_at_home=False)
    assert practice.basis.value == "practice"
    assert act in said(where)[f"not_covered_{where.value}"]
    assert "goes_on_beyond" in said(where)


def test_custody_or_hospital_ends_nothing_and_names_what_is_others_to_do():
    found = said(is_held=True)
    assert list(found) == [
        "held_goes_on",
        "held_visits",
        "hospital_tells",
        "not_covered_remand",
        "not_covered_after_care",
    ]
    assert "s. 117" in found["not_covered_after_care"]


def test_home_to_parents_says_when_the_status_ends_and_returns():
    assert "breaks down" in said(is_at_home=True)["at_home"]


def test_unknown_whereabouts_leave_the_duty_to_be_in_touch_again():
    assert "goes on" in said(Where.NOT_KNOWN)["place_not_known"]
    assert said(Where.NOT_KNOWN, Status.ELIGIBLE) == {}
