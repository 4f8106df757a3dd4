"""What does every page show of the person who is signed in? For whom they act, as what, and where they may go."""

from django.http import HttpRequest

from accounts import cover
from web.presenters.navigation import menu


def signed_in(request: HttpRequest) -> dict:
    """Empty before an actor is known (web.access sets it)."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    may, mine = cover.permitted(actor), request.memberships
    return {
        "acting": actor,
        "acting_for": next(one.authority.name for one in mine if one.authority_id == actor.authority_id),
        "may_change_authority": len(mine) > 1,
        "may": may,
        "menu": menu(may, request.path),
    }
