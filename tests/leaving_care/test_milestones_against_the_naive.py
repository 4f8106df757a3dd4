"""Do the milestones agree with a second, plain implementation, whatever a life holds?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leaving_care.rules.circumstances import Span
from leaving_care.rules.milestones import milestones
from leaving_care.rules.recorded import Home, Power, Recorded, Told
from tests.leaving_care.naive_milestones import Standing
from tests.leaving_care.test_entitlement import lives
from tests.rules.facts import HOLIDAYS

DAY_OF_WORK = st.dates(date(2023, 7, 1), date(2033, 7, 1))
AREAS = ("", "Ashford", "Brackwater", "Carrowby")


def days(most=4):
    return st.lists(DAY_OF_WORK, max_size=most).map(lambda found: tuple(sorted(set(found))))


@st.composite
def homes(draw):
    """Homes one after another, with and without gaps, in areas and under powers of any mixture."""
    start, found = draw(st.dates(date(2022, 1, 1), date(2027, 1, 1))), []
    for number in range(draw(st.integers(0, 5))):
        length = draw(st.none() | st.integers(1, 500))
        area = draw(st.sampled_from(AREAS))
        found.append(
            Home(
                key=str(number),
                from_on=start,
                until_on=start + timedelta(days=length) if length else None,
                area=area,
                is_in_our_area=area == "Ashford",
                power=draw(st.sampled_from(Power)),
                is_foster_home=draw(st.booleans()),
            )
        )
        if length is None:
            break
        start += timedelta(days=length + draw(st.sampled_from([0, 0, 0, 30])))
    return tuple(found)


@st.composite
def records(draw):
    """Work recorded or left undone, in any mixture."""
    told = st.builds(Told, area=st.sampled_from(AREAS[1:]), on=DAY_OF_WORK, has_left=st.booleans())
    return Recorded(
        adviser_since=draw(st.none() | DAY_OF_WORK),
        planned_on=draw(days()),
        assessed_on=draw(st.none() | DAY_OF_WORK),
        plan_made_on=draw(st.none() | DAY_OF_WORK),
        review_asked_on=draw(days()),
        reviewed_on=draw(days()),
        visited_on=draw(days()),
        told=tuple(draw(st.lists(told, max_size=4))),
        staying_put_decided_on=draw(st.none() | DAY_OF_WORK),
        contacts=tuple((age, date(2026, 1, 1)) for age in draw(st.sets(st.integers(17, 21)))),
        offers=draw(days()),
        homes=draw(homes()),
    )


@settings(max_examples=300, deadline=None)
@given(
    life=lives(),
    recorded=records(),
    on=st.dates(date(2023, 9, 1), date(2034, 1, 1)),
    support=st.none() | st.dates(date(2029, 7, 1), date(2033, 1, 1)),
    education=st.none() | st.dates(date(2029, 7, 1), date(2033, 1, 1)),
)
def test_every_milestone_stands_where_the_naive_reading_has_it_and_no_other(life, recorded, on, support, education):
    life = replace(life, support_asked_for=(Span(support),) if support else (), education_until=education)

    _, found = milestones(circumstances=life, recorded=recorded, on=on, holidays=HOLIDAYS)

    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))
    assert {one.key: one.met_on is not None for one in found} == Standing(life, recorded, on).keys()
