"""Is the status right, its reason said, and what nobody told us asked?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaving_care.rules.circumstances import Circumstances, Ending, HomeStay, Span, Stay, ending_of
from leaving_care.rules.entitlement import entitlement
from leaving_care.rules.status import Status
from placements.rules.periods_of_care import LegalStatus, PeriodOfCare
from tests.leaving_care.naive import Calendar
from tests.rules.facts import day


def stay(start, end=None, ending=Ending.OTHER, *, is_with_us=True):
    return Stay(PeriodOfCare(day(start), day(end) if end else None), ending, is_with_us)


def span(start, end=None):
    return Span(day(start), day(end) if end else None)


def known(*stays, born="2009-05-03", **more):
    return Circumstances(date_of_birth=day(born), stays=stays, **more)


def asked(circumstances, on):
    return entitlement(circumstances=circumstances, on=day(on))


def codes(answer):
    return [finding.code for finding in answer.findings], [question.code for question in answer.questions]


LONG = stay("2014-06-01")  # in care since the age of five: eligible on 3 May 2025


def test_shanice_is_eligible_since_21_october_2025_with_the_sum_shown():
    circumstances = known(stay("2025-01-10", "2025-02-20", Ending.HOME), stay("2025-09-01"))

    before, after = asked(circumstances, "2025-10-20"), asked(circumstances, "2025-10-21")

    assert (before.status, before.projected_on) == (Status.NOT_YET, day("2025-10-21"))
    assert (after.status, after.since) == (Status.ELIGIBLE, day("2025-10-21"))
    assert after.findings[1].sentence == (
        "Nights looked after since the 14th birthday (3 May 2023): 41 (10 January 2025 to 20 February 2025) "
        "+ 50 (1 September 2025 to 21 October 2025) = 91, reached on Tue 21 October 2025."
    )
    assert after.count.other.eligible_since == day("2025-10-19")


@pytest.mark.parametrize(
    ("on", "status", "is_owed_support"),
    [
        ("2025-05-02", Status.NOT_YET, False),
        ("2025-05-03", Status.ELIGIBLE, True),
        ("2027-05-02", Status.ELIGIBLE, True),
        ("2027-05-03", Status.FORMER_RELEVANT, True),
        ("2030-05-02", Status.FORMER_RELEVANT, True),
        ("2030-05-03", Status.FORMER_RELEVANT, False),
        ("2034-05-02", Status.FORMER_RELEVANT, False),
        ("2034-05-03", Status.NONE, False),
    ],
)
def test_long_stay_runs_through_eligible_and_former_relevant_to_25(on, status, is_owed_support):
    answer = asked(known(LONG), on)

    assert (answer.status, answer.is_owed_support) == (status, is_owed_support)


def test_education_in_the_plan_carries_the_duties_past_21_without_being_asked():
    circumstances = known(LONG, education_until=day("2031-07-31"))

    assert asked(circumstances, "2031-07-30").is_owed_support
    assert not asked(circumstances, "2031-07-31").is_owed_support


def test_support_asked_for_runs_from_the_day_it_is_asked_for():
    circumstances = known(LONG, support_asked_for=(span("2031-02-01", "2032-02-01"),))

    assert [asked(circumstances, on).is_owed_support for on in ("2031-01-31", "2031-02-01", "2032-02-01")] == [
        False,
        True,
        False,
    ]


def test_leaving_care_at_17_makes_a_relevant_child_from_that_day():
    answer = asked(known(stay("2014-06-01", "2026-06-01")), "2026-06-01")

    assert (answer.status, answer.since, answer.is_owed_support) == (Status.RELEVANT, day("2026-06-01"), True)


def test_home_for_six_months_is_asked_about_until_somebody_answers():
    circumstances = known(stay("2014-06-01", "2026-06-01", Ending.HOME))

    assert codes(asked(circumstances, "2026-11-30"))[1] == []
    six_months_later = asked(circumstances, "2026-12-01")
    assert six_months_later.status is Status.RELEVANT
    assert codes(six_months_later)[1] == ["home_six_months"]


def test_settled_at_home_for_six_months_is_no_relevant_child_and_is_one_again_when_that_breaks_down():
    left = stay("2014-06-01", "2026-06-01", Ending.HOME)
    circumstances = known(left, at_home=(HomeStay(span("2026-06-01", "2027-02-10"), is_settled=True),))

    assert asked(circumstances, "2026-11-30").status is Status.RELEVANT
    assert asked(circumstances, "2026-12-01").status is Status.QUALIFYING
    again = asked(circumstances, "2027-02-10")
    assert (again.status, again.since, codes(again)[0][0]) == (Status.RELEVANT, day("2027-02-10"), "relevant_again")


def test_settled_at_home_at_18_is_no_former_relevant_child():
    left = stay("2014-06-01", "2026-06-01", Ending.HOME)
    settled = known(left, at_home=(HomeStay(span("2026-06-01"), is_settled=True),))
    unsettled = known(left, at_home=(HomeStay(span("2026-06-01"), is_settled=False),))

    assert asked(settled, "2027-06-01").status is Status.QUALIFYING
    assert asked(unsettled, "2027-06-01").status is Status.FORMER_RELEVANT


def test_held_on_the_16th_birthday_straight_after_13_weeks_is_a_relevant_child():
    left = stay("2024-06-01", "2025-03-01", Ending.CUSTODY)

    unknown = asked(known(left), "2025-05-03")
    held = asked(known(left, held=(span("2025-03-01", "2025-09-01"),)), "2025-05-03")
    in_care = asked(
        known(left, held=(span("2025-03-01", "2025-09-01"),), legal_statuses=(LegalStatus("C2", day("2024-06-01")),)),
        "2025-05-03",
    )

    assert (unknown.status, codes(unknown)[1]) == (Status.NONE, ["held_at_16"])
    assert (held.status, held.since, codes(held)[0][0]) == (Status.RELEVANT, day("2025-05-03"), "relevant_held")
    assert in_care.status is Status.NONE


def test_in_hospital_on_the_16th_birthday_is_asked_about_where_the_code_says_another_reason_and_counts_once_recorded():
    left = stay("2024-06-01", "2025-04-20", ending_of("E8"))
    went_home = stay("2024-06-01", "2025-04-20", ending_of("E4A"))

    unknown = asked(known(left), "2025-05-03")
    in_hospital = asked(known(left, held=(span("2025-04-20", "2025-05-04"),)), "2025-05-03")
    discharged_on_the_day = asked(known(left, held=(span("2025-04-20", "2025-05-03"),)), "2025-05-03")

    assert (unknown.status, codes(unknown)[1]) == (Status.NONE, ["held_at_16"])
    assert codes(asked(known(went_home), "2025-05-03"))[1] == []
    assert (in_hospital.status, in_hospital.since) == (Status.RELEVANT, day("2025-05-03"))
    assert discharged_on_the_day.status is Status.NONE


def test_ninety_nights_before_hospital_are_no_thirteen_weeks():
    # 20 January to 20 April 2025: 12 + 28 + 31 + 19 = 90 nights.
    left = stay("2025-01-20", "2025-04-20", ending_of("E8"))

    answer = asked(known(left, held=(span("2025-04-20", "2025-09-01"),)), "2025-05-03")

    assert (answer.status, answer.count.nights) == (Status.NONE, 90)


def test_released_and_held_later_than_care_ended_is_not_straight_after():
    circumstances = known(stay("2024-06-01", "2025-02-20", Ending.HOME), held=(span("2025-03-01"),))

    assert asked(circumstances, "2025-05-03").status is Status.NONE


@pytest.mark.parametrize("code", ["E11", "E12"])
def test_adoption_ends_it_as_the_sectors_validator_reads(code):
    answer = asked(known(stay("2014-06-01", "2025-09-01", ending_of(code))), "2026-01-01")

    assert (answer.status, codes(answer)[0][0], answer.since) == (Status.NONE, "adopted", day("2025-09-01"))


def test_death_is_said_and_nothing_is_owed():
    by_code = asked(known(stay("2014-06-01", "2026-09-01", ending_of("E2"))), "2026-09-01")
    by_record = asked(known(LONG, died_on=day("2026-09-01")), "2026-09-01")

    assert codes(by_code)[0][0] == codes(by_record)[0][0] == "died"
    assert (by_code.status, by_record.status) == (Status.NONE, Status.NONE)


def test_transfer_makes_the_other_authority_responsible_and_its_time_counts_when_the_child_comes_back():
    gone = stay("2024-06-01", "2025-09-01", ending_of("E3"))
    away = stay("2025-09-01", "2025-12-20", is_with_us=False)
    back = stay("2025-12-20")

    assert asked(known(gone), "2025-10-01").status is Status.ANOTHER_AUTHORITY
    assert asked(known(gone, away), "2025-10-01").status is Status.ANOTHER_AUTHORITY
    assert asked(known(gone, away, back), "2026-01-01").status is Status.ELIGIBLE
    only_theirs = known(stay("2025-06-01", "2025-12-20", is_with_us=False), back)
    assert asked(only_theirs, "2025-12-20").since == day("2025-08-31")


def test_nights_with_two_other_authorities_are_added_to_ours():
    # 1 to 31 March 2025: 30 nights; 1 to 21 April: 20 nights; from 1 May: the 41st night is that of 10 June.
    circumstances = known(
        stay("2025-03-01", "2025-03-31", is_with_us=False),
        stay("2025-04-01", "2025-04-21", is_with_us=False),
        stay("2025-05-01"),
    )

    before, after = asked(circumstances, "2025-06-10"), asked(circumstances, "2025-06-11")

    assert (before.status, before.projected_on) == (Status.NOT_YET, day("2025-06-11"))
    assert (after.status, after.count.nights) == (Status.ELIGIBLE, 91)
    assert [line.nights for line in after.count.lines] == [30, 20, 41]


def test_relevant_child_who_comes_back_is_eligible_again_and_relevant_from_the_day_of_leaving_again():
    circumstances = known(stay("2014-06-01", "2026-06-01"), stay("2026-09-01", "2026-10-01"))

    answers = [asked(circumstances, on) for on in ("2026-08-31", "2026-09-01", "2026-10-01", "2027-05-03")]

    assert [(answer.status, answer.since) for answer in answers] == [
        (Status.RELEVANT, day("2026-06-01")),
        (Status.ELIGIBLE, day("2026-09-01")),
        (Status.RELEVANT, day("2026-10-01")),
        (Status.FORMER_RELEVANT, day("2027-05-03")),
    ]


def test_short_of_13_weeks_qualifies_to_21_and_special_guardianship_after_care_does_too():
    short = known(stay("2026-01-01", "2026-02-01"))
    guarded = known(stay("2020-01-01", "2022-02-01", ending_of("E45")))

    assert [asked(short, on).status for on in ("2026-02-01", "2030-05-02", "2030-05-03")] == [
        Status.QUALIFYING,
        Status.QUALIFYING,
        Status.NONE,
    ]
    assert [asked(guarded, on).status for on in ("2025-05-02", "2025-05-03")] == [Status.NONE, Status.QUALIFYING]


@pytest.mark.parametrize("code", ["V3", "V4"])
def test_short_breaks_neither_count_nor_make_eligible(code):
    in_breaks = known(stay("2025-06-01"), legal_statuses=(LegalStatus(code, day("2025-06-01")),))

    answer = asked(in_breaks, "2026-06-01")

    assert (answer.status, codes(answer)[0][0], answer.count.nights) == (Status.NONE, "short_breaks", 0)


def test_a_right_that_turns_on_the_way_of_counting_is_left_to_a_person():
    answer = asked(known(stay("2025-06-01", "2025-08-30")), "2026-01-01")

    assert (answer.status, answer.count.nights) == (Status.CANNOT_TELL, 90)


def test_disputed_age_that_is_16_by_one_date_and_15_by_the_other_is_left_to_a_person_until_both_are_16():
    circumstances = known(LONG, other_date_of_birth=day("2010-05-03"))

    assert [asked(circumstances, on).status for on in ("2025-05-02", "2025-05-03", "2026-05-03")] == [
        Status.NOT_YET,
        Status.CANNOT_TELL,
        Status.ELIGIBLE,
    ]


def test_disputed_age_is_left_to_a_person_only_where_the_two_dates_differ_in_the_answer():
    circumstances = known(LONG, other_date_of_birth=day("2007-05-03"))

    differs, agrees = asked(circumstances, "2026-01-01"), asked(circumstances, "2027-06-01")

    assert (differs.status, codes(differs)[0][0]) == (Status.CANNOT_TELL, "age_disputed")
    assert "Thu 3 May 2007: former relevant" in differs.findings[0].sentence
    assert agrees.status is Status.FORMER_RELEVANT


def test_assessed_as_an_adult_ends_it_with_the_way_on_said():
    answer = asked(known(stay("2025-01-01", "2026-09-01", ending_of("E15"))), "2026-10-01")

    assert (answer.status, codes(answer)[0][0]) == (Status.NONE, "age_assessed_adult")


def test_born_on_29_february_is_18_on_1_march_with_the_other_day_shown():
    circumstances = known(stay("2015-01-01"), born="2008-02-29")

    assert asked(circumstances, "2026-02-28").status is Status.ELIGIBLE
    answer = asked(circumstances, "2026-03-01")
    assert answer.status is Status.FORMER_RELEVANT
    assert "born_on_29_february" in codes(answer)[0]


def test_every_finding_and_question_cites_its_source():
    circumstances = known(stay("2014-06-01", "2026-06-01", Ending.HOME), is_date_of_birth_estimated=True)

    answer = asked(circumstances, "2027-01-01")

    assert codes(answer)[1] == ["home_six_months", "date_of_birth_estimated"]
    assert all(one.citation.instrument for one in (*answer.findings, *answer.questions))
    assert answer.as_dict()["questions"][0]["code"] == "home_six_months"


BORN = date(2008, 7, 1)
SOME_DAY = st.dates(date(2021, 6, 1), date(2027, 6, 30))
ENDINGS = st.sampled_from([*Ending, Ending.OTHER, Ending.HOME, Ending.HOME, Ending.OTHER])


@st.composite
def spans(draw, most=2):
    starts = draw(st.lists(st.tuples(SOME_DAY, st.none() | st.integers(1, 500)), max_size=most))
    return tuple(Span(start, start + timedelta(days=days) if days else None) for start, days in starts)


@st.composite
def lives(draw):
    """Stays one after another, with and without gaps, and everything else that may be known, in any mixture."""
    stays, start = [], draw(st.dates(date(2021, 1, 1), date(2026, 1, 1)))
    lengths = draw(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 300)), max_size=4))
    goes_on = draw(st.booleans())
    for number, (length, gap) in enumerate(lengths, start=1):
        end = None if goes_on and number == len(lengths) else start + timedelta(days=length)
        ending = Ending.NOT_KNOWN if end is None else draw(ENDINGS)
        stays.append(Stay(PeriodOfCare(start, end), ending, draw(st.sampled_from([True, True, True, False]))))
        start = (end or start) + timedelta(days=gap)
    statuses = [
        LegalStatus(code, one.start_on, one.end_on) for code in ("V4", "C2", "V2") for one in draw(spans(most=1))
    ]
    return Circumstances(
        date_of_birth=BORN,
        stays=tuple(stays),
        legal_statuses=tuple(statuses),
        at_home=tuple(HomeStay(one, draw(st.sampled_from([True, False, None]))) for one in draw(spans())),
        held=draw(spans(most=1)),
        special_guardianship=draw(spans(most=1)),
        adopted_on=draw(st.sampled_from([None] * 9 + [date(2025, 5, 5)])),
        died_on=draw(st.sampled_from([None] * 9 + [date(2026, 5, 5)])),
    )


@settings(max_examples=1_000, deadline=None)
@given(life=lives(), on=st.dates(date(2022, 1, 1), date(2034, 1, 1)))
def test_status_agrees_with_ticking_off_every_night(life, on):
    assert entitlement(circumstances=life, on=on).status.value == Calendar(life, on).status()


@settings(max_examples=200, deadline=None)
@given(life=lives(), on=st.dates(date(2022, 1, 1), date(2034, 1, 1)))
def test_nothing_recorded_later_changes_what_was_so_on_an_earlier_day(life, on):
    as_known_then = Circumstances(
        date_of_birth=life.date_of_birth,
        stays=tuple(one for one in life.stays if one.period.start_on <= on),
        legal_statuses=tuple(one for one in life.legal_statuses if one.start_on <= on),
        at_home=tuple(one for one in life.at_home if one.span.start_on <= on),
        held=tuple(one for one in life.held if one.start_on <= on),
        special_guardianship=tuple(one for one in life.special_guardianship if one.start_on <= on),
        adopted_on=life.adopted_on if life.adopted_on and life.adopted_on <= on else None,
        died_on=life.died_on if life.died_on and life.died_on <= on else None,
    )

    assert entitlement(circumstances=as_known_then, on=on).status is entitlement(circumstances=life, on=on).status
