"""Where does an authority's own system take webhooks, and who let it? Add, prove, agree, rotate the secret, end.

An endpoint added by page or API is live once its system has proved that it holds the secret and a second person of the
authority has agreed. The operator's command is exempt from both, and logged.
"""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor, acting_for, service
from accounts.secrets import decrypt, encrypt
from audit import log
from db.clock import now, real_now
from notifications.channels import webhook
from notifications.delivery import guard
from notifications.delivery.signing import make_secret
from notifications.exceptions import EndpointExists, EndpointHasEnded, NotProvedYet, SecondPersonNeeded, UnderWayAlready
from notifications.models import Attempt, Endpoint

# For how long the old secret signs beside the new one: a day at least, a fortnight at most.
SHORTEST_OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP = timedelta(days=14)

PROVED = "Its system proved that it holds the secret."
WRONG_ANSWER = "Its system answered, but not with the proof: is the newest secret in place there?"


def bound_to(endpoint: Endpoint) -> str:
    """What an endpoint's secret is encrypted to: the bytes of one row open no other."""
    return f"endpoint:{endpoint.id}"


@transaction.atomic
def add_endpoint(*, authority_id: UUID, url: str, by: str, at: datetime) -> tuple[Endpoint, str]:
    """A new live endpoint of the authority, by the operator's word, and its secret, which is shown this once.

    Documents composed from now on are sent there. Refuses with DestinationRefused, DestinationNotFound, EndpointExists.
    """
    return _add(authority_id, url, by=by, at=at, is_by_operator=True, live_from=at)


@transaction.atomic
def propose(url: str, *, by: Actor, at: datetime) -> tuple[Endpoint, str]:
    """A new endpoint that is not live yet, and its secret, which is shown this once. Refuses as `add_endpoint` does."""
    return _add(by.authority_id, url, by=by.name, at=at, added_by_person=by.person_id)


@transaction.atomic
def ask_for_proof(endpoint_id: UUID, *, by: Actor, at: datetime) -> Endpoint:
    """Let a worker send the challenge now. Refuses with EndpointHasEnded."""
    endpoint = _standing(endpoint_id, by)
    endpoint.challenge_at, endpoint.challenge_outcome = at, ""
    endpoint.save(update_fields=["challenge_at", "challenge_outcome"])
    _write_log("endpoints.ask_for_proof", endpoint)
    return endpoint


@transaction.atomic
def agree(endpoint_id: UUID, *, by: Actor, at: datetime) -> Endpoint:
    """A second person lets a proved endpoint go live. Refuses with NotProvedYet, SecondPersonNeeded, EndpointHasEnded."""
    endpoint = _standing(endpoint_id, by)
    if endpoint.proved_at is None:
        raise NotProvedYet
    if by.person_id is None or by.person_id == endpoint.added_by_person:
        raise SecondPersonNeeded
    endpoint.agreed_at, endpoint.agreed_by, endpoint.agreed_by_person = at, by.name, by.person_id
    endpoint.live_from = endpoint.live_from or at
    endpoint.save(update_fields=["agreed_at", "agreed_by", "agreed_by_person", "live_from"])
    _write_log("endpoints.agree", endpoint)
    return endpoint


