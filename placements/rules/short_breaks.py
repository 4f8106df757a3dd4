"""Is it a series of short breaks under reg. 48, and what then falls away?"""

from dataclasses import dataclass

from placements.rules.finding import Finding
from placements.rules.instruments import care_planning

LONGEST_BREAK_DAYS = 17  # reg. 48(2)(c)(i)
MOST_DAYS_IN_TWELVE_MONTHS = 75  # reg. 48(2)(c)(iii)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortBreakFacts:
    """What a person confirms of the arrangement; None where it is not known.

    `longest_intended_days` is the longest single stay that is meant; `most_days_in_twelve_months` the most
    that the arrangement comes to in any period of twelve months.
    """

    in_care: bool | None = None
    is_series_in_one_place: bool | None = None
    longest_intended_days: int | None = None
    goes_home_after_each: bool | None = None
    most_days_in_twelve_months: int | None = None


def short_break_findings(*, facts: ShortBreakFacts) -> tuple[Finding, ...]:
    """Each condition that is not met or not known, or, where all are met, what falls away.

    A likely short break of the return (V3, V4) is no finding of law: a person answers the five questions.
    """
    unmet = [_finding(code, words, provision, met) for code, words, provision, met in _conditions(facts) if not met]
    if unmet:
        return tuple(unmet)
    return (
        Finding(
            "short_breaks",
            "A series of short breaks: no notice of placement to anybody (reg. 13), no placement plan of reg. 9; "
            "the care plan sets out the arrangements instead.",
            care_planning("reg. 48(3)(a), (b)"),
        ),
        Finding(
            "short_breaks_visits",
            "Visits on days when the child is placed, at intervals agreed with the independent reviewing officer and "
            "the parents. The intervals of reg. 28(2) do not apply.",
            care_planning("reg. 48(3)(c)"),
        ),
    )


def _conditions(facts: ShortBreakFacts) -> tuple[tuple[str, str, str, bool | None], ...]:
    longest, most = facts.longest_intended_days, facts.most_days_in_twelve_months
    return (
        ("in_care", "The child is not in care.", "(a)", None if facts.in_care is None else not facts.in_care),
        (
            "series",
            "A series of short-term placements with the same person or in the same accommodation.",
            "(b)",
            facts.is_series_in_one_place,
        ),
        (
            "longest",
            f"No single placement is meant to last more than {LONGEST_BREAK_DAYS} days.",
            "(c)(i)",
            None if longest is None else longest <= LONGEST_BREAK_DAYS,
        ),
        (
            "home",
            "The child goes home to a parent, or another person with parental responsibility, after each.",
            "(c)(ii)",
            facts.goes_home_after_each,
        ),
        (
            "total",
            f"Not more than {MOST_DAYS_IN_TWELVE_MONTHS} days in any twelve months.",
            "(c)(iii)",
            None if most is None else most <= MOST_DAYS_IN_TWELVE_MONTHS,
        ),
    )


def _finding(code: str, words: str, provision: str, met: bool | None) -> Finding:
    citation = care_planning(f"reg. 48(2){provision}")
    if met is None:
        return Finding(f"short_breaks_confirm_{code}", f"Confirm: {words}", citation)
    return Finding(
        f"short_breaks_not_{code}", f"Not met, so the ordinary rules apply: {words[0].lower()}{words[1:]}", citation
    )
