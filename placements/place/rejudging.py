"""What follows when the place of a placement is another than was recorded? Approval of another place does not carry over."""

from datetime import datetime

from accounts.acting import Actor
from duties.actions import ask_anew
from duties.models import Duty
from placements import states
from placements.approving import approvals
from placements.events import write_event
from placements.models import Placement
from placements.owed import calendar, obligations
from placements.place import verdicts
from placements.place.verdicts import Judged

Status = Placement.Status


def re_judge(placement: Placement, *, reason: str, by: Actor, at: datetime) -> Judged:
    """Judge the place anew, ask for its approvals, and ask again for whatever was asked, or done, about the other place.

    For whoever changed or chose the place, in the same transaction and with the placement locked; saves it without a
    new version, which is theirs to count. A plan that was approved is proposed again; a placement that has begun stands
    as a breach until an approval of this place, decided before the start, is recorded. A plan that is off asks nothing.
    """
    judged = verdicts.judge(placement, at=at)
    if placement.status in (Status.DECLINED, Status.WITHDRAWN):
        return judged
    open_before = list(approvals.current(placement).filter(decision=""))
    asked = approvals.request(placement, judged, by=by.name, at=at)
    if placement.status == Status.APPROVED:
        states.move(placement, Status.PROPOSED)
    if placement.starts_on:
        placement.breach_reason = f"Approved, if at all, for another place. {reason}" if asked else ""
    placement.save()
    _ask_anew(placement, judged, [f"approval:{one.id}" for one in open_before], reason=reason, by=by, at=at)
    if open_before or asked:
        what = "Approval is asked for this place: approval of another place does not carry over"
        write_event(placement, what if asked else "This place needs no approval", at, by=by, at=at, words=reason)
    return judged


def _ask_anew(
    placement: Placement, judged: Judged, superseded: list[str], *, reason: str, by: Actor, at: datetime
) -> None:
    holidays = calendar.holidays()
    wanted = {one.key for one in obligations.of_placement(placement, judged.area, holidays=holidays)}
    of_the_place = Duty.objects.filter(
        subject_kind="placement", subject_id=placement.id, kind__in=obligations.TURNING_ON_THE_PLACE
    )
    keys = {*of_the_place.values_list("key", flat=True), *superseded}
    ask_anew(keys, wanted=wanted, authority_id=placement.authority_id, reason=reason, by=by.name, at=at)
    obligations.redate_for(placement, judged, reason=reason, by=by.name, at=at)
