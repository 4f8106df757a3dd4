"""Where does a move wait until it is checked and saved? In the session, sealed: it may hold a closed address."""

import base64
import json

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from accounts import secrets

SESSION_KEY = "move"


def keep(request: HttpRequest, answers: dict) -> None:
    """Keep the answers as they were typed, for this person acting for this authority only."""
    sealed = secrets.encrypt(json.dumps(answers), bound_to=_owner(request))
    request.session[SESSION_KEY] = base64.b64encode(sealed).decode()


def kept(request: HttpRequest) -> dict:
    """The answers kept before; empty without any, and for a draft made while acting for another authority."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return {}
    try:
        return json.loads(secrets.decrypt(base64.b64decode(sealed), bound_to=_owner(request)))
    except InvalidTag:
        return {}


def forget(request: HttpRequest) -> None:
    """The move is saved, or given up."""
    request.session.pop(SESSION_KEY, None)


def _owner(request: HttpRequest) -> str:
    return f"move:{request.actor.person_id}:{request.actor.authority_id}"
