"""Which inspection packs are there in the matrix's world? One that waits for a second person, one that was agreed to."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from accounts.acting import acting_for
from accounts.roles import Role
from placements.models import PackRequest
from placements.pack import requests
from tests import factories

MADE_AT = datetime(2026, 12, 10, 11, 0, tzinfo=UTC)


def build(code: str) -> dict[str, UUID]:
    """Their ids. Both are of a period in which the world's placements were open, and so above 50 rows."""
    asker = factories.person(code, Role.MANAGER, name="Tom Oakes")
    officer = factories.person(code, Role.NOMINATED_OFFICER, name="Colin Reeve")
    with acting_for(asker, "test"):
        waiting, agreed = (
            requests.ask(
                starts_on=date(2025, 11, 1),
                ends_on=date(2026, 12, day),
                purpose=PackRequest.Purpose.INSPECTION,
                by=asker,
                at=MADE_AT,
            )
            for day in (9, 10)
        )
    requests.make_waiting(asker.authority_id, at=MADE_AT)
    with acting_for(officer, "test"):
        requests.agree(pack_id=agreed.id, by=officer, at=MADE_AT + timedelta(minutes=5))
    return {"waiting_pack": waiting.id, "agreed_pack": agreed.id}
