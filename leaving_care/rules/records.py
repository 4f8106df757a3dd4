"""Until when does the law ask for the case record to be kept?"""

from leaving_care.rules.circumstances import Circumstances
from placements.rules.ages import birthday
from placements.rules.calendar_months import add_months
from placements.rules.finding import Finding
from placements.rules.instruments import care_planning
from placements.rules.written_dates import date_in_words

KEPT = care_planning("reg. 50; SI 2010/2571 reg. 11")
KEPT_TO_AGE = 75
YEARS_FROM_A_DEATH = 15
ADULT_AGE = 18


def records_kept(circumstances: Circumstances) -> Finding:
    """To the 75th birthday, or 15 years from a death under 18. Placewatch is not that record and destroys nothing."""
    born_on, died_on = circumstances.date_of_birth, circumstances.died_on
    until, why = birthday(date_of_birth=born_on, age=KEPT_TO_AGE).on, "the 75th birthday"
    if died_on is not None and died_on < birthday(date_of_birth=born_on, age=ADULT_AGE).on:
        until, why = add_months(from_on=died_on, months=YEARS_FROM_A_DEATH * 12), "15 years from the death"
    sentence = (
        f"The case record is kept until {date_in_words(until)}, {why}: whether to keep or destroy it is decided then, where "
        "that record is. Placewatch holds no case file and destroys nothing by itself."
    )
    return Finding("records_kept", sentence, KEPT)
