"""The first page of a pack counts what its lists hold: every number here was worked out by hand from the register's seven."""

import pytest

from tests import factories
from tests.placements.pack import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(db):
    register.whole(factories.person())
    return register.answer()


def line(told, question: str) -> tuple:
    """The answer to a question of the first page, and which it is about."""
    return next(row.cells[1:] for row in told.front.rows if row.cells[0] == question)


def test_open_placements_are_counted_and_those_of_no_list_apart(told):
    answer, which = line(told, "Out-of-area placements open in the period")

    assert answer == "4 (and 1 where we cannot tell, 1 in short breaks: no notice owed)"
    assert which == "AA-1; AA-2; AA-3; AA-7"


def test_those_that_began_in_the_period_have_their_days(told):
    assert line(told, "of which began in the period") == (
        "3",
        "AA-1 Mon 7 December 2026; AA-2 Mon 7 December 2026; AA-3 Tue 1 December 2026",
    )


def test_lateness_is_the_day_of_the_rule_whenever_it_was_found(told):
    """AA-3 started in an emergency on Tuesday 1 December: five working days end on Tuesday 8."""
    answer, which = line(told, "Host given complete notice in time")

    assert answer == "1 of the 3 that can be measured"
    assert which == (
        "AA-2: late since Mon 7 December 2026, given Wed 9 December 2026, 10:00, reason: The first letter went astray.; "
        "AA-3: late since Wed 9 December 2026, not given, reason: not recorded"
    )


def test_what_was_told_before_placewatch_is_neither_met_nor_breached(told):
    assert line(told, "Told before Placewatch (stated, not measured)") == ("1 of the 4", "AA-7")


def test_approval_counts_where_it_was_decided_before_the_start(told):
    answer, which = line(told, "Approved before the start, by the right person")

    assert answer == "2 of the 3 that needed it"
    assert which == "AA-3: not decided"


def test_an_ending_of_which_the_host_was_not_told_is_late_since_the_day_of_the_ending(told):
    answer, which = line(told, "Endings: host told before, or in time after it")

    assert answer == "0 of 1; 0 with a reason why not before"
    assert which.startswith("AA-2 ended Sun 20 December 2026, by Sun 20 December 2026, not told, late since Sun 20")


def test_nothing_was_taken_back_from_a_wrong_authority(told):
    assert line(told, "Sent to the wrong authority") == ("0", "")


def test_hosts_that_have_not_answered_are_listed_and_never_called_late(told):
    answer, which = line(told, "Host has not answered (no duty to)")

    assert (answer, which) == ("3", "Leeds: 1; Sheffield: 1; kept closed: 1")


def test_reason_for_distance_is_told_as_it_was_recorded_or_as_not_recorded(told):
    listed = told.tables[0]

    assert listed.column("reason_for_distance") == [
        "Her sister lives there.",
        "not recorded",
        "kept closed",
        "not recorded",
    ]
    assert set(listed.column("places_tried")) == {"not recorded"}


def test_children_are_listed_in_the_columns_of_the_inspectorate(told):
    listed = next(one for one in told.tables if one.name == "children_in_care")

    assert listed.column("Child Unique ID") == ["AA-1", "AA-2", "AA-3", "AA-7"]
    assert listed.column("LA of Placement") == ["Leeds", "Sheffield", "kept closed", "Leeds"]
    assert listed.column("Age of Child (Years)") == [14, 14, 14, 14]
    assert set(listed.column("Date of Last Dental Check")) == {"not recorded"}
