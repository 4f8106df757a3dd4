"""What of the facts matters on one day?"""

from dataclasses import dataclass
from datetime import date, timedelta

from leaving_care.rules.circumstances import Circumstances, Stay
from leaving_care.rules.relevant import Relevance, relevance
from placements.rules.ages import birthday
from placements.rules.periods_of_care import PeriodOfCare, is_looked_after, joined, without_short_breaks
from placements.rules.thirteen_weeks import ThirteenWeeks, counted_nights


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts of one day, as the status and its sentences turn on them.

    `whole` are the periods of care joined, `nights` the same without short breaks.
    """

    circumstances: Circumstances
    on: date
    count: ThirteenWeeks
    whole: tuple[PeriodOfCare, ...]
    nights: tuple[PeriodOfCare, ...]
    last_stay: Stay | None
    is_looked_after: bool
    is_in_short_breaks: bool
    eligible_since: date | None
    relevance: Relevance | None

    @property
    def eighteenth_on(self) -> date:
        return self.count.eighteenth_birthday.on

    @property
    def sixteenth_on(self) -> date:
        return self.count.sixteenth_birthday.on

    @property
    def is_adult(self) -> bool:
        return self.on >= self.eighteenth_on

    def age_reached(self, age: int) -> date:
        return birthday(date_of_birth=self.circumstances.date_of_birth, age=age).on

    @property
    def eligible_again_since(self) -> date | None:
        """The first day as an eligible child in the stay that goes on: later than the very first after coming back."""
        here = [period.start_on for period in self.nights if period.start_on <= self.on]
        return max(self.eligible_since, *here) if self.eligible_since and here else self.eligible_since

    @property
    def turns_on_the_count(self) -> bool:
        """Whether the other way of counting would have made an eligible child, and ours did not."""
        other = self.count.other.eligible_since
        return self.eligible_since is None and other is not None and other <= self.on


def situation_of(circumstances: Circumstances, on: date) -> Situation:
    """The day's facts, counted from the periods of care of every authority."""
    whole = joined(circumstances.periods)
    nights = without_short_breaks(whole, circumstances.legal_statuses)
    count = counted_nights(date_of_birth=circumstances.date_of_birth, nights=nights, on=on)
    looked_after = is_looked_after(whole, on=on)
    since = _eligible_since(circumstances, count)
    eve = min(on, count.eighteenth_birthday.on - timedelta(days=1))
    return Situation(
        circumstances=circumstances,
        on=on,
        count=count,
        whole=whole,
        nights=nights,
        last_stay=circumstances.last_stay(on=on),
        is_looked_after=looked_after,
        is_in_short_breaks=looked_after and not is_looked_after(nights, on=on),
        eligible_since=since if since and since <= on else None,
        relevance=relevance(
            circumstances=circumstances, count=count, eligible_since=since, whole=whole, nights=nights, on=eve
        ),
    )


def _eligible_since(circumstances: Circumstances, count: ThirteenWeeks) -> date | None:
    """The first day as an eligible child by the nights, or from which a person decided so where they fall short."""
    days = (count.by_nights.eligible_since, circumstances.decided_eligible_on)
    return min((day for day in days if day is not None), default=None)
