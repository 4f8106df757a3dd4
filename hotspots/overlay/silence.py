"""What does a stored answer keep of an owner that does not turn on where the place lies? The state that silence has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.clock import london_date
from hotspots.overlay import sentences
from hotspots.sharing.coverage import State
from hotspots.sharing.owners import owners_of


@dataclass(frozen=True)
class Silence:
    """What the reader is told now of an owner wherever none of its areas lies near, in a stored answer's words.

    `said` is told with areas near too, `state` where none is. `is_enough`: whether two answers with both alike read the
    same. Of a stale owner either the areas or the statement may be old, which the state does not tell apart.
    """

    said: dict
    state: str
    is_enough: bool


def of_owner(owner_id: UUID, *, radius_metres: int, at: datetime) -> Silence:
    """The same for the authority acted for. Refuses (NobodyActs) outside acting_for."""
    owners = owners_of([owner_id], near=(), radius_metres=radius_metres, on=london_date(at))
    answer = owners.answer(owner_id, (), reach_metres=0, is_by_cell=False)
    told = sentences.stored(answer)
    said = {name: told[name] for name in ("authority_id", "said", "within_metres")}
    return Silence(said, answer.state.value, answer.state is not State.STALE)
