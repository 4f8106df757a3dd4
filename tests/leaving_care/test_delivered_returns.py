"""Can the entitlement of every child of the synthetic returns be told, and does the plain reading agree?"""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.acting import acting_for, operator
from db import clock
from geo.areas import authority_by_code
from leaving_care import facts, milestone_duties
from leaving_care.rules.entitlement import entitlement
from placements.models import Child
from placements.returns.collection_year import CollectionYear
from placements.returns.importing import import_return
from tests.leaving_care.naive import Calendar

RETURNS = (
    "212_wandsworth",
    "344_wirral",
    "372_rotherham",
    "373_sheffield",
    "879_plymouth",
    "886_kent",
    "942_cumberland",
)
ON = date(2026, 3, 31)
YEAR = CollectionYear.read("2025-26")


@pytest.mark.parametrize("name", RETURNS)
def test_every_child_of_a_delivered_return_has_an_answer_that_the_plain_reading_shares(committing, shared_data, name):
    folder = shared_data / "ssda903" / "synthetic_2025_26" / name
    authority = authority_by_code(name.partition("_")[0])
    with acting_for(operator(authority.id), "test") as by:
        import_return(path=folder, year=YEAR, by=by, at=clock.now())
        children = list(Child.objects.all())
        known = facts.of_children(children, on=ON).values()
        answers = {one.child.id: entitlement(circumstances=one.circumstances, on=ON) for one in known}
        differ = [
            one.child.reference
            for one in known
            if (one.child.born_on.month, one.child.born_on.day) != (2, 29)
            and Calendar(one.circumstances, ON).status() != answers[one.child.id].status.value
        ]
    assert differ == []

    assert milestone_duties.keep_all(authority.id, at=clock.now()) > 0
    with acting_for(operator(authority.id), "test") as by:
        import_return(path=folder, year=YEAR, by=by, at=clock.now())
    assert milestone_duties.keep_all(authority.id, at=clock.now()) == 0

    written = StringIO()
    call_command("leaving_care_figures", authority=name.partition("_")[0], on=ON, stdout=written)
    lines = [line.strip() for line in written.getvalue().splitlines()]
    assert lines[0] == f"{authority.name} on 2026-03-31: {len(children):,} children"
    for status, number in Counter(answer.status.value.replace("_", " ") for answer in answers.values()).items():
        assert f"{status}: {number:,}" in lines
    asked = sum(bool(answer.questions) for answer in answers.values())
    assert f"children: {asked:,}" in lines
