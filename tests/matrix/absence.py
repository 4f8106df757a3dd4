"""Who is away, who covers and who acts as the director, in the matrix's world? Rows of one authority, by the real actions."""

from datetime import date, timedelta
from uuid import UUID

from accounts import appointments, cover
from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from duties import handling
from tests import factories

AHEAD = {"starts_on": date(2026, 12, 20), "ends_on": date(2027, 1, 4)}


def build(code: str, worker: Actor, *, duty_id: UUID) -> dict[str, UUID]:
    """A cover and an appointment that lie ahead, one of each that was ended, and a duty that somebody has; their ids."""
    colleague = factories.person(code, Role.LEAVING_CARE_ADVISER, name="Kofi Mensah")
    administrator = factories.person(code, Role.ADMINISTRATOR, name="Ada Lowe")
    at = clock.now()
    people = {"person_id": worker.person_id, "covered_by_id": colleague.person_id}
    with acting_for(worker, "test"):
        handling.give(duty_id, to_id=worker.person_id, by=worker, at=at)
        cover.end_cover(cover_id=cover.set_cover(**people, **AHEAD, by=worker, at=at).id, by=worker, at=at)
        ahead = cover.set_cover(**people, **AHEAD, by=worker, at=at)
    with acting_for(administrator, "test") as by:
        ended, appointed = (
            appointments.appoint(
                person_id=colleague.person_id,
                starts_at=at,
                ends_at=at + timedelta(days=30),
                appointed_by="The chief executive",
                reference="Scheme of delegation",
                by=by,
                at=at,
            )
            for _ in range(2)
        )
        appointments.end_appointment(appointment_id=ended.id, by=by, at=at)
    return {
        "worker": worker.person_id,
        "colleague": colleague.person_id,
        "cover": ahead.id,
        "appointment": appointed.id,
    }
