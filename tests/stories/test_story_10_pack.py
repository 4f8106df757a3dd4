"""Story 10, the telephone rings at half past nine: the first page of the pack row by row, and what must not be in it."""

from datetime import UTC, date, datetime

import pytest

from accounts.acting import acting_for, service
from geo.areas import authority_by_code
from placements.pack import requests
from placements.pack.contents import Contents, contents
from placements.pack.files import files
from placements.pack.question import Question
from tests.stories.conftest import ASHFORD
from tests.stories.fifteen import WHY_3005, WHY_ENDED, Fifteen

FIFTEEN = (
    "AG-1402; AG-1877; AG-2041; AG-2210; AG-2301; AG-2302; AG-2303; AG-2350; AG-3002; AG-3003; AG-3004; AG-3005; "
    "AG-3008; AG-3009; AG-3010"
)
FRONT_PAGE = {
    "Out-of-area placements open in the period": (
        "15 (and 1 where we cannot tell, 1 in short breaks: no notice owed)",
        FIFTEEN,
    ),
    "of which began in the period": (
        "8",
        "AG-1402 Mon 2 November 2026; AG-1877 Tue 2 February 2027; AG-2041 Fri 18 December 2026; "
        "AG-2350 Wed 28 April 2027; AG-3004 Mon 2 November 2026; AG-3005 Mon 9 November 2026; "
        "AG-3009 Wed 2 December 2026; AG-3010 Thu 3 December 2026",
    ),
    "Host given complete notice in time": (
        "5 of the 6 that can be measured",
        f"AG-3005: late since Mon 9 November 2026, given Mon 30 November 2026, 11:00, reason: {WHY_3005}",
    ),
    "Told before Placewatch (stated, not measured)": (
        "9 of the 15",
        "AG-1402; AG-2210; AG-2301; AG-2302; AG-2303; AG-3002; AG-3003; AG-3004; AG-3008",
    ),
    "Approved before the start, by the right person": (
        "6 of the 6 that needed it",
        "AG-2041: approved by telephone Thu 17 December 2026, 23:50, recorded Fri 18 December 2026, 00:15, "
        "confirmed Fri 18 December 2026, 08:40; "
        "AG-3009: approved by telephone Wed 2 December 2026, 14:00, recorded Tue 8 December 2026, 10:00, not confirmed",
    ),
    "Endings: host told before, or in time after it": (
        "2 of 2; 2 with a reason why not before",
        f"AG-2210 ended Tue 2 March 2027, by Tue 16 March 2027, told Mon 8 March 2027, 10:00, why not before: {WHY_ENDED}; "
        f"AG-3004 ended Fri 4 December 2026, by Fri 18 December 2026, told Tue 8 December 2026, 09:00, "
        f"why not before: {WHY_ENDED}",
    ),
    "Sent to the wrong authority": ("1", "AG-2350: Dunmere, Tue 27 April 2027, 09:10, undone in 84 minutes"),
    "Judgement and overlay disagreed": (
        "2: 1 where something is shared and it is no worry, 1 where nothing is near and there is a worry",
        "The words stand in their own list",
    ),
    "Host has not answered (no duty to)": ("4", "Brackwater: 1; Carrowby: 3"),
}
MONDAY = datetime(2027, 6, 14, 8, 40, tzinfo=UTC)


def asked(as_at: datetime = MONDAY) -> Question:
    """November 2026 to May 2027, as recorded up to Monday 14 June 2027, 09:40."""
    days = {"starts_on": date(2026, 11, 1), "ends_on": date(2027, 5, 31)}
    return Question(authority=authority_by_code(ASHFORD), **days, as_at=as_at)


@pytest.fixture
def half_year(county) -> Fifteen:
    return Fifteen()


def told() -> Contents:
    question = asked()
    with acting_for(service(question.authority.id), "test"):
        return contents(question)


def written() -> dict[str, bytes]:
    question = asked()
    with acting_for(service(question.authority.id), "test"):
        return files(contents(question))


def test_first_page_says_row_by_row_what_the_half_year_was(half_year):
    found = told()

    assert {row.cells[0]: row.cells[1:] for row in found.front.rows} == FRONT_PAGE
    assert found.row_count > requests.MOST_ROWS_FOR_ONE_PERSON
    why = next(one for one in found.tables if one.name == "why_here")
    kayla = [row.cells[3:6] for row in why.rows if row.cells[0] == "AG-2041"]
    assert kayla == [("not recorded", "CANARY-OTHER-BED, Ashford", "Full.")]
    differing = next(one for one in found.tables if "thinks_and_why" in one.columns and "child" not in one.columns)
    assert sorted(differing.column("thinks_and_why")) == ["He is met at the station.", "She does not go there."]


def test_nothing_that_is_kept_closed_is_in_any_file_and_the_screening_is_that_of_the_night(half_year):
    made = written()

    everything = b"\n".join(made.values()).decode()
    for words in ("AG-2303 Lane", "BK4 3GS", "CANARY-CANAL", "2BC", "[610000"):
        assert words not in everything, words
    kayla = made[f"children/{half_year.placements['AG-2041'].child_id}.html"].decode()
    assert "is past its review date of 1 September 2026" in kayla
    assert "Kayla said that she wants to go tonight." in kayla
    kit = made[f"children/{half_year.placements['AG-2301'].child_id}.html"].decode()
    assert "Information of another authority, under conditions: ask" in kit
    assert "01632 960202" in kit
    assert made == written()
