"""What does the start of a placement oblige its authority to, wherever the place is, and by when?

The plan (reg. 9), telling the independent reviewing officer (reg. 9(1)(b)(ii)), telling the people of reg. 13(2), and
the visits (reg. 28). A planned placement owes the first three before it is made and is asked for them as soon as
it is planned; an emergency is asked when the child is there, since its days count from the start.
"""

from accounts.roles import Role
from duties.owed import Owed
from placements.models import Placement
from placements.owed import facts, owing, turns
from placements.owed.grounds import Grounds
from placements.rules.due_dates import before_day
from placements.rules.instruments import care_planning
from placements.rules.notice import PEOPLE_NOTICE, notice_clocks
from placements.rules.people_to_tell import people_to_tell
from placements.rules.placement_facts import Manner, PlacementFacts
from placements.rules.placement_plan import PLAN_BEFORE, placement_plan
from placements.rules.working_days import Holidays

IRO_INFORMED = care_planning("reg. 9(1)(b)(ii)")
SAY_WHICH = "Say whether it was planned or made in an emergency: until then no day is asserted."


def of_grounds(found: Grounds, *, holidays: Holidays) -> list[Owed]:
    """What the start asks for; nothing for a short break, a temporary stay or an adoption, which have other rules."""
    placement = found.placement
    known = facts.of_placement(placement)
    is_awaited = known.manner is Manner.EMERGENCY and placement.starts_on is None
    if not people_to_tell(placement=known) or known.starts_on is None:
        return []
    visit = turns.visits_owed(found, known, holidays=holidays)
    if is_awaited:
        return visit
    return [
        *_iro(placement, known, holidays),
        *_plan(placement, known, holidays),
        *_people(placement, known, holidays),
        *visit,
    ]


def _iro(placement: Placement, known: PlacementFacts, holidays: Holidays) -> list[Owed]:
    """In an emergency that somebody approves she is on that approval's own list (reg. 11(3))."""
    if known.manner is Manner.EMERGENCY and placement.approver_needed:
        return []
    title = "Tell the independent reviewing officer of this placement"
    if known.manner is Manner.NOT_KNOWN:
        return [owing.by_no_day(placement, "iro_told", title, str(IRO_INFORMED), [SAY_WHICH])]
    due = owing.counted(
        lambda: before_day(on=known.starts_on, owed="To be told", citation=IRO_INFORMED, holidays=holidays)
    )
    if due is None:
        return [owing.by_no_day(placement, "iro_told", title, str(IRO_INFORMED), owing.BEYOND_THE_TABLE)]
    return [owing.by_a_day(placement, "iro_told", title, due)]


def _plan(placement: Placement, known: PlacementFacts, holidays: Holidays) -> list[Owed]:
    title = "Prepare the placement plan, agreed and signed"
    plan = owing.counted(lambda: placement_plan(manner=known.manner, starts_on=known.starts_on, holidays=holidays))
    if plan is None:
        return [owing.by_no_day(placement, "placement_plan", title, str(PLAN_BEFORE), owing.BEYOND_THE_TABLE)]
    if plan.due is None:
        words = (f"If planned: {plan.if_before.sentence}", f"If in an emergency: {plan.if_after.sentence}", SAY_WHICH)
        return [owing.by_no_day(placement, "placement_plan", title, str(PLAN_BEFORE), words)]
    return [owing.by_a_day(placement, "placement_plan", title, plan.due)]


def _people(placement: Placement, known: PlacementFacts, holidays: Holidays) -> list[Owed]:
    title = "Tell in writing everybody whom reg. 13(2) names: the child, parents, health, school and the others"
    clocks = owing.counted(lambda: notice_clocks(manner=known.manner, starts_on=known.starts_on, holidays=holidays))
    role = Role.PLACEMENT_OFFICER
    if clocks is None:
        words = owing.BEYOND_THE_TABLE
        return [owing.by_no_day(placement, "notice_to_people", title, str(PEOPLE_NOTICE), words, role=role)]
    if_planned, if_emergency = clocks
    if if_planned and if_emergency:
        words = (f"If planned: {if_planned.sentence}", f"If in an emergency: {if_emergency.sentence}", SAY_WHICH)
        return [owing.by_no_day(placement, "notice_to_people", title, str(PEOPLE_NOTICE), words, role=role)]
    return [owing.by_a_day(placement, "notice_to_people", title, if_planned or if_emergency, role=role)]
