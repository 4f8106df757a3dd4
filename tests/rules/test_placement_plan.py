"""Is the placement plan owed before, or within five working days where that could not be?"""

import pytest

from placements.rules.not_practicable import NotPracticable
from placements.rules.placement_facts import Manner
from placements.rules.placement_plan import placement_plan
from tests.rules.facts import HOLIDAYS, day

REASON = NotPracticable(
    reason="the home was named an hour before", decided_by="R. Adeyemi", decided_on=day("2026-12-18")
)


def plan(manner, **facts):
    return placement_plan(manner=manner, starts_on=day("2026-12-18"), holidays=HOLIDAYS, **facts)


def test_plan_of_story_1_is_due_on_the_tuesday_after_christmas():
    due = plan(Manner.EMERGENCY).due

    assert due.due_on == day("2026-12-29")
    assert due.citation.provision == "reg. 9(2)"
    assert len(due.skipped) == 6


def test_planned_placement_owes_its_plan_before_the_start():
    due = plan(Manner.PLANNED).due

    assert (due.late_from, due.last_working_day_before) == (day("2026-12-18"), day("2026-12-17"))
    assert due.sentence.startswith("To be prepared before Fri 18 December 2026.")


def test_recorded_reason_opens_the_five_days_of_a_planned_placement():
    assert plan(Manner.PLANNED, not_practicable=REASON).due.due_on == day("2026-12-29")


def test_both_clocks_stand_and_neither_is_chosen_while_the_manner_is_not_known():
    answer = plan(Manner.NOT_KNOWN)

    assert answer.due is None
    assert (answer.if_before.due_on, answer.if_after.due_on) == (day("2026-12-18"), day("2026-12-29"))
    assert [finding.code for finding in answer.findings[-2:]] == ["plan_before", "plan_after"]


@pytest.mark.parametrize("manner", list(Manner))
def test_wishes_come_before_in_any_case(manner):
    wishes = plan(manner).findings[0]

    assert wishes.citation.provision == "reg. 9(1)(b)(i)"
    assert wishes.sentence.startswith("Before the placement:")


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        (Manner.PLANNED, "Before the placement: the independent"),
        (Manner.EMERGENCY, "Before the placement, or in an emergency out of area within five working days of approval"),
        (Manner.NOT_KNOWN, "Before the placement, or in an emergency out of area within five working days of approval"),
    ],
)
def test_reviewing_officer_is_informed_before_unless_an_emergency_lets_it_follow(manner, words):
    assert plan(manner).findings[1].sentence.startswith(words)
