"""How is a move after care recorded, in four answers, and who provides the home from a day on?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor
from db.clock import london_date
from geo.models import Authority
from leaving_care import places, register
from leaving_care.actions import handovers
from leaving_care.models import Home
from placements.exceptions import DoesNotFit, UnreadableField
from placements.models import Child
from placements.rules.written_dates import day_in_words

RECORD = "leaving_care.record"


@transaction.atomic
def record_move(
    *,
    child_id: UUID,
    moved_on: date,
    line: str = "",
    postcode: str = "",
    power: str = Home.Power.NOT_KNOWN,
    how_they_are: str = "",
    area_id: UUID | None = None,
    is_foster_home: bool = False,
    by: Actor,
    at: datetime,
) -> Home:
    """Record that a young person moved: when, where, who provides it, how they are. An unknown place is recordable.

    The area is worked out from the postcode; where that lies in several, or is not known, `area_id` says it. The home
    before ends that day; what the move asks for stands at once, and a handover to the authority there is begun, made
    from the last one that was sent. Raises NotPermitted, ChildNotFound, UnreadableField.
    """
    child = register.locked(child_id, RECORD, by)
    register.not_ahead("moved_on", moved_on, on=london_date(at))
    _check_power(power)
    place = places.found(postcode, on=moved_on)
    chosen = Authority.objects.filter(id=area_id).first() if area_id else None
    _end_present(child, moved_on, at)
    home = Home.objects.create(
        authority_id=by.authority_id,
        child=child,
        starts_on=moved_on,
        ends_on=_moved_on_again(child, line.strip(), place.postcode, moved_on, at),
        line=line.strip(),
        postcode=place.postcode,
        point=place.point,
        area=chosen or place.area,
        why_this_area=f"Said by {by.name}." if chosen else place.why,
        power=power,
        is_foster_home=is_foster_home,
        how_they_are=how_they_are.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    handovers.made_on_move(child, home.area, by=by, at=at)
    register.written(
        RECORD, [child], reason=f"A move on {day_in_words(moved_on)}, recorded by {by.name}.", by=by, at=at
    )
    return home


@transaction.atomic
def say_who_provides(*, child_id: UUID, from_on: date, power: str, by: Actor, at: datetime) -> Home:
    """Say who provides the home of a day from then on, under which section: asked at 18, and when that changes.

    Where the home is still the last placement's, it goes on as a home of its own; where there was a move since, until
    that. Raises NotPermitted, ChildNotFound, UnreadableField, DoesNotFit (no home on that day).
    """
    child = register.locked(child_id, RECORD, by)
    register.not_ahead("from_on", from_on, on=london_date(at))
    _check_power(power)
    current = Home.objects.filter(child=child, superseded_at=None)
    standing = current.filter(starts_on__lte=from_on).exclude(ends_on__lte=from_on).first()
    kept = places.of_last_placement(child, on=from_on, after=standing.starts_on if standing else None)
    if kept is None and standing is not None:
        kept = places.kept(standing)
    if kept is None:
        raise DoesNotFit("No home is recorded for that day. Record where the young person lives, as a move.")
    moved_on = current.filter(starts_on__gt=from_on).order_by("starts_on").values_list("starts_on", flat=True).first()
    ends = [day for day in (standing.ends_on if standing else None, moved_on) if day]
    _end_present(child, from_on, at)
    home = Home.objects.create(
        authority_id=by.authority_id,
        child=child,
        starts_on=from_on,
        ends_on=min(ends, default=None),
        power=power,
        recorded_at=at,
        recorded_by=by.name,
        **kept,
    )
    reason = f"{home.get_power_display()} from {day_in_words(from_on)}, recorded by {by.name}."
    register.written(RECORD, [child], reason=reason, by=by, at=at)
    return home


def _check_power(power: str) -> None:
    if power not in Home.Power.values:
        raise UnreadableField("power", "Say who provides the home, or that it is not known yet.")


def _end_present(child: Child, on: date, at: datetime) -> None:
    """The home of that day ends on it. One that began on the day itself was recorded in its place."""
    for home in Home.objects.filter(child=child, superseded_at=None, starts_on__lte=on):
        if home.starts_on == on:
            home.superseded_at = at
            home.save(update_fields=["superseded_at"])
        elif home.ends_on is None or home.ends_on > on:
            home.ends_on = on
            home.save(update_fields=["ends_on"])


def _moved_on_again(child: Child, line: str, postcode: str, on: date, at: datetime) -> date | None:
    """The day on which the next home began. One at the same address was the same move, with a wrong day."""
    for later in Home.objects.filter(child=child, superseded_at=None, starts_on__gt=on).order_by("starts_on"):
        if (later.line, later.postcode) != (line, postcode):
            return later.starts_on
        later.superseded_at = at
        later.save(update_fields=["superseded_at"])
    return None
