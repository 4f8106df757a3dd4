"""Is a judgement owed by the council's own rule, and said to be so?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.finding import Basis
from placements.rules.judgement_due import Occasion, OwnRule, judgement_due
from tests.rules.facts import HOLIDAYS, day
from tests.rules.naive import nth_working_day_after

FIVE_DAYS = OwnRule(working_days=5, owner="placements manager", chosen_on=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("occasion", "on", "due"),
    [
        (Occasion.EMERGENCY_START, "2026-12-18", "2026-12-29"),  # story 1
        (Occasion.RE_CHECK, "2027-04-09", "2027-04-16"),  # story 6
    ],
)
def test_judgement_is_due_on_the_day_of_the_story_and_is_a_local_rule(occasion, on, due):
    answer = judgement_due(occasion=occasion, on=day(on), rule=FIVE_DAYS, holidays=HOLIDAYS)

    assert answer.due_on == day(due)
    assert answer.basis is Basis.LOCAL_RULE
    assert str(answer.citation) == "Our own rule, placements manager, Tue 1 December 2026"


@given(on=st.dates(date(2012, 2, 1), date(2028, 9, 1)), days=st.integers(1, 20))
def test_another_council_may_choose_another_number_of_days(on, days):
    rule = OwnRule(working_days=days, owner="director", chosen_on=date(2026, 1, 1))

    answer = judgement_due(occasion=Occasion.RE_CHECK, on=on, rule=rule, holidays=HOLIDAYS)

    assert answer.due_on == nth_working_day_after(on, days)
