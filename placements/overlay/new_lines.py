"""What is new about a place, in a line for each person who works with it, and how many lines are word of it owed?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.acting import Actor
from audit import log
from notifications import new_lines
from placements.models import NewLine, Screening
from placements.overlay import comparing, whose_work
from placements.overlay.comparing import Difference, Result

NOT_GOOD_NEWS = "This says nothing about the place itself."


def tell(found: Mapping[Screening, Sequence[Difference]], *, at: datetime) -> int:
    """One line a person for each check that brought something new, and one count on the word owed to them; how many.

    The checks are of one authority, which is acted for.
    """
    said = {
        check: (comparing.result(differences).value, [words for one in differences for words in words_of(one)])
        for check, differences in found.items()
    }
    return _write(said, at)


def tell_recalled(checks: Sequence[Screening], *, sentence: str, at: datetime) -> int:
    """One line a person for each check that used what its owner took back: not to be relied on, without why."""
    return _write({check: (NewLine.What.RECALLED, [sentence]) for check in checks}, at)


def _write(said: Mapping[Screening, tuple[str, list[str]]], at: datetime) -> int:
    if not said:
        return 0
    people = whose_work.people_of([check.placement for check in said], at=at)
    lines = [
        NewLine(
            authority_id=check.authority_id,
            person_id=person_id,
            placement=check.placement,
            screening=check,
            what=what,
            words=words,
            at=at,
        )
        for check, (what, words) in said.items()
        for person_id in people[check.placement_id]
    ]
    NewLine.objects.bulk_create(lines, batch_size=1_000)
    authority_id = next(iter(said)).authority_id
    new_lines.count_on(Counter(line.person_id for line in lines), authority_id=authority_id, at=at)
    return len(lines)


def words_of(difference: Difference) -> list[str]:
    """The sentences of one owner's part. What is no longer told is no good news, and says so."""
    if difference.result is not Result.LEFT:
        return list(difference.sentences)
    now = difference.sentences or (NOT_GOOD_NEWS,)
    return [f"What {difference.owner} shared is no longer near, as far as it tells us.", *now]


def of_person(by: Actor) -> QuerySet[NewLine]:
    """The person's lines, those not read yet first, the newest first."""
    rows = NewLine.objects.filter(authority_id=by.authority_id, person_id=by.person_id)
    return rows.select_related("placement__child", "screening").order_by("read_at", "-at", "id")


def unread_count(by: Actor) -> int:
    """How many lines wait for the person."""
    return NewLine.objects.filter(authority_id=by.authority_id, person_id=by.person_id, read_at=None).count()


def mark_read(line_ids: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Say that the person has read these lines of theirs; how many were not read before."""
    mine = NewLine.objects.filter(
        authority_id=by.authority_id, person_id=by.person_id, id__in=list(line_ids), read_at=None
    )
    read = list(mine.values_list("id", flat=True))
    mine.update(read_at=at)
    log.record(operation="new_lines.read", subject_kind="new_line", subject_ids=read[:50], detail={"lines": len(read)})
    return len(read)
