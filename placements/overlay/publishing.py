"""How is something published by somebody who has read what it would bring about, once, however often the form is sent?"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor
from hotspots.overlay import previews

Result = TypeVar("Result")


@transaction.atomic
def publish_after(
    preview_id: UUID | None, asked: Callable[[], str], act: Callable[[], Result], *, by: Actor, at: datetime
) -> Result | None:
    """Do `act`, standing on a look at what `asked` is the digest of; None where it was done after this look already.

    Without a look (None) it is simply done: a system may, and pages ask for a look first. Refuses with PreviewNotFound,
    PreviewOfSomethingElse, and as `act` does.
    """
    if preview_id is None:
        return act()
    if previews.was_followed(preview_id, by=by) or not previews.publish_after(preview_id, asked=asked(), by=by, at=at):
        return None
    return act()
