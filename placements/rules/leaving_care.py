"""Is somebody an eligible, relevant or former relevant child on a day?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from placements.rules.ages import birthday
from placements.rules.finding import Finding
from placements.rules.instruments import care_planning, children_act
from placements.rules.periods_of_care import (
    LegalStatus,
    PeriodOfCare,
    clipped,
    is_looked_after,
    joined,
    without_short_breaks,
)
from placements.rules.thirteen_weeks import ThirteenWeeks, thirteen_weeks
from placements.rules.written_dates import day_in_words

ELIGIBLE_CHILD = children_act("Sch. 2 para. 19B, with SI 2010/959 reg. 40(1)", reading="ADR 0016")
RELEVANT_CHILD = children_act("s. 23A(2)")
FORMER_RELEVANT_CHILD = children_act("s. 23C(1)")
FORMER_RELEVANT_DUTIES = children_act("s. 23C(6), (7), s. 23CZB")
QUALIFYING_PERSON = children_act("s. 24(1B)")
SHORT_BREAK_CHILD = care_planning("reg. 40(2)", reading="ADR 0018")
AGE_REACHED = children_act("Sch. 2 para. 19B", reading="ADR 0015")


class LeavingCareStatus(StrEnum):
    """What the periods of care make of somebody. "Possible": facts that are not asked here decide it."""

    ELIGIBLE = "eligible"
    RELEVANT_POSSIBLE = "relevant_possible"
    FORMER_RELEVANT = "former_relevant"
    FORMER_RELEVANT_POSSIBLE = "former_relevant_possible"
    QUALIFYING_POSSIBLE = "qualifying_possible"
    NOT_YET = "not_yet"
    NONE = "none"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class LeavingCareAnswer:
    """The status on one day, and the count behind it.

    `eligible_since` is the first day as an eligible child, if it is on or before the day asked about;
    `projected_on` is the day it will be, if a stay that goes on now lasts that long.
    """

    status: LeavingCareStatus
    on: date
    eligible_since: date | None
    projected_on: date | None
    count: ThirteenWeeks
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "status": self.status.value,
            "on": self.on.isoformat(),
            "eligible_since": self.eligible_since.isoformat() if self.eligible_since else None,
            "projected_on": self.projected_on.isoformat() if self.projected_on else None,
            "count": self.count.as_dict(),
            "findings": [finding.as_dict() for finding in self.findings],
        }


def leaving_care_status(
    *,
    date_of_birth: date,
    periods: Sequence[PeriodOfCare],
    on: date,
    legal_statuses: Sequence[LegalStatus] = (),
    date_of_birth_is_estimated: bool = False,
) -> LeavingCareAnswer:
    """Counted from the periods of care, with any authority, up to the day asked about.

    Eligible: 16 or 17, looked after, and for 13 weeks since 14, spans of V3 and V4 left out (CA 1989 Sch. 2
    para. 19B; SI 2010/959 reg. 40). Where only the way of counting decides a right after care has ended,
    the answer is cannot_tell and a person decides. Not decided here: six months at home, hospital or
    detention at 16 (SI 2010/2571 reg. 3), special guardianship, adoption.
    """
    count = thirteen_weeks(date_of_birth=date_of_birth, periods=periods, legal_statuses=legal_statuses, on=on)
    whole = joined(periods)
    facts = _Facts(
        on=on,
        count=count,
        looked_after=is_looked_after(whole, on=on),
        in_short_breaks=is_looked_after(whole, on=on)
        and not is_looked_after(without_short_breaks(whole, legal_statuses), on=on),
        looked_after_at_18=any(
            period.until == count.eighteenth_birthday.on
            for period in clipped(without_short_breaks(whole, legal_statuses), until=count.eighteenth_birthday.on)
        ),
        looked_after_after_16=any(
            period.until >= count.sixteenth_birthday.on
            for period in clipped(whole, until=min(on, count.eighteenth_birthday.on))
        ),
        ends_on=birthday(date_of_birth=date_of_birth, age=25).on,
    )
    status = _status(facts)
    return LeavingCareAnswer(
        status=status,
        on=on,
        eligible_since=facts.eligible_since,
        projected_on=count.by_nights.eligible_since if status is LeavingCareStatus.NOT_YET else None,
        count=count,
        findings=(*_status_findings(status, facts), *_count_findings(facts, date_of_birth_is_estimated)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    on: date
    count: ThirteenWeeks
    looked_after: bool
    in_short_breaks: bool
    looked_after_at_18: bool
    looked_after_after_16: bool
    ends_on: date

    @property
    def eligible_since(self) -> date | None:
        since = self.count.by_nights.eligible_since
        return since if since and since <= self.on else None

    @property
    def turns_on_the_count(self) -> bool:
        """Whether the other way of counting would have made an eligible child, and ours did not."""
        other = self.count.other.eligible_since
        return self.eligible_since is None and other is not None and other <= self.on

    @property
    def is_adult(self) -> bool:
        return self.on >= self.count.eighteenth_birthday.on


def _status(facts: _Facts) -> LeavingCareStatus:
    if facts.on >= facts.ends_on:
        return LeavingCareStatus.NONE
    if facts.looked_after and not facts.is_adult:
        if facts.in_short_breaks:
            return LeavingCareStatus.NONE
        return LeavingCareStatus.ELIGIBLE if facts.eligible_since else LeavingCareStatus.NOT_YET
    if facts.turns_on_the_count:
        return LeavingCareStatus.CANNOT_TELL
    if facts.eligible_since and not facts.is_adult:
        return LeavingCareStatus.RELEVANT_POSSIBLE
    if facts.eligible_since:
        is_certain = facts.looked_after_at_18
        return LeavingCareStatus.FORMER_RELEVANT if is_certain else LeavingCareStatus.FORMER_RELEVANT_POSSIBLE
    if facts.looked_after_after_16:
        return LeavingCareStatus.QUALIFYING_POSSIBLE
    return LeavingCareStatus.NONE


def _status_findings(status: LeavingCareStatus, facts: _Facts) -> tuple[Finding, ...]:
    since = day_in_words(facts.eligible_since) if facts.eligible_since else ""
    match status:
        case LeavingCareStatus.ELIGIBLE:
            return (Finding("eligible", f"An eligible child since {since}.", ELIGIBLE_CHILD),)
        case LeavingCareStatus.RELEVANT_POSSIBLE:
            sentence = (
                f"Was an eligible child (since {since}) and is no longer looked after: a relevant child, unless "
                "settled at home for six months (SI 2010/2571 reg. 3). Not decided here: a person says which."
            )
            return (Finding("relevant_possible", sentence, RELEVANT_CHILD),)
        case LeavingCareStatus.FORMER_RELEVANT:
            return (
                Finding(
                    "former_relevant",
                    f"A former relevant child: looked after at 18, and an eligible child since {since}.",
                    FORMER_RELEVANT_CHILD,
                ),
                Finding(
                    "former_relevant_duties",
                    "We stay responsible to 21; longer without being asked where the pathway plan sets out education "
                    "or training past 21; to 25 if asked.",
                    FORMER_RELEVANT_DUTIES,
                ),
            )
        case LeavingCareStatus.FORMER_RELEVANT_POSSIBLE:
            sentence = (
                "Was an eligible child and left care before 18: a former relevant child if a relevant child in "
                "between. Not decided here: a person says which."
            )
            return (Finding("former_relevant_possible", sentence, FORMER_RELEVANT_CHILD),)
        case LeavingCareStatus.QUALIFYING_POSSIBLE:
            sentence = (
                "Looked after after 16, short of 13 weeks: may qualify for advice and assistance to 21, "
                "and for help with education to 25. Not decided here."
            )
            return (Finding("qualifying_possible", sentence, QUALIFYING_PERSON),)
        case LeavingCareStatus.NOT_YET:
            return (_not_yet(facts),)
        case LeavingCareStatus.CANNOT_TELL:
            sentence = (
                "Eligible by one way of counting and not by the other: the right turns on a day or two. "
                "A person decides, with legal advice."
            )
            return (Finding("turns_on_the_count", sentence, ELIGIBLE_CHILD),)
        case LeavingCareStatus.NONE:
            return (_none(facts),)


def _not_yet(facts: _Facts) -> Finding:
    projected = facts.count.by_nights.eligible_since
    if projected is None:
        return Finding(
            "not_reached_before_18",
            "Looked after, and 13 weeks will not be reached before 18: a person qualifying for advice and "
            "assistance afterwards, no more.",
            QUALIFYING_PERSON,
        )
    sentence = f"Not yet an eligible child: will be one on {day_in_words(projected)} if still looked after then."
    return Finding("not_yet", sentence, ELIGIBLE_CHILD)


def _none(facts: _Facts) -> Finding:
    if facts.on >= facts.ends_on:
        return Finding("past_25", "Past 25: the leaving-care duties have ended.", FORMER_RELEVANT_DUTIES)
    if facts.in_short_breaks:
        sentence = "In a series of short breaks, likely reg. 48: not an eligible child. Confirm that it is one."
        return Finding("short_breaks", sentence, SHORT_BREAK_CHILD)
    return Finding("none", "Nothing in the periods of care gives a leaving-care status on this day.", ELIGIBLE_CHILD)


def _count_findings(facts: _Facts, date_of_birth_is_estimated: bool) -> tuple[Finding, ...]:
    count = facts.count
    findings = [
        Finding("nights_counted", count.sentence, ELIGIBLE_CHILD),
        Finding("other_count", count.other_sentence, ELIGIBLE_CHILD),
    ]
    if count.eighteenth_birthday.other_reading_on:
        findings.append(
            Finding(
                "born_on_29_february",
                f"Born on 29 February: 18 is read as reached on {day_in_words(count.eighteenth_birthday.on)}; "
                f"the other reading is {day_in_words(count.eighteenth_birthday.other_reading_on)}.",
                AGE_REACHED,
            )
        )
    if date_of_birth_is_estimated:
        sentence = "The date of birth is estimated, and every day here moves with it."
        findings.append(Finding("date_of_birth_estimated", sentence, AGE_REACHED))
    return tuple(findings)
