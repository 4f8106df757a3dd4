"""By whom, and where, is an authority reached?"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.secrets import encrypt
from audit import log
from notifications import guard
from notifications.exceptions import EndpointExists
from notifications.models import Contact, Endpoint
from notifications.signing import make_secret


def current_contact(authority_id: UUID, purpose: Contact.Purpose, on: date) -> Contact | None:
    """Whom to reach for a purpose on a day. None is not an answer to a person: whoever asks raises a duty."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return Contact.objects.filter(held, authority_id=authority_id, purpose=purpose).order_by("-starts_on").first()


def current_contacts(authority_id: UUID, on: date) -> list[Contact]:
    """Everyone by whom the authority is reached on a day, by purpose; empty where nobody is on file."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return list(Contact.objects.filter(held, authority_id=authority_id).order_by("purpose", "-starts_on"))


def bound_to(endpoint: Endpoint) -> str:
    """What an endpoint's secret is encrypted to: the bytes of one row open no other."""
    return f"endpoint:{endpoint.id}"


@transaction.atomic
def add_endpoint(*, authority_id: UUID, url: str, by: str, at: datetime) -> tuple[Endpoint, str]:
    """A new live endpoint of the authority and its secret, which is shown this once.

    Documents composed from now on are sent there. Refuses with DestinationRefused, DestinationNotFound, EndpointExists.
    """
    guard.checked(url)
    if Endpoint.objects.filter(authority_id=authority_id, url=url, ended_at=None).exists():
        raise EndpointExists
    secret = make_secret()
    endpoint = Endpoint(authority_id=authority_id, url=url, live_from=at, added_by=by)
    endpoint.secret = encrypt(secret, bound_to=bound_to(endpoint))
    endpoint.save(force_insert=True)
    log.record(operation="endpoints.add", subject_kind="endpoint", subject_ids=[endpoint.id])
    return endpoint, secret
