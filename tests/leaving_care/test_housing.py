"""Does a handover say of housing no more than the law does, and for nobody else?"""

import pytest

from leaving_care.rules.housing import housing
from leaving_care.rules.status import Status
from tests.leaving_care.test_entitlement import LONG, asked, known, stay
from tests.rules.facts import day

APART = "Homelessness has its own rule (Housing Act 1996 s. 199): ask housing."
# 41 nights, some of them at 16: looked after then, and short of 13 weeks.
SHORT = stay("2025-04-01", "2025-05-12")


def said(circumstances, on):
    answer = asked(circumstances, on)
    found = housing(answer=answer, twenty_five_on=day("2034-05-03"), host="Brackwater")
    return answer.status, [one.sentence for one in found]


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-12-01", Status.ELIGIBLE), ("2027-05-03", Status.FORMER_RELEVANT)],
)
def test_a_host_may_not_keep_a_care_leaver_off_its_register_until_25_and_nothing_is_said_of_priority(on, status):
    assert said(known(LONG), on) == (
        status,
        [
            "Brackwater may not keep this person off its housing register for want of local connection until 25, "
            "3 May 2034 (SI 2025/706). It says nothing about priority.",
            APART,
        ],
    )


def test_whoever_qualifies_by_section_24_only_reads_that_the_rule_does_not_cover_them():
    assert said(known(SHORT), "2027-06-01") == (
        Status.QUALIFYING,
        ["SI 2025/706, on joining a housing register without local connection, does not cover this person.", APART],
    )


def test_nothing_of_the_register_is_said_to_a_child_who_is_not_yet_eligible():
    assert said(known(SHORT), "2025-04-20") == (Status.NOT_YET, [APART])


@pytest.mark.parametrize(("on", "sentences"), [("2034-05-02", 2), ("2034-05-03", 1)])
def test_the_rule_ends_on_the_25th_birthday(on, sentences):
    assert len(said(known(LONG), on)[1]) == sentences


def test_beyond_england_neither_rule_is_said_to_bind_the_host():
    found = housing(
        answer=asked(known(LONG), "2027-05-03"), twenty_five_on=day("2034-05-03"), host="Glynfa", is_in_england=False
    )
    assert [one.sentence for one in found] == [
        "SI 2025/706 and Housing Act 1996 s. 199 do not reach Glynfa: ask housing there, under its own law."
    ]
