"""How is a person told that something new waits for them in the product? By a count that grows until word is sent."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from notifications.models import NewLines

COUNT_ON = """
insert into notifications_newlines (id, authority_id, person_id, count, since)
select gen_random_uuid(), %s, told.person_id, told.count, %s
from unnest(%s::uuid[], %s::integer[]) as told(person_id, count)
order by told.person_id
on conflict (authority_id, person_id) where sent_at is null do update set count = notifications_newlines.count + excluded.count
"""


def count_on(lines: Mapping[UUID, int], *, authority_id: UUID, at: datetime) -> None:
    """So many new lines more for these people of the authority acted for; one unsent word each."""
    if lines:
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ON, [authority_id, at, list(lines), list(lines.values())])


def unsent(authority_id: UUID) -> QuerySet[NewLines]:
    """The words owed to people of an authority, the oldest first: “{count} new lines in Placewatch”, and a link."""
    return NewLines.objects.filter(authority_id=authority_id, sent_at=None).order_by("since", "id")
