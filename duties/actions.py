"""How is a duty raised, given to somebody, and closed?"""

from collections.abc import Iterable
from dataclasses import replace as changed
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from audit import log
from duties.exceptions import DutyIsClosed, ReasonMissing
from duties.models import Closing, Duty, DutyEvent
from duties.owed import Owed

BATCH = 2_000
WHY_LATE = "late because"
# The first line of the history of many, written by the database from the duties themselves.
WERE_RAISED = """
    insert into duties_dutyevent (id, authority_id, duty_id, at, by, for_person_id, what, reason)
    select gen_random_uuid(), authority_id, id, %(at)s, %(by)s, owner_id, 'raised', ''
    from duties_duty
    where id = any(%(duties)s)
"""


@transaction.atomic
def raise_duties(owed: Iterable[Owed], *, authority_id: UUID, by: str, at: datetime) -> list[Duty]:
    """Raise whatever of `owed` was never raised before; returns the new duties. A sweep may call it again and again."""
    wanted = {one.key: one for one in owed}
    known = set(Duty.objects.filter(authority_id=authority_id, key__in=list(wanted)).values_list("key", flat=True))
    new = [
        Duty(authority_id=authority_id, raised_at=at, **_columns(one))
        for key, one in wanted.items()
        if key not in known
    ]
    made = Duty.objects.bulk_create(new, batch_size=BATCH)
    if made:
        with connection.cursor() as cursor:
            cursor.execute(WERE_RAISED, {"by": by, "at": at, "duties": [duty.id for duty in made]})
        log.record(
            operation="duties.raise",
            subject_kind="duty",
            subject_ids=[duty.id for duty in made] if len(made) <= 50 else [],
            detail={"raised": len(made)},
        )
    return made


@transaction.atomic
def close_as_met(
    duty_id: UUID,
    *,
    evidence: str,
    by: str,
    at: datetime,
    done_at: datetime | None = None,
    for_person_id: UUID | None = None,
) -> Duty:
    """Close a duty as met, `done_at` or else now. Refuses without evidence (`ReasonMissing`) and when it is closed.

    `for_person_id` is whose work it was, where that is not the duty's owner.
    """
    met = {"evidence": evidence.strip(), "done_at": done_at or at}
    return _close(duty_id, Closing.MET, by=by, at=at, for_person_id=for_person_id, **met)


def meet(
    key: str, *, authority_id: UUID, evidence: str, by: str, at: datetime, done_at: datetime | None = None
) -> None:
    """Close the open duty of that key as met, if there is one: what it asked for has happened elsewhere."""
    duty = Duty.objects.filter(authority_id=authority_id, key=key, closed_at=None).first()
    if duty is not None:
        close_as_met(duty.id, evidence=evidence, by=by, at=at, done_at=done_at)


@transaction.atomic
def close_as_not_owed(duty_id: UUID, *, reason: str, by: str, at: datetime, for_person_id: UUID | None = None) -> Duty:
    """Close a duty that was not owed after all, with the reason."""
    return _close(duty_id, Closing.NOT_OWED, by=by, at=at, reason=reason.strip(), for_person_id=for_person_id)


@transaction.atomic
def replace(duty_id: UUID, *, reason: str, by: str, at: datetime) -> Duty:
    """Close a duty because another one takes its place (a new date, a new address), with the reason.

    Its key is freed for the duty that follows.
    """
    duty = _close(duty_id, Closing.REPLACED, by=by, at=at, reason=reason.strip())
    duty.key = f"{duty.key} replaced {duty.id}"
    duty.save(update_fields=["key"])
    return duty


@transaction.atomic
def redate(owed: Iterable[Owed], *, authority_id: UUID, reason: str, by: str, at: datetime) -> list[Duty]:
    """Replace the open duties of these keys whose days or working have changed, with the reason; raise what is missing.

    A duty that was met, or found not to be owed, stays so; whoever had the old one has the new one.
    """
    wanted = {one.key: one for one in owed}
    for duty in Duty.objects.filter(authority_id=authority_id, key__in=list(wanted), closed_at=None):
        new = wanted[duty.key]
        if _counted(duty) != _counted(new):
            replace(duty.id, reason=reason, by=by, at=at)
            wanted[duty.key] = changed(new, owner_id=duty.owner_id or new.owner_id)
    return raise_duties(wanted.values(), authority_id=authority_id, by=by, at=at)


