"""What does the return's file OC3 ask of a care leaver, which answers fit, and how is it written?"""

import csv
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO

from django.db.models import QuerySet

from leaving_care.facts import Known
from leaving_care.models import ReturnAnswer
from placements.exceptions import UnreadableField
from placements.rules.ages import birthday

CODES = tomllib.loads((Path(__file__).parent / "reference" / "oc3_codes.toml").read_text(encoding="utf-8"))
IN_TOUCH: dict[str, str] = CODES["in_touch"]
ACTIVITY: dict[str, str] = CODES["activity"]
SUITABILITY = {"1": "suitable", "2": "not suitable"}
ACCOMMODATION: dict[str, str] = {
    f"{letter}{digit}": f"{words} ({SUITABILITY[digit]})"
    for letter, words in CODES["accommodation"].items()
    for digit in CODES["accommodation_only"].get(letter, "12")
} | {"0": "Not given"}
AGES = range(17, 26)
LATEST_CONTACT_AGES = range(22, 26)  # guide to the return: 17 to 21 around the birthday, these at the latest contact
YEAR_BEGINS_IN = 4  # the return's year runs from 1 April
NOT_ASKED = "0"
HEADER = ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM")


def check(*, age: int, in_touch: str, activity: str, accommodation: str) -> None:
    """Refuse what the return refuses: codes it does not know, and answers that contradict each other.

    In touch: both other answers are given. Died, or home for six months: neither is (the validator's rules 131 to 133,
    344 and 345). Raises UnreadableField with the column's name.
    """
    if age not in AGES:
        raise UnreadableField("age", "The return asks about birthdays from 17 to 25.")
    for field, given, known in (
        ("in_touch", in_touch, IN_TOUCH),
        ("activity", activity, ACTIVITY),
        ("accommodation", accommodation, ACCOMMODATION),
    ):
        if given not in known:
            raise UnreadableField(field, "Choose one of the return's answers.")
    if in_touch == "YES" and NOT_ASKED in (activity, accommodation):
        field = "activity" if activity == NOT_ASKED else "accommodation"
        raise UnreadableField(field, "In touch: the return asks for the activity and the accommodation too.")
    if in_touch in ("DIED", "RHOM") and (activity, accommodation) != (NOT_ASKED, NOT_ASKED):
        raise UnreadableField("in_touch", "With this answer the return wants no activity and no accommodation.")


def return_note(known: Known, *, on: date) -> str:
    """At 22 to 25 the return takes the latest contact and nothing is prompted: what of it is recorded, in a sentence."""
    age = max((age for age in AGES if birthday(date_of_birth=known.child.born_on, age=age).on <= on), default=0)
    if age not in LATEST_CONTACT_AGES:
        return ""
    asked = f"At {age} the return takes the latest contact, and nobody is prompted for it."
    if age in dict(known.recorded.contacts):
        return f"{asked} It is recorded."
    return f"{asked} Nothing is recorded for {age} yet: after a contact, record it under “Contact for the return”."


def year_ending(on: date) -> int:
    """The calendar year in which the return's year, 1 April to 31 March, of a day ends."""
    return on.year + (on.month >= YEAR_BEGINS_IN)


def current_answers() -> QuerySet[ReturnAnswer]:
    """Every answer that stands, by reference and age."""
    rows = ReturnAnswer.objects.filter(superseded_at=None)
    return rows.select_related("child").order_by("child__reference", "child_id", "age")


def of_year(answers: Iterable[ReturnAnswer], ending: int) -> list[ReturnAnswer]:
    """One row a young person: of the birthday from 17 to 21 that falls in the year, or of a later contact in it."""
    return list({answer.child_id: answer for answer in answers if year_ending(_asked_on(answer)) == ending}.values())


def _asked_on(answer: ReturnAnswer) -> date:
    if answer.age in LATEST_CONTACT_AGES:
        return answer.on
    return birthday(date_of_birth=answer.child.born_on, age=answer.age).on


def write(answers: Iterable[ReturnAnswer], out: TextIO) -> int:
    """The answers in the shape of OC3.csv, dates as dd/mm/yyyy; returns how many rows were written."""
    writer = csv.writer(out)
    writer.writerow(HEADER)
    count = 0
    for answer in answers:
        child = answer.child
        row = (child.reference, f"{child.born_on:%d/%m/%Y}", answer.in_touch, answer.activity, answer.accommodation)
        writer.writerow(row)
        count += 1
    return count
