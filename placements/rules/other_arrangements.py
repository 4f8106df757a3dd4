"""May a child be placed in "other arrangements", such as supported accommodation, on that day?"""

from datetime import date
from enum import StrEnum

from placements.rules.ages import birthday
from placements.rules.finding import Citation, Finding
from placements.rules.instruments import care_planning, children_act
from placements.rules.readings import DatedReading, reading_on

ADULT_AGE = 18
CLOSED_LIST_BELOW_AGE = 16
SUITABLE = (
    "Other arrangements: the accommodation must be suitable, the child visit it first unless that is not reasonably "
    "practicable, and the independent reviewing officer be informed."
)


class Permitted(StrEnum):
    """What other arrangements a rule permits."""

    SUITABLE = "suitable"
    CLOSED_LIST = "closed_list"
    REGISTERED = "registered"


def _suitable(until: date) -> DatedReading[Permitted]:
    citation = care_planning("reg. 27 as it stood then", reading="ADR 0025")
    return DatedReading(from_on=date(2011, 4, 1), until=until, says=Permitted.SUITABLE, citation=citation)


UNDER_16 = (
    _suitable(date(2021, 9, 9)),
    DatedReading(from_on=date(2021, 9, 9), says=Permitted.CLOSED_LIST, citation=care_planning("reg. 27A")),
)
AGED_16_OR_17 = (
    _suitable(date(2023, 10, 28)),
    DatedReading(from_on=date(2023, 10, 28), says=Permitted.REGISTERED, citation=care_planning("reg. 27C")),
)


def other_arrangements_findings(*, date_of_birth: date, placed_on: date) -> tuple[Finding, ...]:
    """What binds a placement under section 22C(6)(d) made on that day; empty for an adult.

    From 9 September 2021 a closed list below 16; from 28 October 2023 registered supported accommodation, or
    accommodation that reg. 27C excepts, at 16 and 17. Whether a place is on a list is not decided here.
    Raises NoReading.
    """
    if placed_on >= birthday(date_of_birth=date_of_birth, age=ADULT_AGE).on:
        return ()
    is_under_16 = placed_on < birthday(date_of_birth=date_of_birth, age=CLOSED_LIST_BELOW_AGE).on
    reading = reading_on(UNDER_16 if is_under_16 else AGED_16_OR_17, on=placed_on)
    findings = [Finding("other_arrangements_suitable", SUITABLE, _duties(reading))]
    match reading.says:
        case Permitted.CLOSED_LIST:
            sentence = (
                "Under 16, other arrangements are only the settings that reg. 27A lists, such as a care home, a "
                "hospital or a residential family centre. Supported accommodation is not among them."
            )
            findings.append(Finding("other_arrangements_under_16", sentence, reading.citation))
        case Permitted.REGISTERED:
            sentence = (
                "At 16 and 17, supported accommodation only where its provider is registered (or was let run on while "
                "it applied), or accommodation that reg. 27C excepts. Ask for the registration."
            )
            findings.append(Finding("other_arrangements_16_or_17", sentence, reading.citation))
        case Permitted.SUITABLE:
            pass
    return (*findings, REVIEW_FIRST)


REVIEW_FIRST = Finding(
    "other_arrangements_review_first",
    "A move into them out of another kind of placement needs a review of the case first. Notice of the ending is "
    "then practice: reg. 14 does not reach it.",
    children_act("s. 22D(1)"),
)


def _duties(reading: DatedReading[Permitted]) -> Citation:
    return reading.citation if reading.says is Permitted.SUITABLE else care_planning("reg. 27")
