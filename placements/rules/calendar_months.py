"""Where does a period of calendar months end?"""

import calendar
from datetime import date

SHORTEST_MONTH_DAYS = 28


def add_months(*, from_on: date, months: int) -> date:
    """The corresponding date `months` later (earlier if negative), or the last day of a month without one.

    31 August and three months: 30 November (the corresponding date rule, Dodds v Walker [1981]
    1 WLR 1027). Calendar months are not stretched by weekends or holidays.
    """
    month_count = from_on.year * 12 + from_on.month - 1 + months
    year, month = month_count // 12, month_count % 12 + 1
    if from_on.day <= SHORTEST_MONTH_DAYS:
        return date(year, month, from_on.day)
    return date(year, month, min(from_on.day, calendar.monthrange(year, month)[1]))
