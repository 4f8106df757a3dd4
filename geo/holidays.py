"""Which days are no working days in England and Wales? The file of bank holidays, read once."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "reference" / "bank_holidays.csv"
SATURDAY = 5


@cache
def bank_holidays() -> frozenset[date]:
    """Every bank holiday of the file."""
    with open(FILE, encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["on"]) for row in csv.DictReader(file))


def is_working_day(on: date) -> bool:
    """Whether offices are open that day. Past the end of the file only weekends are known."""
    return on.weekday() < SATURDAY and on not in bank_holidays()


def known_until() -> date:
    """The last bank holiday of the file: past it no working day can be told."""
    return max(bank_holidays())


def next_working_day(on: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on
