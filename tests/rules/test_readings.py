"""Is the reading that held on a day chosen, and nothing asserted of days before the regulations?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.approval import (
    AT_A_DISTANCE_APPROVES,
    Approver,
    approval_findings,
    required_approver,
    requirements,
)
from placements.rules.notice import TELLING_THE_HOST, Owed, host_notice
from placements.rules.other_arrangements import AGED_16_OR_17, UNDER_16
from placements.rules.people_to_tell import HEALTH_BODIES, people_to_tell
from placements.rules.placement_facts import Manner, PlacementFacts
from placements.rules.readings import NoReading, reading_on
from tests.rules.facts import ADJOINING, AT_A_DISTANCE, HOLIDAYS, day

TABLES = [AT_A_DISTANCE_APPROVES, TELLING_THE_HOST, HEALTH_BODIES, UNDER_16, AGED_16_OR_17]


@pytest.mark.parametrize("table", TABLES)
def test_each_reading_begins_on_the_day_on_which_the_one_before_it_ends(table):
    assert [reading.until for reading in table] == [*(reading.from_on for reading in table[1:]), None]


@given(table=st.sampled_from(TABLES), on=st.dates(date(2011, 4, 1), date(2040, 1, 1)))
def test_every_day_since_the_regulations_has_the_last_reading_begun_by_then(table, on):
    begun = [reading for reading in table if reading.from_on <= on]

    assert reading_on(table, on=on) is begun[-1]


@pytest.mark.parametrize("table", TABLES)
def test_day_before_the_regulations_is_refused(table):
    with pytest.raises(NoReading, match=r"Thu 31 March 2011.*A person decides"):
        reading_on(table, on=day("2011-03-31"))


@pytest.mark.parametrize(
    ("starts_on", "approver", "owed", "host_item"),
    [
        ("2011-03-31", Approver.CANNOT_TELL, Owed.NOT_OWED_CONFIRM, None),
        ("2014-01-26", Approver.NOMINATED_OFFICER, Owed.NOT_OWED, "area_authority_notified"),
        ("2014-01-27", Approver.DIRECTOR_OF_CHILDRENS_SERVICES, Owed.OWED, "area_authority_consulted"),
        (None, Approver.DIRECTOR_OF_CHILDRENS_SERVICES, Owed.OWED, "area_authority_consulted"),
    ],
)
def test_distance_matters_and_the_host_is_told_from_27_january_2014(starts_on, approver, owed, host_item):
    facts = PlacementFacts(manner=Manner.PLANNED, starts_on=day(starts_on) if starts_on else None)

    items = requirements(area=AT_A_DISTANCE, placement=facts, is_emergency=False)

    assert required_approver(area=AT_A_DISTANCE, placement=facts) is approver
    assert host_notice(area=AT_A_DISTANCE, placement=facts, holidays=HOLIDAYS).owed is owed
    assert [item.code for item in items if "area_authority" in item.code] == ([host_item] if host_item else [])


@pytest.mark.parametrize(
    ("starts_on", "code", "provision"),
    [
        ("2011-03-31", "approver_other_rules_then", "reg. 11(1)"),
        ("2012-05-01", "nominated_officer_approves", "reg. 11(1) as made"),
        ("2014-01-27", "director_approves", "reg. 11(1)(b)"),
    ],
)
def test_finding_cites_the_reading_of_its_day(starts_on, code, provision):
    finding = approval_findings(area=AT_A_DISTANCE, placement=PlacementFacts(starts_on=day(starts_on)))[0]

    assert (finding.code, finding.citation.provision) == (code, provision)


def test_adjoining_place_had_the_nominated_officer_before_and_after():
    approvers = {
        required_approver(area=ADJOINING, placement=PlacementFacts(starts_on=day(on)))
        for on in ("2012-05-01", "2026-05-01")
    }

    assert approvers == {Approver.NOMINATED_OFFICER}


@pytest.mark.parametrize(
    ("told_on", "body"),
    [
        ("2013-03-31", "the primary care trust"),
        ("2013-04-01", "the clinical commissioning group"),
        ("2022-06-30", "the clinical commissioning group"),
        ("2022-07-01", "the integrated care board"),
        (None, "the integrated care board"),
    ],
)
def test_health_body_is_named_as_on_the_day_of_the_letter(told_on, body):
    people = people_to_tell(placement=PlacementFacts(), told_on=day(told_on) if told_on else None)

    named = [person.who for person in people if person.code.startswith("health_body")]

    assert named == [
        f"{body} (in Wales the local health board) where the child lives",
        f"{body} (in Wales the local health board) for the new place, if different",
    ]
