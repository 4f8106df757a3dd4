"""Entitlement a second time, without cleverness: every night ticked off on a calendar. The oracle of the tests.

It shares no code with leaving_care.rules and knows no 29 February.
"""

from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)


def years_after(born: date, age: int) -> date:
    return date(born.year + age, born.month, born.day)


def months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= DAY


def days_between(start: date, end: date | None, horizon: date) -> set[date]:
    last = min(end or horizon, horizon)
    return {start + number * DAY for number in range(max((last - start).days, 0))}


class Calendar:
    """One young person's nights, written out one by one."""

    def __init__(self, known, on: date):
        self.known, self.on = known, on
        born = known.date_of_birth
        self.at = {age: years_after(born, age) for age in (14, 16, 18, 21, 25)}
        horizon = max(self.at[18], on) + DAY
        self.all_nights, breaks = set(), set()
        for stay in known.stays:
            self.all_nights |= days_between(stay.period.start_on, stay.period.end_on, horizon)
        for status in known.legal_statuses:
            if status.code in ("V3", "V4"):
                breaks |= days_between(status.start_on, status.end_on, horizon)
        self.good_nights = self.all_nights - breaks
        self.counted = {night for night in self.good_nights if self.at[14] <= night < self.at[18]}

    def nights_before(self, day: date) -> int:
        return sum(night < day for night in self.counted)

    def earliest_by_both_ends(self) -> date | None:
        """Counting the day of arrival and the day of leaving as days."""
        ordered = sorted(self.counted)
        leaving = {a + DAY for a, b in pairwise([*ordered, date.max]) if b != a + DAY}
        days = sorted(self.counted | leaving)
        return next((day for day in days if day >= self.at[16] and sum(one <= day for one in days) >= 91), None)

    def last_stay(self, day: date):
        stays = [stay for stay in self.known.stays if stay.period.start_on <= day]
        return stays[-1] if stays else None

    def is_relevant(self, day: date) -> bool:
        stay = self.last_stay(day)
        if day < self.at[16] or day in self.all_nights or stay is None:
            return False
        if not stay.is_with_us or stay.ending.value == "transferred":
            return False
        left_on = stay.period.end_on
        was_eligible = left_on > self.at[16] and left_on - DAY in self.good_nights and self.nights_before(left_on) >= 91
        if not was_eligible:
            return self.was_held_at_16()
        for home in self.known.at_home:
            lasts = home.span.start_on <= day and (home.span.end_on is None or day < home.span.end_on)
            since_leaving = home.span.start_on >= left_on
            if home.is_settled and since_leaving and lasts and months_after(home.span.start_on, 6) <= day:
                return False
        return True

    def was_held_at_16(self) -> bool:
        day = self.at[16]
        for status in self.known.legal_statuses:
            if status.code in ("C1", "C2") and status.start_on <= day < (status.end_on or date.max):
                return False
        return any(
            held.start_on <= day
            and (held.end_on is None or day < held.end_on)
            and held.start_on - DAY in self.good_nights
            and self.nights_before(held.start_on) >= 91
            for held in self.known.held
        )

    def is_over(self) -> bool:
        known = self.known
        ended = [
            stay.period.end_on
            for stay in known.stays
            if stay.ending.value in ("died", "adopted", "age_assessed_adult") and stay.period.end_on
        ]
        days = [day for day in (known.died_on, known.adopted_on, *ended) if day is not None]
        return self.on >= self.at[25] or any(day <= self.on for day in days)

    def qualifies(self) -> bool:
        if self.on >= self.at[21]:
            return False
        until = min(self.on, self.at[18])
        for stay in self.known.stays:
            start, end = stay.period.start_on, stay.period.end_on or date.max
            if start <= self.on and end >= self.at[16] and start < self.at[18]:
                return True
            if stay.ending.value == "special_guardianship" and end <= until:
                return True
        return any(
            guarded.start_on <= until and (guarded.end_on is None or until < guarded.end_on)
            for guarded in self.known.special_guardianship
        )

    def status(self) -> str:
        on, stay = self.on, self.last_stay(self.on)
        if self.is_over() or stay is None:
            return "none"
        ended = stay.period.end_on is not None and stay.period.end_on <= on
        if not stay.is_with_us or (ended and stay.ending.value == "transferred"):
            return "another_authority"
        if on in self.all_nights and on < self.at[18]:
            if on not in self.good_nights:
                return "none"
            return "eligible" if on >= self.at[16] and self.nights_before(on) >= 91 else "not_yet"
        if on < self.at[16]:
            return "none"
        eve = self.at[18] - DAY
        if on >= self.at[18]:
            stayed = eve in self.good_nights and self.nights_before(self.at[18]) >= 91
            if stayed or self.is_relevant(eve):
                return "former_relevant"
        elif self.is_relevant(on):
            return "relevant"
        by_both_ends = self.earliest_by_both_ends()
        if by_both_ends and by_both_ends <= on and not self.was_eligible_by(on):
            return "cannot_tell"
        return "qualifying" if self.qualifies() else "none"

    def was_eligible_by(self, on: date) -> bool:
        """Whether any day up to `on` was a day as an eligible child, a morning of leaving included."""
        for night in sorted(self.counted):
            for day in (night, night + DAY):
                starts_late_enough = day >= self.at[16] if day == night else day > self.at[16]
                if starts_late_enough and day <= on and self.nights_before(day) >= 91:
                    return True
        return False
