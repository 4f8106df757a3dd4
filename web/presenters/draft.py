"""What was somebody in the middle of? Said without a word of what they had typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Draft
from web.presenters import dates

# The form of a draft, in words, and the page where one goes on with it.
FORMS = {
    "move": ("registering a move", "check_placement"),
    "emergency": ("an emergency move", "emergency"),
}


@dataclass(frozen=True)
class Unsent:
    what: str
    saved: str
    href: str


def unsent(drafts: Iterable[Draft]) -> list[Unsent]:
    """Each draft with the way back to it."""
    return [
        Unsent(what, dates.instant(draft.saved_at), reverse(page))
        for draft in drafts
        for what, page in (FORMS[draft.form],)
    ]
