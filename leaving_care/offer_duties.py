"""Which of our local offers are to be looked at again? A task each, from the day that was set until somebody has looked."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.acting import acting_for, service
from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_met, raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from leaving_care.models import LocalOffer
from placements.rules.instruments import practice

KIND = "review_local_offer"
SUBJECT = "local_offer"
PURPOSE = "sweep of local offers"
CITATION = practice("Our own rule: the day that was set with the offer")
TITLE = "Look at our local offer again: does it still hold?"


def keep_offers(authority_id: UUID, *, at: datetime) -> int:
    """Raise a task for each offer of the authority whose day has come, close those looked at since; how many raised."""
    on = london_date(at)
    with acting_for(service(authority_id), purpose=PURPOSE):
        standing = {one.id: one for one in LocalOffer.objects.filter(authority_id=authority_id, superseded_at=None)}
        for duty in Duty.objects.filter(authority_id=authority_id, kind=KIND, closed_at=None):
            if duty.subject_id not in standing:
                close_as_met(duty.id, evidence="The offer was changed or taken off.", by="Placewatch", at=at)
        owed = [_owed(one) for one in standing.values() if one.review_on <= on]
        return len(raise_duties(owed, authority_id=authority_id, by="Placewatch", at=at))


def _owed(offer: LocalOffer) -> Owed:
    return Owed(
        key=f"{KIND}:{offer.id}",
        kind=KIND,
        title=TITLE,
        basis=Basis.LOCAL_RULE,
        citation=str(CITATION),
        subject_kind=SUBJECT,
        subject_id=offer.id,
        subject_reference=offer.title,
        due_on=offer.review_on,
        late_from=offer.review_on + timedelta(days=1),
        role=Role.LEAVING_CARE_ADVISER,
    )
