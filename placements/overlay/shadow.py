"""Is the overlay being tried out: stored and measured, and shown to nobody? A switch per authority, with owner and date.

When it ends, a worker checks every open place anew, to be shown: what was never shown (placements/owed/sweeps.py), and
what was shown before it began (placements/overlay/recheck.py).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from notifications.delivery import outbox
from placements.exceptions import DoesNotFit, UnreadableField
from placements.models import ShadowMode

WORDS = (
    "Your authority is trying the matching out: what it answers is stored and measured, and shown to nobody. It says "
    "nothing about any place."
)
# Woken at the commit; what a lost nudge leaves is found by the sweep (config/celery.py).
SCREEN = "placements.tasks.screen_register"


def current(authority_id: UUID) -> ShadowMode | None:
    """The shadow mode that is on for the authority acted for."""
    return ShadowMode.objects.filter(authority_id=authority_id, ended_at=None).first()


def is_on(authority_id: UUID) -> bool:
    """Whether what is screened now is to be shown to nobody."""
    return current(authority_id) is not None


@transaction.atomic
def start(*, owner: str, reason: str, by: Actor, at: datetime) -> ShadowMode:
    """Show nobody what is screened from now on. Raises NotPermitted, UnreadableField, DoesNotFit (it is on already)."""
    policy.require("shadow.switch", by.role)
    if not owner.strip():
        raise UnreadableField("owner", "Say who answers for it: a name and a post.")
    if not reason.strip():
        raise UnreadableField("reason", "Say why the matching is tried out with nothing shown.")
    if is_on(by.authority_id):
        raise DoesNotFit("Shadow mode is on already. End it first, if somebody else is to answer for it.")
    mode = ShadowMode.objects.create(
        authority_id=by.authority_id, started_at=at, started_by=by.name, owner=owner.strip(), reason=reason.strip()
    )
    log.record(operation="shadow.switch", subject_kind="shadow_mode", subject_ids=[mode.id], detail={"is_on": True})
    return mode


@transaction.atomic
def end(*, by: Actor, at: datetime) -> ShadowMode:
    """Show what is screened from now on; every open place is checked anew. Raises NotPermitted, DoesNotFit (it is off)."""
    policy.require("shadow.switch", by.role)
    mode = ShadowMode.objects.select_for_update().filter(authority_id=by.authority_id, ended_at=None).first()
    if mode is None:
        raise DoesNotFit("Shadow mode is not on: what is screened is shown.")
    mode.ended_at, mode.ended_by = at, by.name
    mode.save(update_fields=["ended_at", "ended_by"])
    log.record(operation="shadow.switch", subject_kind="shadow_mode", subject_ids=[mode.id], detail={"is_on": False})
    outbox.nudge_on_commit(SCREEN, str(by.authority_id))
    return mode


def is_to_be_followed(authority_id: UUID) -> bool:
    """Whether it has ended, and what was shown before it began has not been checked anew since; not while it is on again."""
    ended = ShadowMode.objects.filter(authority_id=authority_id, ended_at__isnull=False, followed_at=None)
    return ended.exists() and not is_on(authority_id)


def follow(authority_id: UUID, *, at: datetime) -> None:
    """Say that everything was checked anew after it ended."""
    ended = ShadowMode.objects.filter(authority_id=authority_id, ended_at__lte=at, followed_at=None)
    ended.update(followed_at=at)