@transaction.atomic
def ask_anew(
    keys: Iterable[str], *, wanted: Iterable[str], authority_id: UUID, reason: str, by: str, at: datetime
) -> None:
    """Free the keys of duties whose ground has changed, so that they can be raised again for the new ground.

    Open ones are closed with the reason: replaced where the key is `wanted` again, not owed otherwise. What was met
    stays met, as history of the old ground.
    """
    wanted = set(wanted)
    for duty in Duty.objects.filter(authority_id=authority_id, key__in=list(keys)):
        if duty.closed_at is None:
            close = replace if duty.key in wanted else close_as_not_owed
            duty = close(duty.id, reason=reason, by=by, at=at)
        if not duty.key.endswith(f" replaced {duty.id}"):
            duty.key = f"{duty.key} replaced {duty.id}"
            duty.save(update_fields=["key"])


@transaction.atomic
def assign(duty_id: UUID, *, owner: User, by: str, at: datetime, for_person_id: UUID | None = None) -> Duty:
    """Give an open duty to a person; its history keeps who had it before. Who may take it: `duties.handling`."""
    duty = _open_duty(duty_id)
    had_it = for_person_id or duty.owner_id
    duty.owner = owner
    duty.save(update_fields=["owner"])
    _write_history(duty, at=at, by=by, what="assigned", reason=f"To {owner.name}", for_person_id=had_it)
    return duty


@transaction.atomic
def say_why_late(duty_id: UUID, *, words: str, by: str, at: datetime, for_person_id: UUID | None = None) -> Duty:
    """Write down why a duty is late or was done late; its lateness stays a fact. Refuses without words (`ReasonMissing`)."""
    duty = Duty.objects.select_for_update().get(id=duty_id)
    if not words.strip():
        raise ReasonMissing
    whose = for_person_id or duty.owner_id
    _write_history(duty, at=at, by=by, what=WHY_LATE, reason=words.strip(), for_person_id=whose)
    return duty


def rename_subject(reference: str, *, to: str, authority_id: UUID) -> None:
    """Let every duty about a subject say its real reference, where a provisional one was replaced."""
    Duty.objects.filter(authority_id=authority_id, subject_reference=reference).update(subject_reference=to)


def _counted(one: Duty | Owed) -> tuple:
    return one.due_on, one.due_at, one.late_from, list(one.working)


def _columns(owed: Owed) -> dict:
    return vars(owed) | {"working": list(owed.working)}


def _close(
    duty_id: UUID,
    closing: Closing,
    *,
    by: str,
    at: datetime,
    evidence: str = "",
    reason: str = "",
    done_at: datetime | None = None,
    for_person_id: UUID | None = None,
) -> Duty:
    duty = _open_duty(duty_id)
    if not (evidence or reason):
        raise ReasonMissing
    duty.closing, duty.closed_at, duty.closed_by = closing, at, by
    duty.evidence, duty.reason, duty.done_at = evidence, reason, done_at
    duty.save(update_fields=["closing", "closed_at", "closed_by", "evidence", "reason", "done_at"])
    whose = for_person_id or duty.owner_id
    _write_history(duty, at=at, by=by, what=f"closed as {closing}", reason=evidence or reason, for_person_id=whose)
    return duty


def _open_duty(duty_id: UUID) -> Duty:
    duty = Duty.objects.select_for_update().get(id=duty_id)
    if duty.closed_at:
        raise DutyIsClosed(duty)
    return duty


def _write_history(
    duty: Duty, *, at: datetime, by: str, what: str, for_person_id: UUID | None, reason: str = ""
) -> None:
    DutyEvent.objects.create(
        authority_id=duty.authority_id, duty=duty, at=at, by=by, what=what, reason=reason, for_person_id=for_person_id
    )
    log.record(
        operation=f"duties.{what.split()[0]}",
        subject_kind="duty",
        subject_ids=[duty.id],
        detail={"for": str(for_person_id)} if for_person_id else {},
    )
