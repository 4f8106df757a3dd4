"""How does the road to publishing lead through what it would bring about, and is trodden once?"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest

from hotspots.exceptions import FileRefused, PreviewNotFound, PreviewOfSomethingElse, PreviewsSpent
from placements.overlay.effect import Effect
from web.forms.base import Form

Result = TypeVar("Result")
BEFORE = "This was done already. Nothing was done twice."
CHANGED = "It is not what you looked at: this is what it would bring about now."


def look_then_act(
    request: HttpRequest,
    form: Form,
    *,
    look: Callable[[], Effect | None],
    act: Callable[[UUID | None], Result | None],
    done: str | Callable[[Result], str],
) -> Effect | None:
    """Do `act` with the id of the look that it stands on, and say so; or look, and answer with the effect to be shown.

    A form sent again is told that it was done. None with no error on the form: it is done, or somebody else looks.
    """
    preview_id = _id(request.POST.get("preview_id"))
    if form.looks_first and not preview_id and "unseen" in request.POST:
        try:
            return form.carry_out(look, lets_through=(PreviewsSpent, FileRefused))
        except PreviewsSpent:
            return _act(request, form, act, None, done)
    if "preview" in request.POST or (form.looks_first and not preview_id):
        return _look(form, look)
    try:
        return _act(request, form, act, preview_id, done)
    except (PreviewOfSomethingElse, PreviewNotFound):
        messages.info(request, CHANGED)
        return _look(form, look)


def _act(request, form, act, preview_id, done) -> None:
    def carried() -> tuple[Result | None]:
        return (act(preview_id),)

    if carried_out := form.carry_out(carried, lets_through=(PreviewOfSomethingElse, PreviewNotFound, FileRefused)):
        (result,) = carried_out
        said = BEFORE if result is None else done(result) if callable(done) else done
        messages.success(request, said)


def _look(form: Form, look: Callable[[], Effect | None]) -> Effect | None:
    try:
        return form.carry_out(look, lets_through=(PreviewsSpent, FileRefused))
    except PreviewsSpent as spent:
        form.is_spent = form.was_refused = True
        form.add_error(None, str(spent))
        return None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
