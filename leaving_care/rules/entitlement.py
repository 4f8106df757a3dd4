"""Is somebody an eligible, relevant, former relevant child or a person qualifying for advice, on a day, with us?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from leaving_care.rules import sentences
from leaving_care.rules.circumstances import Circumstances, Ending, holds_any
from leaving_care.rules.over import over
from leaving_care.rules.questions import questions
from leaving_care.rules.situation import Situation, situation_of
from leaving_care.rules.status import Status
from placements.rules.finding import Finding
from placements.rules.periods_of_care import is_looked_after
from placements.rules.thirteen_weeks import ThirteenWeeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """The status on one day, why, the count behind it, and what could not be known.

    `since` is the first day of the status in its present run where one can be named. `eligible_since` is the first day
    as an eligible child, on or before the day asked about; `projected_on` is the day it will be if care goes on.
    `questions` are facts that nobody has recorded: the answer stands on the reading that protects the young person.
    """

    status: Status
    on: date
    since: date | None
    eligible_since: date | None
    projected_on: date | None
    count: ThirteenWeeks
    is_owed_support: bool
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "status": self.status.value,
            "on": self.on.isoformat(),
            "since": _iso(self.since),
            "eligible_since": _iso(self.eligible_since),
            "projected_on": _iso(self.projected_on),
            "is_owed_support": self.is_owed_support,
            "count": self.count.as_dict(),
            "findings": [finding.as_dict() for finding in self.findings],
            "questions": [question.as_dict() for question in self.questions],
        }


def entitlement(*, circumstances: Circumstances, on: date) -> Entitlement:
    """What the young person is entitled to from us on that day (CA 1989 ss. 23A to 24B, Sch. 2 para. 19B).

    Where the age is disputed and the two dates of birth give different answers, the answer is `CANNOT_TELL` with
    both; support is owed where either date gives it. Nothing here is stored: the same facts give the same answer on
    any later day.
    """
    return entitlement_in(situation_of(circumstances, on))


def entitlement_in(now: Situation) -> Entitlement:
    """The same, where the day's facts are worked out already."""
    answer = _answer(now)
    known = now.circumstances
    if known.other_date_of_birth is None:
        return answer
    by_other = situation_of(replace(known, date_of_birth=known.other_date_of_birth), now.on)
    other, _ = status_in(by_other)
    if other is answer.status:
        return answer
    disputed = sentences.age_disputed(known, answer.status, other)
    return replace(
        answer,
        status=Status.CANNOT_TELL,
        since=None,
        is_owed_support=answer.is_owed_support or _is_owed_support(other, by_other),
        findings=(disputed, *answer.findings),
    )


def _answer(situation: Situation) -> Entitlement:
    status, since = status_in(situation)
    projected = situation.count.by_nights.eligible_since
    return Entitlement(
        status=status,
        on=situation.on,
        since=since,
        eligible_since=situation.eligible_since,
        projected_on=projected if status is Status.NOT_YET else None,
        count=situation.count,
        is_owed_support=_is_owed_support(status, situation),
        findings=sentences.findings(status, since, situation),
        questions=questions(status, situation),
    )


def status_in(now: Situation) -> tuple[Status, date | None]:
    """The status and its first day by the date of birth that we hold, without the sentences: what duties follow."""
    ended = over(now)
    if ended is not None:
        return Status.NONE, ended.since
    if now.last_stay is None:
        return Status.NONE, None
    taken_over_on = _taken_over_on(now)
    if taken_over_on is not None:
        return Status.ANOTHER_AUTHORITY, taken_over_on
    if now.is_looked_after and not now.is_adult:
        if now.is_in_short_breaks:
            return Status.NONE, None
        return (Status.ELIGIBLE, now.eligible_again_since) if now.eligible_since else (Status.NOT_YET, None)
    if now.on < now.sixteenth_on:
        return Status.NONE, None
    return _after_care(now)


def _after_care(now: Situation) -> tuple[Status, date | None]:
    if now.is_adult:
        if now.relevance or (now.eligible_since and _was_looked_after_at_18(now)):
            return Status.FORMER_RELEVANT, now.eighteenth_on
    elif now.relevance:
        return Status.RELEVANT, now.relevance.since
    if now.turns_on_the_count:
        return Status.CANNOT_TELL, None
    if _qualifies(now):
        return Status.QUALIFYING, None
    return Status.NONE, None


def _taken_over_on(now: Situation) -> date | None:
    """Since when another authority looks after, or was the last to look after, the young person."""
    stay = now.last_stay
    if stay is None:
        return None
    if not stay.is_with_us:
        return stay.period.start_on
    ended_on = stay.period.end_on
    if stay.ending is Ending.TRANSFERRED and ended_on is not None and ended_on <= now.on:
        return ended_on
    return None


def _was_looked_after_at_18(now: Situation) -> bool:
    return is_looked_after(now.nights, on=now.eighteenth_on - timedelta(days=1))


def _qualifies(now: Situation) -> bool:
    """CA 1989 s. 24(1A), (1B): under 21, and looked after for a time at 16 or 17, or in special guardianship from care."""
    if now.on >= now.age_reached(21):
        return False
    at_16_or_17 = any(
        period.until >= now.sixteenth_on and period.start_on < now.eighteenth_on
        for period in now.whole
        if period.start_on <= now.on
    )
    return at_16_or_17 or _has_special_guardian(now)


def _has_special_guardian(now: Situation) -> bool:
    day = min(now.on, now.eighteenth_on)
    if now.circumstances.ended_as(Ending.SPECIAL_GUARDIANSHIP, by=day) is not None:
        return True
    return any(
        order.holds(day) and is_looked_after(now.whole, on=order.start_on - timedelta(days=1))
        for order in now.circumstances.special_guardianship
    )


def _is_owed_support(status: Status, now: Situation) -> bool:
    """Whether duties towards the person run now: to 21; longer under the plan or on request (s. 23C(7), s. 23CZB)."""
    if status in (Status.ELIGIBLE, Status.RELEVANT):
        return True
    if status is not Status.FORMER_RELEVANT:
        return False
    known = now.circumstances
    in_education = known.education_until is not None and now.on < known.education_until
    return now.on < now.age_reached(21) or in_education or holds_any(known.support_asked_for, on=now.on)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
