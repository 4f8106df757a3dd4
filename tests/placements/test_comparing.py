"""Is only that new which a reader is told otherwise? Stored answers in, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.overlay.comparing import Result, differences, result

KIND = {"level": "proximity", "concern": "collected by car", "within_metres": 1000, "has_conditions": True}
OWN = {"level": "own", "concern": "a park", "reference": "A1", "name": "The park", "is_inside": False, "metres": 300.0}


def answer(*areas, owner="1", state="near", sentences=("Something lies near.",)):
    entry = {"authority_id": owner, "name": f"Owner {owner}", "state": state, "areas": list(areas)}
    return {"is_located": True, "authorities": [entry | {"sentences": list(sentences)}]}


def came_of(before, after):
    return result(differences(before, after))


def test_an_area_that_was_not_near_has_entered():
    assert came_of(answer(), answer(KIND)) is Result.ENTERED


def test_without_a_check_before_everything_near_has_entered():
    assert came_of(None, answer(KIND)) is Result.ENTERED
    assert came_of(None, answer()) is Result.UNCHANGED


def test_an_area_that_is_near_no_more_has_left_also_where_its_owner_is_not_asked_any_more():
    assert came_of(answer(KIND), answer()) is Result.LEFT
    assert came_of(answer(KIND), {"is_located": True, "authorities": []}) is Result.LEFT


@pytest.mark.parametrize(
    "said", [{"review_on": "2027-10-22"}, {"last_supported_on": "2027-04-01"}, {"version_id": "2"}, {"is_stale": True}]
)
def test_another_date_another_version_or_old_age_is_nothing_new(said):
    assert (
        came_of(answer(KIND | {"review_on": "2027-07-09", "version_id": "1"}), answer(KIND | said)) is Result.UNCHANGED
    )


def test_below_geometry_level_an_area_that_moved_and_reads_the_same_is_unchanged():
    assert came_of(answer(KIND), answer(dict(KIND))) is Result.UNCHANGED


def test_other_metres_to_an_area_of_ones_own_are_nothing_new():
    assert came_of(answer(OWN), answer(OWN | {"metres": 250.0})) is Result.UNCHANGED


def test_coming_to_lie_inside_is_entering_and_coming_out_is_leaving():
    inside = OWN | {"is_inside": True}
    assert came_of(answer(OWN), answer(inside)) is Result.ENTERED
    assert came_of(answer(inside), answer(OWN)) is Result.LEFT
    assert came_of(answer(OWN), answer(OWN | {"containment": "possibly_inside"})) is Result.ENTERED


def test_more_said_of_the_same_area_is_other_words_and_another_concern_is_another_area():
    contact = {"level": "contact"}
    assert came_of(answer(contact), answer(KIND)) is Result.OTHER_WORDS
    assert came_of(answer(KIND), answer(KIND | {"has_conditions": False})) is Result.OTHER_WORDS
    assert came_of(answer(KIND), answer(KIND | {"concern": "a gang"})) is Result.ENTERED


def test_a_second_area_in_the_same_words_has_entered():
    assert came_of(answer(KIND), answer(KIND, KIND)) is Result.ENTERED
    assert came_of(answer(KIND, KIND), answer(KIND)) is Result.LEFT


def test_what_entered_is_said_before_what_left():
    before = {"is_located": True, "authorities": answer(KIND)["authorities"] + answer(owner="2")["authorities"]}
    after = {"is_located": True, "authorities": answer()["authorities"] + answer(KIND, owner="2")["authorities"]}
    assert [one.result for one in differences(before, after)] == [Result.LEFT, Result.ENTERED]
    assert came_of(before, after) is Result.ENTERED


def test_nobody_shares_any_more_is_nothing_new_where_nothing_was_near():
    assert (
        came_of(answer(state="nothing_near"), answer(state="shares_nothing", sentences=("Nothing.",)))
        is Result.UNCHANGED
    )


AREAS = st.lists(
    st.fixed_dictionaries(
        {
            "level": st.sampled_from(["contact", "proximity", "geometry", "own"]),
            "concern": st.sampled_from([None, "a park", "a shop"]),
            "reference": st.sampled_from([None, "A1", "A2"]),
            "is_inside": st.sampled_from([None, True, False]),
        }
    ),
    max_size=4,
)


@given(AREAS)
def test_a_second_look_at_the_same_finds_nothing_new(areas):
    assert differences(answer(*areas), answer(*reversed(areas))) == []


@given(AREAS, AREAS)
def test_something_new_is_found_exactly_where_somebody_is_told_otherwise(before, after):
    def told(areas):
        return sorted(str(sorted((name, str(value or None)) for name, value in area.items())) for area in areas)

    assert bool(differences(answer(*before), answer(*after))) == (told(before) != told(after))
