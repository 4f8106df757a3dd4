"""Which duties does a placement give rise to? A second, simpler reading of the regulations, sharing no rule with the code."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)}
NOBODY_APPROVES = "own foster carers"


@dataclass
class Facts:
    """What a person would write on paper about one placement."""

    where: str  # in_area, adjoining, distant
    carer: str
    is_emergency: bool
    is_in_key_stage_four: bool
    planned_on: date | None
    status: str = "proposed"
    started_at: datetime | None = None
    approvals: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    next_move_on: date | None = None

    @property
    def starts_on(self) -> date | None:
        return on(self.started_at) if self.started_at else None

    @property
    def is_live(self) -> bool:
        return self.status in ("proposed", "approved", "started", "ended")

    @property
    def is_out_of_area(self) -> bool:
        return self.where in ("adjoining", "distant")


def on(at: datetime) -> date:
    """The day in England."""
    return at.astimezone(LONDON).date()


def fifth_working_day_after(day: date) -> date:
    """Counted on the fingers."""
    left = 5
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def approvals_needed(facts: Facts) -> dict[str, str]:
    """Under which regulation whose approval is needed."""
    needed = {}
    if facts.where == "distant" and facts.carer != NOBODY_APPROVES:
        needed["reg_11"] = "director"
    if facts.where == "adjoining" and facts.carer != NOBODY_APPROVES:
        needed["reg_11"] = "nominated_officer"
    if facts.is_in_key_stage_four and not facts.is_emergency:
        needed["reg_10"] = "nominated_officer"
    if facts.carer == "parents":
        needed["reg_18"] = "nominated_officer"
    return needed


def owed(facts: Facts) -> dict[str, date]:
    """Each duty that stands, met or open, with the day by which it is due; `{}` for a plan that is off."""
    if not facts.is_live:
        return {}
    start = facts.starts_on or facts.planned_on
    duties = {f"approval under {under}": start for under in approvals_needed(facts)}
    if not facts.is_emergency or facts.started_at:
        by = fifth_working_day_after(start) if facts.is_emergency else start
        duties |= dict.fromkeys(("placement_plan", "notice_to_people"), by)
        if facts.is_out_of_area:
            duties["notice_to_host"] = by
        if not facts.is_emergency or "reg_11" not in approvals_needed(facts):
            duties["iro_told"] = start
    if facts.started_at:
        duties["first_visit"] = start + timedelta(days=7)
    decision, decided_at = facts.approvals.get("reg_11", ("", None))
    if facts.is_emergency and decision == "approved":
        first = min(day for day in (on(decided_at), start) if day)
        host = "notified" if facts.where == "adjoining" else "consulted"
        for item in ("relatives_consulted", f"area_authority_{host}", "iro_told"):
            duties[f"after_emergency_approval:{item}"] = fifth_working_day_after(first)
    return duties | _of_the_ending(facts)


def _of_the_ending(facts: Facts) -> dict[str, date]:
    """An ending that is in sight, or has happened, is told to those who were told, and to the host out of area."""
    if facts.status == "ended" or (facts.status == "started" and facts.next_move_on):
        told = (
            ("ending_notice_to_people", "ending_notice_to_host")
            if facts.is_out_of_area
            else ("ending_notice_to_people",)
        )
        return dict.fromkeys(told, facts.next_move_on)
    return {}
