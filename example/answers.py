"""What did the county's people do of what they owed for a placement? What they have not done yet is a real morning's work."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from accounts.acting import Actor, acting_for
from db.clock import LONDON, london_date
from duties.actions import meet
from duties.models import Duty
from example import people
from example.moments import Step, day, moment
from example.sharing import ASHFORD
from geo.areas import authority_by_code
from geo.models import Authority
from placements.actions.approvals import confirm
from placements.actions.considered import record_place_tried
from placements.actions.endings import record_ending, tell_host_of_ending
from placements.actions.judgements import latest_screening, record_conversation, write_judgement
from placements.approving import approvals
from placements.models import Judgement, Placement
from placements.owed import judgements_owed

Place = Callable[[], Placement]

BEFORE_THE_START = {
    "iro_told": "The independent reviewing officer was told by e-mail; it is on the file.",
    "notice_to_people": "Letters to everybody of reg. 13(2); copies on the file.",
    "placement_plan": "Agreed and signed at the meeting before the move.",
}
AT_NIGHT = {"iro_told": BEFORE_THE_START["iro_told"]}
VISITED = {"first_visit": "Visited at the placement, and seen alone."}
OF_THE_END = {"ending_notice_to_people": "Letters to those who were told of the placement; copies on the file."}
AGREEMENT = {
    judgements_owed.Said.SOMETHING: "agrees",
    judgements_owed.Said.NOTHING_NEAR: "agrees",
    judgements_owed.Said.NOTHING_SHARED: "nothing_said",
}
DAYS_UNTIL_LOOKED_AT_AGAIN = 90
# The newest judgement waits for its conversation.
TALKED_UNTIL_DAYS_BEFORE = 6
AT_THE_DESK = time(8, 40)
# The places that were asked first, by child and kind of move; no host is told of them.
TRIED = {
    ("AG-2041", "emergency"): (
        ("Our emergency carers, both households", "Full tonight."),
        ("Brackwater, duty desk", "No bed."),
    ),
    ("AG-1877", "planned"): (("Carers of ours at Weir Lane", "They stop in January."),),
}


def steps(row: dict[str, str], authority: Authority, start: date, placement: Place) -> list[Step]:
    """What was done for one placement of the table, each thing when it would have been."""
    if row["withdrawn"]:
        return []
    registered, starts = moment(row["registered"], start), moment(row["starts"], start)
    now = moment("0 09:00", start)
    found = [(registered + timedelta(minutes=30), row["by"], _meet(placement, AT_NIGHT))]
    if row["how"] == "planned" and starts < now:
        told_at = max(registered + timedelta(hours=1), starts - timedelta(days=1))
        found = [
            (told_at, row["by"], _meet(placement, BEFORE_THE_START)),
            (told_at + timedelta(hours=1), row["by"], _judge(placement)),
        ]
        if day(str(-TALKED_UNTIL_DAYS_BEFORE), start) >= london_date(told_at):
            found.append((told_at + timedelta(hours=3), "", _talk_through(placement, authority)))
    if row["approved"]:
        found.append((_next_morning(row["approved"], start), "", _confirm(placement, authority)))
    if tried := TRIED.get((row["child"], row["how"])):
        found.append((registered + timedelta(minutes=20), row["by"], _try(placement, tried)))
    found.append((starts + timedelta(days=4), row["by"], _meet(placement, VISITED)))
    if row["ends"]:
        found += _of_its_end(row, start, placement)
    return [Step(at, authority, person, do) for at, person, do in found if at < now]


def of_the_night(start: date) -> list[Step]:
    """On the morning after it is said how Kayla's placement before had ended: at once, for immediate risk."""

    def say(by: Actor, at: datetime) -> None:
        ended = Placement.objects.get(child__reference="AG-2041", status=Placement.Status.ENDED)
        record_ending(placement_id=ended.id, how="immediate_risk", by=by, at=at)

    return [Step(moment("-3 10:00", start), authority_by_code(ASHFORD), "Priya Nair", say)]


