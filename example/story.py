"""How does the story of Norrowshire stand just now? Counts for each authority, and a line for each thing it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.acting import acting_for, operator
from audit import log
from duties import board
from example.sharing import ASHFORD, BRACKWATER, CARROWBY
from example.tables import rows
from geo.areas import authority_by_code
from geo.models import Authority
from notifications import documents
from notifications.models import Delivery
from notifications.states import DocumentState, state_of
from placements import queries
from placements.models import Placement

PURPOSE = "telling the story"
REGISTERS = {"AG": ASHFORD, "BW": BRACKWATER, "CB": CARROWBY}
AREA = {
    "in_area": "in our own area",
    "out_of_area_adjoining": "out of area, adjoining",
    "out_of_area_distant": "out of area, at a distance",
    "cannot_tell": "cannot tell whose area",
}
WAITING = (Delivery.State.QUEUED, Delivery.State.SENDING)


@dataclass(frozen=True)
class Standing:
    """What one authority's register holds, counted."""

    authority: str
    current: int
    planned: int
    told_before_unanswered: int
    notices: int
    acknowledged: int
    webhooks_waiting: int
    duties_open: int
    duties_late: int


@dataclass(frozen=True)
class Scene:
    """What one child's record shows, and where it stands; no name."""

    reference: str
    shows: str
    stands: str


def standings(on: date) -> list[Standing]:
    """The counts of the three authorities that use Placewatch."""
    return [_standing(authority_by_code(code), on) for code in REGISTERS.values()]


def scenes() -> Iterator[Scene]:
    """The example's scenes, in the order of their table."""
    for row in rows("scenes.csv"):
        authority = authority_by_code(REGISTERS[row["child"][:2]])
        with acting_for(operator(authority.id), PURPOSE):
            placement = queries.placements().filter(child__reference=row["child"]).first()
            log.record(operation="placements.read", subject_kind="placement", subject_ids=[placement.id])
            yield Scene(row["child"], row["shows"], _where_it_stands(placement))


def _standing(authority: Authority, on: date) -> Standing:
    with acting_for(operator(authority.id), PURPOSE):
        sent = list(documents.sent(authority.id))
        return Standing(
            authority=authority.name,
            current=queries.current().count(),
            planned=queries.placements().filter(status=Placement.Status.PROPOSED).count(),
            told_before_unanswered=queries.before_we_began().count(),
            notices=len(sent),
            acknowledged=sum(state_of(one) == DocumentState.ACKNOWLEDGED for one in sent),
            webhooks_waiting=sum(delivery.state in WAITING for one in sent for delivery in one.deliveries.all()),
            duties_open=board.open_duties().count(),
            duties_late=board.late_count(on),
        )


def _where_it_stands(placement: Placement) -> str:
    if placement.is_restricted:
        return f"{placement.get_status_display()}; everything about its address is kept closed"
    verdict = placement.verdicts.get(superseded_at=None)
    words = [placement.get_status_display(), AREA[verdict.state]]
    document = documents.sent(placement.authority_id).filter(subject_id=placement.id).first()
    if document:
        words.append(f"notice to {document.recipient.name}: {state_of(document).label.lower()}")
    return "; ".join(words)
