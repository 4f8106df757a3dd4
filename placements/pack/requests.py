"""How is a pack asked for, made, agreed to, taken and forgotten? Above 50 rows a second person agrees (security T53)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import policy
from accounts.acting import Actor, acting_for, service
from audit import log
from db.clock import LONDON
from geo.models import Authority
from notifications.delivery import outbox
from placements.exceptions import PackNotFound, PackNotReady, SecondPersonNeeded, UnreadableField
from placements.models import PackRequest
from placements.pack.contents import contents
from placements.pack.files import copy_for, files, sha256, zipped
from placements.pack.question import Question

MOST_ROWS_FOR_ONE_PERSON = 50
KEPT_FOR = timedelta(hours=24)
MAKE = "placements.tasks.make_packs"
PURPOSE = "making an inspection pack"


class State(Enum):
    """How far a pack has come."""

    BEING_MADE = "Being made"
    WAITS_FOR_AGREEMENT = "Waits for a second person to agree"
    READY = "Ready to be taken"
    EXPIRED = "Expired: ask again"


def state_of(pack: PackRequest, at: datetime) -> State:
    """How far a pack has come at an instant."""
    if pack.made_at is None:
        return State.BEING_MADE
    if at >= pack.expires_at:
        return State.EXPIRED
    if pack.row_count > MOST_ROWS_FOR_ONE_PERSON and pack.agreed_at is None:
        return State.WAITS_FOR_AGREEMENT
    return State.READY


def packs(authority_id: UUID) -> QuerySet[PackRequest]:
    """The packs that an authority asked for, the latest first, without their bytes."""
    return PackRequest.objects.filter(authority_id=authority_id).defer("content").order_by("-asked_at", "id")


@transaction.atomic
def ask(
    *, starts_on: date, ends_on: date, purpose: str, as_at: datetime | None = None, by: Actor, at: datetime
) -> PackRequest:
    """Ask for a pack of a period, as at now or an earlier instant; a worker makes it.

    Raises NotPermitted, UnreadableField.
    """
    policy.require("packs.ask", by.role)
    if as_at is not None and as_at > at:
        raise UnreadableField("as_at", "This instant lies ahead: what will be recorded by then is not known.")
    if purpose not in PackRequest.Purpose.values:
        raise UnreadableField("purpose", "Say what the pack is for.")
    authority = Authority.objects.get(id=by.authority_id)
    asked = Question(authority=authority, starts_on=starts_on, ends_on=ends_on, as_at=as_at or at)
    pack = PackRequest.objects.create(
        authority=authority,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        as_at=asked.as_at,
        purpose=purpose,
        asker_id=by.person_id,
        asked_by=by.name,
        asked_at=at,
    )
    log.record(operation="packs.ask", subject_kind="pack", subject_ids=[pack.id], detail={"purpose": purpose})
    transaction.on_commit(partial(outbox.nudge, MAKE, str(authority.id)), robust=True)
    return pack


def make_waiting(authority_id: UUID, *, at: datetime) -> int:
    """Make the authority's packs that wait to be made, and empty those that expired; returns how many were made."""
    with acting_for(service(authority_id), PURPOSE):
        gone = PackRequest.objects.filter(authority_id=authority_id, content__isnull=False, expires_at__lte=at)
        forgotten = list(gone.values_list("id", flat=True))
        if forgotten:
            gone.update(content=None)
            log.record(operation="packs.forget", subject_kind="pack", subject_ids=forgotten)
        waiting = PackRequest.objects.filter(authority_id=authority_id, made_at=None).select_related("authority")
        return _make(waiting.select_for_update(of=("self",), skip_locked=True).order_by("asked_at"), at=at)


@transaction.atomic
def agree(*, pack_id: UUID, by: Actor, at: datetime) -> PackRequest:
    """Agree, as a second person, that a pack of more than 50 rows is taken; it can be for 24 hours from now.

    Raises NotPermitted, PackNotFound, SecondPersonNeeded (the asker), PackNotReady.
    """
    policy.require("packs.agree", by.role)
    pack = _own(pack_id, by)
    if by.person_id is None or by.person_id == pack.asker_id:
        raise SecondPersonNeeded
    if state_of(pack, at) is not State.WAITS_FOR_AGREEMENT:
        raise PackNotReady(state_of(pack, at).value)
    pack.agreer_id, pack.agreed_by, pack.agreed_at = by.person_id, by.name, at
    pack.expires_at = at + KEPT_FOR
    pack.save(update_fields=["agreer", "agreed_by", "agreed_at", "expires_at"])
    log.record(operation="packs.agree", subject_kind="pack", subject_ids=[pack.id], detail={"rows": pack.row_count})
    return pack


@transaction.atomic
def take(*, pack_id: UUID, by: Actor, at: datetime) -> bytes:
    """A copy of a pack that is ready, marked with who took it and when; a line in the log-book with what it is for.

    Raises NotPermitted, PackNotFound, PackNotReady.
    """
    policy.require("packs.take", by.role)
    pack = _own(pack_id, by)
    if state_of(pack, at) is not State.READY or pack.content is None:
        raise PackNotReady(state_of(pack, at).value)
    with acting_for(by, pack.get_purpose_display()):
        log.record(
            operation="packs.take",
            subject_kind="pack",
            subject_ids=[pack.id],
            fields="inspection pack",
            detail={"rows": pack.row_count, "purpose": pack.purpose, "sha256": pack.sha256},
        )
    local = at.astimezone(LONDON)
    return copy_for(bytes(pack.content), f"Copy taken by {by.name}, {local:%Y-%m-%d %H:%M}. For: {pack.purpose}.\n")


def _make(waiting: Iterable[PackRequest], *, at: datetime) -> int:
    made = 0
    for made, pack in enumerate(waiting, start=1):  # noqa: B007
        told = contents(
            Question(authority=pack.authority, starts_on=pack.starts_on, ends_on=pack.ends_on, as_at=pack.as_at)
        )
        pack.content = zipped(files(told))
        pack.sha256, pack.row_count = sha256(pack.content), told.row_count
        pack.made_at, pack.expires_at, pack.versions = at, at + KEPT_FOR, sorted(told.versions)
        pack.save(update_fields=["content", "sha256", "row_count", "made_at", "expires_at", "versions"])
        detail = {"rows": pack.row_count, "sha256": pack.sha256}
        log.record(operation="packs.make", subject_kind="pack", subject_ids=[pack.id], detail=detail)
    return made


def _own(pack_id: UUID, by: Actor) -> PackRequest:
    rows = PackRequest.objects.select_for_update(of=("self",))
    pack = rows.filter(authority_id=by.authority_id, id=pack_id).first()
    if pack is None:
        raise PackNotFound
    return pack
