"""What is said where a page cannot be shown?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """A heading, the sentences under it, and the status of the answer."""

    heading: str
    sentences: tuple[str, ...]
    status: int


NOT_FOUND = Refusal(
    "Page not found",
    (
        "There is nothing here, or nothing that you may see: Placewatch never says which of the two.",
        "If you typed the address, check it. If somebody sent you the link, ask whether it is for your authority.",
    ),
    404,
)
FORBIDDEN = Refusal("You cannot do this", ("The page was asked for in a way that is not allowed.",), 403)
BAD_REQUEST = Refusal("This cannot be read", ("What your browser sent cannot be read. Go back and try again.",), 400)
SERVER_ERROR = Refusal(
    "There is a problem with Placewatch",
    (
        "It is a fault of ours, and nothing of what you sent was saved. Try again in a few minutes.",
        "Do not wait for Placewatch where a child needs you now: telephone, and record it afterwards.",
    ),
    500,
)
FORM_EXPIRED = Refusal(
    "This page is too old",
    ("You signed in or out since you opened it, or cookies are switched off. Nothing was saved. Open the page again.",),
    403,
)

TOO_MANY_TRIES = Refusal(
    "Wait a quarter of an hour",
    (
        "The password was wrong ten times, so this account waits for fifteen minutes. Then try again, or ask your "
        "administrator for a new password.",
    ),
    429,
)


def not_permitted(sentence: str) -> Refusal:
    """The sentence says who may."""
    return Refusal("Your role may not do this", (sentence,), 403)


def changed(sentence: str) -> Refusal:
    """Somebody else was first."""
    return Refusal("This has changed since you opened it", (sentence, "Nothing was saved. Open it again."), 409)


def not_met(sentence: str) -> Refusal:
    """A rule refused it, and no form was there to show it."""
    return Refusal("This cannot be done as asked", (sentence,), 422)