@transaction.atomic
def rotate(endpoint_id: UUID, *, overlap: timedelta, by: Actor, at: datetime) -> str:
    """A new secret, shown this once; the old one signs beside it for `overlap`, none at all after a leak (zero).

    Refuses with UnderWayAlready while an earlier overlap runs, unless the old secret must go at once.
    """
    endpoint = _standing(endpoint_id, by)
    if overlap and endpoint.second_until and endpoint.second_until > at:
        raise UnderWayAlready(endpoint.second_until)
    if overlap:
        overlap = min(max(overlap, SHORTEST_OVERLAP), LONGEST_OVERLAP)
        endpoint.second_secret, endpoint.second_until = endpoint.secret, at + overlap
    else:
        endpoint.second_secret = endpoint.second_until = None
    secret = make_secret()
    endpoint.secret = encrypt(secret, bound_to=bound_to(endpoint))
    endpoint.save(update_fields=["secret", "second_secret", "second_until"])
    log.record(
        operation="endpoints.rotate",
        subject_kind="endpoint",
        subject_ids=[endpoint.id],
        detail={"overlap_hours": int(overlap.total_seconds() // 3600)},
    )
    return secret


@transaction.atomic
def end(endpoint_id: UUID, *, by: Actor, at: datetime) -> Endpoint:
    """Nothing more is sent there; what waited becomes a task of its sender. Refuses with EndpointHasEnded."""
    endpoint = _standing(endpoint_id, by)
    endpoint.ended_at, endpoint.ended_by = at, by.name
    endpoint.save(update_fields=["ended_at", "ended_by"])
    _write_log("endpoints.end", endpoint)
    return endpoint


def challenge_due() -> int:
    """Send the challenges that people asked for, as the worker, for all authorities; how many were proved."""
    asked = Endpoint.objects.filter(challenge_at__isnull=False, ended_at=None)
    return sum(_challenge(endpoint) for endpoint in asked)


def proof(secret: str, challenge: str) -> str:
    """What a system answers to a challenge: HMAC-SHA256 of it with the secret's bytes, in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, challenge.encode(), hashlib.sha256).digest()).decode()


def _challenge(endpoint: Endpoint) -> bool:
    secret, challenge, at = decrypt(endpoint.secret, bound_to=bound_to(endpoint)), secrets.token_urlsafe(24), now()
    body = json.dumps({"type": "endpoint.challenge", "id": str(endpoint.id), "challenge": challenge}).encode()
    message = webhook.Message(id=endpoint.id, url=endpoint.url, secrets=(secret,), at=real_now(), body=body)
    reply, answered = webhook.send_and_read(message)
    is_proved = reply.outcome == Attempt.Outcome.TAKEN and _answer_in(answered) == proof(secret, challenge)
    with acting_for(service(endpoint.authority_id), "proving an endpoint"):
        changes = {"challenge_at": None, "challenge_outcome": _words(reply, is_proved=is_proved)}
        if is_proved:
            changes["proved_at"] = at
        # Where the secret was rotated meanwhile, this proved the old one.
        Endpoint.objects.filter(id=endpoint.id, secret=endpoint.secret).update(**changes)
        log.record(
            operation="endpoints.challenge",
            subject_kind="endpoint",
            subject_ids=[endpoint.id],
            outcome="proved" if is_proved else "not_proved",
        )
    return is_proved


def _answer_in(answered: bytes) -> str:
    try:
        told = json.loads(answered)
    except ValueError:
        return ""
    answer = told.get("proof") if isinstance(told, dict) else None
    return answer if isinstance(answer, str) else ""


def _words(reply: webhook.Reply, *, is_proved: bool) -> str:
    if is_proved:
        return PROVED
    return WRONG_ANSWER if reply.outcome == Attempt.Outcome.TAKEN else f"{Attempt.Outcome(reply.outcome).label}."


def _add(authority_id: UUID, url: str, *, by: str, at: datetime, **columns) -> tuple[Endpoint, str]:
    guard.checked(url)
    if Endpoint.objects.filter(authority_id=authority_id, url=url, ended_at=None).exists():
        raise EndpointExists
    secret = make_secret()
    endpoint = Endpoint(authority_id=authority_id, url=url, added_at=at, added_by=by, **columns)
    endpoint.secret = encrypt(secret, bound_to=bound_to(endpoint))
    endpoint.save(force_insert=True)
    _write_log("endpoints.add", endpoint)
    return endpoint, secret


def _standing(endpoint_id: UUID, by: Actor) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update().get(authority_id=by.authority_id, id=endpoint_id)
    if endpoint.ended_at:
        raise EndpointHasEnded
    return endpoint


def _write_log(operation: str, endpoint: Endpoint) -> None:
    log.record(operation=operation, subject_kind="endpoint", subject_ids=[endpoint.id])
