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
        assert oc3.write(oc3.current_answers(), out) == 1
    assert out.getvalue().splitlines()[1] == f"{leaver.reference},01/07/2004,NO,0,0"


@pytest.mark.parametrize(("on", "is_said"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_note_begins_on_the_22nd_birthday(on, is_said):
    adviser = factories.person(role=Role.LEAVING_CARE_ADVISER)
    leaver = factories.child(factories.person(), born_on=date(2004, 7, 1), looked_after_since=date(2012, 1, 1))
    with factories.acting(adviser):
        assert bool(oc3.return_note(facts.of_child(leaver, on=on), on=on)) is is_said
