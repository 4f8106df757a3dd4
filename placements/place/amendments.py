"""What of a placement may change, what did it say before, and did its place change because the carer moved house?"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from accounts import secrets
from accounts.acting import Actor
from placements.models import Amendment, Placement
from placements.place.places import Place

IN_WORDS = {
    "place": "the address",
    "place_code": "the kind of place",
    "provider_code": "the provider",
    "legal_status": "the legal status",
    "is_in_key_stage_four": "whether the child is in key stage 4",
    "reason_for_distance": "the reason for the distance",
    "is_emergency": "whether it was planned or an emergency",
    "started_at": "the start",
    "ended_at": "the end",
}


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a placement is to say from now on; None where it stays as it is. The last three are only ever corrected."""

    place: Place | None = None
    place_code: str | None = None
    provider_code: str | None = None
    legal_status: str | None = None
    is_in_key_stage_four: bool | None = None
    reason_for_distance: str | None = None
    is_emergency: bool | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    def differing(self, placement: Placement, place: Place | None) -> dict[str, Any]:
        """Those that are not what the placement says already, by name."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: value
            for name, value in given.items()
            if value is not None and value != (place if name == "place" else getattr(placement, name))
        }


def keep(
    placement: Placement,
    kind: Amendment.Kind,
    changed: dict[str, Any],
    place: Place | None,
    *,
    effective_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Amendment:
    """Keep what the changed facts said until now; to be called before they change."""
    amendment = Amendment(
        authority_id=placement.authority_id,
        placement=placement,
        kind=kind,
        version=placement.version,
        earlier={name: _plain(getattr(placement, name)) for name in changed if name != "place"},
        is_restricted=placement.is_restricted,
        effective_on=effective_on,
        reason=reason,
        recorded_at=at,
        recorded_by=by.name,
    )
    if "place" in changed and place is not None:
        amendment.earlier_place = secrets.encrypt(json.dumps(asdict(place)), bound_to=_row(amendment))
    amendment.save(force_insert=True)
    return amendment


def earlier_place(amendment: Amendment) -> Place | None:
    """The address as it stood before; None where it did not change."""
    if amendment.earlier_place is None:
        return None
    return Place(**json.loads(secrets.decrypt(amendment.earlier_place, bound_to=_row(amendment))))


def of_placement(placement: Placement) -> list[Amendment]:
    """Every change of the facts, in order; of a closed address none without a grant."""
    return list(Amendment.objects.filter(placement=placement).order_by("version"))


def carers_move(placement: Placement) -> Amendment | None:
    """The carer's move of house that brought the child to the present address; None where nothing of the kind did."""
    of_the_place = Amendment.objects.filter(placement=placement, earlier_place__isnull=False)
    last = of_the_place.order_by("version").last()
    return last if last and last.kind == Amendment.Kind.MOVED_HOUSE else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _row(amendment: Amendment) -> str:
    return f"amendment:{amendment.id}"
