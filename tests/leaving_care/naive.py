"""Entitlement a second time, without cleverness: every night ticked off on a strip of days. The oracle of the tests.

It shares no code with leaving_care.rules and knows no 29 February.
"""

from datetime import date, timedelta
from functools import lru_cache

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


@lru_cache(maxsize=16_384)
def strip_of_nights(born: date, stays: tuple, statuses: tuple) -> bytes:
    """A mark for each night from birth to 18: 1 where somebody was looked after, and not in short breaks."""
    strip = bytearray((years_after(born, 18) - born).days)
    for stay in stays:
        mark(strip, born, stay.period.start_on, stay.period.end_on, b"\1")
    for status in statuses:
        if status.code in ("V3", "V4"):
            mark(strip, born, status.start_on, status.end_on, b"\0")
    return bytes(strip)


def mark(strip: bytearray, born: date, start: date, end: date | None, with_: bytes) -> None:
    first = max((start - born).days, 0)
    last = min((end - born).days if end else len(strip), len(strip))
    if first < last:
        strip[first:last] = with_ * (last - first)


@lru_cache(maxsize=16_384)
def first_day_as_eligible(born: date, stays: tuple, statuses: tuple) -> date | None:
    """Day by day from 16: in care that night, or leaving that morning, with 91 nights since 14 behind it."""
    strip = strip_of_nights(born, stays, statuses)
    fourteen, sixteen = ((years_after(born, age) - born).days for age in (14, 16))
    nights = strip[fourteen:sixteen].count(1)
    for day in range(sixteen, len(strip) + 1):
        is_in = day < len(strip) and strip[day] == 1
        leaves = day > sixteen and strip[day - 1] == 1
        if (is_in or leaves) and nights >= 91:
            return born + day * DAY
        nights += is_in
    return None


@lru_cache(maxsize=16_384)
def first_day_by_both_ends(born: date, stays: tuple, statuses: tuple) -> date | None:
    """The same where the day of arrival and the day of leaving are counted as days."""
    strip = strip_of_nights(born, stays, statuses)
    fourteen, sixteen = ((years_after(born, age) - born).days for age in (14, 16))
    counted = 0
    for day in range(fourteen, len(strip) + 1):
        is_in = day < len(strip) and strip[day] == 1
        leaves = day > fourteen and strip[day - 1] == 1
        if is_in or leaves:
            counted += 1
            if day >= sixteen and counted >= 91:
                return born + day * DAY
    return None


class Calendar:
    """One young person's nights, written out one by one."""

    def __init__(self, known, on: date):
        self.known, self.on = known, on
        self.born = known.date_of_birth
        self.life = self.born, known.stays, known.legal_statuses
        self.at = {age: years_after(self.born, age) for age in (14, 16, 18, 21, 25)}
        self.strip = strip_of_nights(*self.life)

    def is_in_care(self, day: date) -> bool:
        return any(
            stay.period.start_on <= day and (stay.period.end_on is None or day < stay.period.end_on)
            for stay in self.known.stays
        )

    def is_good_night(self, day: date) -> bool:
        number = (day - self.born).days
        return 0 <= number < len(self.strip) and self.strip[number] == 1

    def nights_before(self, day: date) -> int:
        return self.strip[(self.at[14] - self.born).days : max((day - self.born).days, 0)].count(1)

    def last_stay(self, day: date):
        stays = [stay for stay in self.known.stays if stay.period.start_on <= day]
        return stays[-1] if stays else None

    def is_relevant(self, day: date) -> bool:
        stay = self.last_stay(day)
        if day < self.at[16] or self.is_in_care(day) or stay is None:
            return False
        if not stay.is_with_us or stay.ending.value == "transferred":
            return False
        left_on = stay.period.end_on
        was_eligible = left_on > self.at[16] and self.is_good_night(left_on - DAY) and self.nights_before(left_on) >= 91
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
            and self.is_good_night(held.start_on - DAY)
            and self.nights_before(held.start_on) >= 91
            for held in self.known.held
        )

    def is_over(self) -> bool:
        """For good by a death or at 25; by an adoption or an age assessment until the first night in care after it."""
        known = self.known
        for_good, for_now = [known.died_on, self.at[25]], [known.adopted_on]
        for stay in known.stays:
            if stay.ending.value == "died":
                for_good.append(stay.period.end_on)
            if stay.ending.value in ("adopted", "age_assessed_adult"):
                for_now.append(stay.period.end_on)
        came = [stay.period.start_on for stay in known.stays if stay.period.start_on <= self.on]
        return any(day and day <= self.on for day in for_good) or any(
            day and day <= self.on and not any(start >= day for start in came) for day in for_now
        )

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
            guarded.start_on <= until
            and (guarded.end_on is None or until < guarded.end_on)
            and self.is_in_care(guarded.start_on - DAY)
            for guarded in self.known.special_guardianship
        )

    def status(self) -> str:
        on, stay = self.on, self.last_stay(self.on)
        if self.is_over() or stay is None:
            return "none"
        ended = stay.period.end_on is not None and stay.period.end_on <= on
        if not stay.is_with_us or (ended and stay.ending.value == "transferred"):
            return "another_authority"
        if self.is_in_care(on) and on < self.at[18]:
            if not self.is_good_night(on):
                return "none"
            return "eligible" if on >= self.at[16] and self.nights_before(on) >= 91 else "not_yet"
        if on < self.at[16]:
            return "none"
        eve = self.at[18] - DAY
        if on >= self.at[18]:
            stayed = self.is_good_night(eve) and self.nights_before(self.at[18]) >= 91
            if stayed or self.is_relevant(eve):
                return "former_relevant"
        elif self.is_relevant(on):
            return "relevant"
        by_both_ends = first_day_by_both_ends(*self.life)
        if by_both_ends and by_both_ends <= on and not self.was_eligible_by(on):
            return "cannot_tell"
        return "qualifying" if self.qualifies() else "none"

    def was_eligible_by(self, on: date) -> bool:
        """Whether any day up to `on` was a day as an eligible child, a morning of leaving included."""
        first = first_day_as_eligible(*self.life)
        return first is not None and first <= on