def _of_its_end(row: dict[str, str], start: date, placement: Place) -> list[tuple]:
    """An ending that was planned: said, told to the host and to everybody else before it."""
    ends = moment(row["ends"], start)

    def say(by: Actor, at: datetime) -> None:
        record_ending(placement_id=placement().id, how="by_us", planned_on=london_date(ends), by=by, at=at)
        tell_host_of_ending(placement_id=placement().id, by=by, at=at)

    said_at = ends - timedelta(days=5)
    return [(said_at, row["by"], say), (said_at + timedelta(hours=1), row["by"], _meet(placement, OF_THE_END))]


def _next_morning(approved: str, start: date) -> datetime:
    """When whoever decided is at a desk again."""
    recorded = moment(approved, start)
    morning = datetime.combine(recorded, AT_THE_DESK, LONDON)
    return morning if recorded < morning else morning + timedelta(days=1)


def _try(placement: Place, tried: tuple) -> Callable[[Actor, datetime], None]:
    def do(by: Actor, at: datetime) -> None:
        for asked, why_not in tried:
            given = {"place": asked, "why_not": why_not, "asked_on": london_date(at)}
            record_place_tried(placement_id=placement().id, **given, by=by, at=at)

    return do


def _meet(placement: Place, evidence: dict[str, str]) -> Callable[[Actor, datetime], None]:
    def do(by: Actor, at: datetime) -> None:
        for kind, words in evidence.items():
            key = f"{kind}:{placement().id}"
            meet(key, authority_id=by.authority_id, evidence=words, by=by.name, at=at)

    return do


def _judge(placement: Place) -> Callable[[Actor, datetime], None]:
    """A judgement where one is owed."""

    def do(by: Actor, at: datetime) -> None:
        one = placement()
        if not Duty.objects.filter(subject_id=one.id, kind="judgement", closed_at=None).exists():
            return
        read = latest_screening(one)
        write_judgement(
            placement_id=one.id,
            screening_id=read.id if read else None,
            supersedes_id=None,
            known_and_not_known="What the carers and the school say is known; how the evenings are is not known yet.",
            thinks_and_why="The place fits, with lifts home in the evening until the first visit.",
            look_again_on=london_date(at) + timedelta(days=DAYS_UNTIL_LOOKED_AT_AGAIN),
            agreement=AGREEMENT[judgements_owed.said_of(read)],
            asked_whom="The duty desk of the area’s authority, by telephone",
            asked_on=london_date(at),
            they_said="Nothing that is known to them speaks against it.",
            by=by,
            at=at,
        )

    return do


def _talk_through(placement: Place, authority: Authority) -> Callable[[Actor, datetime], None]:
    """The supervisor's conversation, where the authority has a supervisor and there is a judgement."""

    def do(by: Actor, at: datetime) -> None:
        # Of a closed address only whoever holds a grant reads what is thought.
        written = Judgement.objects.filter(placement=placement(), superseded_at=None, is_restricted=False).first()
        supervisor = next(
            (one for one in people.sign_ins() if (one.authority, one.role) == (authority, "supervisor")), None
        )
        if written is None or supervisor is None:
            return
        actor = people.actor(supervisor.name, authority)
        with acting_for(actor, people.PURPOSE):
            words = {written.id: "Agreed; look at the evenings on the first visit."}
            record_conversation(held_at=at, words=words, by=actor, at=at)

    return do


def _confirm(placement: Place, authority: Authority) -> Callable[[Actor, datetime], None]:
    """Whoever decided confirms what was recorded for them."""

    def do(by: Actor, at: datetime) -> None:
        for approval in approvals.current(placement()).exclude(decision="").filter(confirmed_at=None):
            actor = people.actor(approval.decided_by, authority)
            with acting_for(actor, people.PURPOSE):
                confirm(approval_id=approval.id, by=actor, at=at)

    return do
