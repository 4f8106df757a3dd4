"""What had a person filled in and not sent? Kept until it is sent, through signing out; theirs alone, sealed."""

import json
from datetime import datetime

from accounts import secrets
from accounts.acting import Actor
from accounts.models import Draft


def keep(form: str, answers: dict, *, by: Actor, at: datetime) -> None:
    """Keep the answers as they were typed, in place of what this person had typed there before for this authority."""
    draft = _held(by).select_for_update().filter(form=form).first()
    if draft is None:
        draft = Draft(authority_id=by.authority_id, person_id=by.person_id, form=form)
    draft.sealed = secrets.encrypt(json.dumps(answers), bound_to=_row(draft))
    draft.saved_at = at
    draft.save()


def kept(form: str, *, by: Actor) -> dict:
    """The answers kept before; empty without any, and for a draft made while acting for another authority."""
    draft = _held(by).filter(form=form).first()
    return json.loads(secrets.decrypt(draft.sealed, bound_to=_row(draft))) if draft else {}


def forget(form: str, *, by: Actor) -> None:
    """It was sent, or given up."""
    _held(by).filter(form=form).delete()


def waiting(*, by: Actor) -> list[Draft]:
    """What the person was in the middle of while acting for this authority, the latest first; still sealed."""
    return list(_held(by).order_by("-saved_at"))


def _held(by: Actor):
    return Draft.objects.filter(authority_id=by.authority_id, person_id=by.person_id)


def _row(draft: Draft) -> str:
    return f"draft:{draft.id}"
