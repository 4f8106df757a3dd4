"""What does every page show of the person who is signed in? For whom they act, as what, and where they may go."""

from django.http import HttpRequest

from accounts import cover
from accounts.membership import current_memberships
from geo.models import Authority
from web.presenters.navigation import menu


def signed_in(request: HttpRequest) -> dict:
    """Empty before an actor is known (web.access sets it)."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    may = cover.permitted(actor)
    return {
        "acting": actor,
        "acting_for": Authority.objects.get(id=actor.authority_id).name,
        "may_change_authority": len(current_memberships(request.user)) > 1,
        "may": may,
        "menu": menu(may, request.path),
    }
