"""Who is told that an area was withdrawn, or that what was said of it was wrong? Everybody who was shown it, in writing.

Within the owner's `acting_for`, in three steps that can each be run again: what waits, the documents, and the row that
says that all of it was done. Nobody is told why.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.acting import Actor
from audit import log
from hotspots.models import Hotspot, Recall, Version
from notifications import documents
from notifications.models import Document

What = Recall.What
SENTENCES = {
    What.WITHDRAWN: "An area of concern that we shared is withdrawn. Do not rely on it. Do not pass it on.",
    What.CORRECTED: "What we shared of an area of concern was wrong and is corrected. Do not rely on what you read before. "
    "Do not pass it on. The next check says what holds.",
}

WRONG = """
select wrong.hotspot_id, wrong.id
from hotspots_version newer
join hotspots_version wrong on wrong.hotspot_id = newer.hotspot_id and wrong.number = newer.number - 1
where newer.authority_id = %(owner)s and newer.correction <> '' and not exists (
    select from hotspots_recall done
    where done.hotspot_id = wrong.hotspot_id and done.what = %(corrected)s and done.versions = array[wrong.id]
)
order by newer.recorded_at, newer.id
"""


@dataclass(frozen=True)
class Waiting:
    """A recall that was not carried out yet: of which versions, and which authorities were ever shown one of them.

    `closed_readers` were told about closed addresses alone: it is taken in there, and no document says so to the owner.
    """

    hotspot_id: UUID
    what: What
    versions: tuple[UUID, ...]
    readers: tuple[UUID, ...]
    closed_readers: tuple[UUID, ...]


def waiting(owner_id: UUID) -> list[Waiting]:
    """What the owner took back and nobody was told of yet."""
    withdrawn = Hotspot.objects.filter(authority_id=owner_id, state=Hotspot.State.WITHDRAWN)
    found = [
        (hotspot_id, What.WITHDRAWN, tuple(_versions(hotspot_id)))
        for hotspot_id in withdrawn.exclude(recalls__what=What.WITHDRAWN).values_list("id", flat=True)
    ]
    found += _wrong(owner_id)
    return [Waiting(hotspot_id, what, versions, *_told(versions)) for hotspot_id, what, versions in found]


@transaction.atomic
def tell(recall: Waiting, *, by: Actor, at: datetime) -> list[Document]:
    """A document to each authority that was shown it; one that was told of the same versions is not told again."""
    told = []
    for reader_id in recall.readers:
        earlier = _last(recall, reader_id, by)
        if earlier is None or earlier.body["recalled_versions"] != _written(recall.versions):
            told.append(
                documents.compose(
                    sender_id=by.authority_id,
                    recipient_id=reader_id,
                    kind=Document.Kind.AREA_RECALL,
                    subject_id=recall.hotspot_id,
                    body={"recalled": SENTENCES[recall.what], "recalled_versions": _written(recall.versions)},
                    due_on=None,
                    urgency=Document.Urgency.URGENT,
                    by=by.name,
                    at=at,
                    supersedes=earlier,
                )
            )
    return told


@transaction.atomic
def close(recall: Waiting, *, by: Actor, at: datetime) -> Recall:
    """Say that everybody who was shown it has been told."""
    done = Recall.objects.create(
        authority_id=by.authority_id,
        hotspot_id=recall.hotspot_id,
        what=recall.what,
        versions=list(recall.versions),
        told=list(recall.readers),
        at=at,
    )
    log.record(
        operation="recalls.tell",
        subject_kind="hotspot",
        subject_ids=[recall.hotspot_id],
        detail={"told": len(done.told)},
    )
    return done


def proof(recall: Recall) -> list[Document]:
    """The documents by which a recall was told, with their facts: who there opened it, and who acknowledged it."""
    rows = documents.sent(recall.authority_id).filter(
        kind=Document.Kind.AREA_RECALL, subject_id=recall.hotspot_id, recipient_id__in=recall.told
    )
    return [one for one in rows if one.body["recalled_versions"] == _written(recall.versions)]


def _versions(hotspot_id: UUID) -> list[UUID]:
    return list(Version.objects.filter(hotspot_id=hotspot_id).order_by("number").values_list("id", flat=True))


def _wrong(owner_id: UUID) -> list[tuple[UUID, What, tuple[UUID, ...]]]:
    """Each version that was corrected by the next one, and not recalled yet."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG, {"owner": owner_id, "corrected": What.CORRECTED})
        return [(hotspot_id, What.CORRECTED, (version_id,)) for hotspot_id, version_id in cursor.fetchall()]


def _told(versions: Collection[UUID]) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Who was ever shown one of the versions; and who about closed addresses alone."""
    with connection.cursor() as cursor:
        cursor.execute("select reader_id, is_known from hotspots_told(%s::uuid[])", [list(versions)])
        found = sorted(cursor.fetchall())
    return tuple(one for one, is_known in found if is_known), tuple(one for one, is_known in found if not is_known)


def _last(recall: Waiting, reader_id: UUID, by: Actor) -> Document | None:
    matter = {"sender_id": by.authority_id, "recipient_id": reader_id, "kind": Document.Kind.AREA_RECALL}
    return Document.objects.filter(**matter, subject_id=recall.hotspot_id).order_by("-composed_at", "-id").first()


def _written(versions: Collection[UUID]) -> list[str]:
    return [str(version) for version in versions]
