"""Which holidays do the rules count with? The table of bank holidays, loaded by the owner, read as facts."""

import csv

from geo.holidays import FILE
from placements.models import BankHoliday
from placements.rules.working_days import Holidays

SOURCE = "GOV.UK bank holidays, England and Wales, as published in February 2026"


def load_bank_holidays(using: str = "owner") -> int:
    """Make the table say what the reference file says; returns the number of days."""
    with open(FILE, encoding="utf-8", newline="") as file:
        days = [
            BankHoliday(on=row["on"], title=row["title"], notes=row["notes"], source=SOURCE)
            for row in csv.DictReader(file)
        ]
    BankHoliday.objects.using(using).bulk_create(
        days, update_conflicts=True, unique_fields=["on"], update_fields=["title", "notes", "source"]
    )
    return len(days)


def holidays() -> Holidays:
    """The holidays as facts for the rules, with the span for which the table is known."""
    return Holidays.from_rows(BankHoliday.objects.order_by("on").values_list("on", "title", "notes"))
