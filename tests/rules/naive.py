"""How would somebody count without the rules? A second implementation, slow and plain, for the tests to compare with."""

from datetime import date, timedelta

from tests.rules.facts import HOLIDAYS


def nth_working_day_after(on, number):
    """Walk on, crossing off weekends and holidays."""
    left = number
    while left:
        on += timedelta(days=1)
        if on.strftime("%a") not in ("Sat", "Sun") and on not in HOLIDAYS.titles:
            left -= 1
    return on


def months_later(on, months):
    """Turn the calendar's pages one by one; step back from a day that the last page does not have."""
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, on.day)
