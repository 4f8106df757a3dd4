"""Does the return ask at 22 to 25 for the latest contact, without prompting anybody, and hold what was recorded?"""

import io
from datetime import date

import pytest

from accounts.roles import Role
from db import clock
from leaving_care import facts, milestone_duties, oc3
from leaving_care.actions import work
from tests import factories

pytestmark = pytest.mark.usefixtures("committing")


def test_at_22_nobody_is_prompted_and_the_page_says_what_of_the_latest_contact_is_recorded():
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    leaver = factories.child(factories.person(), born_on=date(2004, 7, 1), looked_after_since=date(2012, 1, 1))
    done = {"child_id": leaver.id, "by": adviser, "at": clock.now()}
    with factories.acting(adviser):
        for age in range(18, 22):
            on = date(2004 + age, 7, 1)
            work.answer_return(age=age, in_touch="YES", activity="F2", accommodation="U1", on=on, **done)
        kinds = {one.kind for one in milestone_duties.open_duties([leaver])}
        known = facts.of_child(leaver, on=date(2026, 12, 1))
        assert "return_contact" not in kinds
        assert "Nothing is recorded for 22 yet" in oc3.return_note(known, on=date(2026, 12, 1))

        work.answer_return(age=22, in_touch="NO", activity="0", accommodation="0", on=date(2026, 11, 30), **done)
        known = facts.of_child(leaver, on=date(2026, 12, 1))
        assert oc3.return_note(known, on=date(2026, 12, 1)).endswith("It is recorded.")
        out = io.StringIO()
        assert oc3.write(oc3.of_year(oc3.current_answers(), 2027), out) == 1
    assert out.getvalue().splitlines()[1] == f"{leaver.reference},01/07/2004,NO,0,0"


@pytest.mark.parametrize(("on", "is_said"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_note_begins_on_the_22nd_birthday(on, is_said):
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    leaver = factories.child(factories.person(), born_on=date(2004, 7, 1), looked_after_since=date(2012, 1, 1))
    with factories.acting(adviser):
        assert bool(oc3.return_note(facts.of_child(leaver, on=on), on=on)) is is_said


@pytest.mark.parametrize(
    ("ending", "rows"),
    [(2024, []), (2025, ["31/03/2007,YES,F2,U1"]), (2026, ["31/03/2007,NO,0,0"]), (2027, [])],
)
def test_file_holds_the_birthday_that_falls_in_the_year_from_1_april_to_31_march(ending, rows):
    """Born on 31 March 2007: 18 on the last day of the year to 2025, 19 on the last day of the year to 2026."""
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    leaver = factories.child(factories.person(), born_on=date(2007, 3, 31), looked_after_since=date(2012, 1, 1))
    done = {"child_id": leaver.id, "by": adviser, "at": clock.now()}
    out = io.StringIO()
    with factories.acting(adviser):
        work.answer_return(age=18, in_touch="YES", activity="F2", accommodation="U1", on=date(2025, 4, 20), **done)
        work.answer_return(age=19, in_touch="NO", activity="0", accommodation="0", on=date(2026, 4, 1), **done)
        oc3.write(oc3.of_year(oc3.current_answers(), ending), out)

    assert out.getvalue().splitlines()[1:] == [f"{leaver.reference},{row}" for row in rows]
