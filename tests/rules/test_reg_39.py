"""Does the right officer approve that a child ceases to be looked after?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.approval import Approver
from placements.rules.reg_39 import ceasing
from tests.rules.facts import HOLIDAYS, day

NOBODY, OFFICER, DIRECTOR = (
    Approver.NOBODY,
    Approver.NOMINATED_OFFICER,
    Approver.DIRECTOR_OF_CHILDRENS_SERVICES,
)


def ceases(born, since, on, in_care):
    return ceasing(
        date_of_birth=day(born),
        looked_after_since=day(since),
        ceases_on=day(on),
        in_care=in_care,
        holidays=HOLIDAYS,
    )


@pytest.mark.parametrize(
    ("born", "on", "in_care", "approver"),
    [
        ("2014-01-01", "2026-11-26", False, NOBODY),  # 19 working days from Mon 2 November
        ("2014-01-01", "2026-11-27", False, OFFICER),  # the twentieth, the first counted
        ("2014-01-01", "2026-11-27", True, OFFICER),
        ("2010-01-01", "2026-11-03", False, DIRECTOR),  # 16, after one night
        ("2010-01-01", "2026-11-03", True, NOBODY),
        ("2010-01-01", "2027-06-01", True, OFFICER),
        ("2010-01-01", "2026-11-03", None, Approver.CANNOT_TELL),
        ("2010-11-28", "2026-11-27", False, OFFICER),  # 16 tomorrow
        ("2010-11-27", "2026-11-27", False, DIRECTOR),  # 16 today
        ("2008-11-27", "2026-11-27", False, NOBODY),  # 18 today: nobody decides
    ],
)
def test_two_rules_stand_side_by_side(born, on, in_care, approver):
    assert ceases(born, "2026-11-02", on, in_care).approver is approver


def test_sentence_names_the_twentieth_working_day_over_christmas():
    # 14 to 18 December: five; 21 to 24: nine; 29 to 31: twelve; 4 to 8 January: 17; 11, 12, 13: twenty.
    finding = ceases("2014-01-01", "2026-12-14", "2027-01-08", False).findings[0]

    assert "the twentieth, the first counted, is Wed 13 January 2027" in finding.sentence


def test_five_things_are_done_before_deciding():
    provisions = [
        item.citation.provision for item in ceases("2014-01-01", "2026-11-02", "2027-06-01", False).requirements
    ]

    assert provisions == ["reg. 39(2)(a)", "reg. 39(2)(b)", "reg. 39(2)(c)", "reg. 39(2)(d)", "reg. 39(3)"]


@given(since=st.dates(date(2012, 2, 1), date(2028, 6, 1)), nights=st.integers(0, 60))
def test_officer_approves_from_twenty_days_that_were_working_days(since, nights):
    ceases_on = since + timedelta(days=nights)
    days = [since + timedelta(days=number) for number in range(nights + 1)]
    worked = [on for on in days if on.weekday() < 5 and on not in HOLIDAYS.titles]

    answer = ceasing(
        date_of_birth=since - timedelta(days=2000),
        looked_after_since=since,
        ceases_on=ceases_on,
        in_care=None,
        holidays=HOLIDAYS,
    )

    assert answer.approver is (OFFICER if len(worked) >= 20 else NOBODY)
