"""How is a handover made with the young person, sent, and made anew on a move?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import cover
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.models import Authority
from leaving_care import bodies, register
from leaving_care.entitlements import entitlement_of
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Handover, HandoverPart, Telling
from leaving_care.parts import PARTS
from leaving_care.rules.status import Status
from notifications import documents
from notifications.models import Document
from placements.exceptions import DoesNotFit, UnreadableField
from placements.models import Child

HAND_OVER = "leaving_care.hand_over"
BINDS = (Status.RELEVANT, Status.FORMER_RELEVANT, Status.QUALIFYING)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What one part is to hold: its words and days, the young person's answer, and what overrides a no."""

    words: str = ""
    dates: Mapping[str, date] = field(default_factory=dict)
    is_agreed: bool | None = None
    override_reason: str = ""
    override_by: str = ""
    written_on: date | None = None
    written_by: str = ""


@transaction.atomic
def begin(*, child_id: UUID, host_id: UUID, by: Actor, at: datetime) -> Handover:
    """Begin a handover to the authority where the young person lives or will live.

    Made from the last one that was sent, part by part; what the young person did not agree to stays behind, and to
    another authority what was said of the home. Raises NotPermitted, ChildNotFound, UnreadableField (our own or an
    unknown authority), DoesNotFit (one is begun).
    """
    child = register.locked(child_id, HAND_OVER, by)
    host = Authority.objects.filter(id=host_id).exclude(id=by.authority_id).first()
    if host is None:
        raise UnreadableField("host", "Choose another authority: the one in whose area the young person will live.")
    if Handover.objects.filter(child=child, host=host, sent_at=None, dropped_at=None).exists():
        raise DoesNotFit(f"A handover to {host.name} is begun already. Go on with that one.")
    last = _last_sent(child)
    handover = _made(child, host, last, is_same_home=last is not None and last.host_id == host.id, by=by, at=at)
    register.written(HAND_OVER, [child], reason="A handover was begun.", by=by, at=at)
    return handover


def made_on_move(child: Child, host: Authority | None, *, by: Actor, at: datetime) -> Handover | None:
    """On a move into another authority's area: a draft to it, made from the last handover that was sent; nothing goes.

    What was said of the home before stays behind. None where none was ever sent, where nobody knows whose area it is,
    in our own, and where a draft to it is begun. Within the transaction of whoever records the move.
    """
    last = _last_sent(child)
    if last is None or host is None or host.id == child.authority_id:
        return None
    if Handover.objects.filter(child=child, host=host, sent_at=None, dropped_at=None).exists():
        return None
    log.record(operation=HAND_OVER, subject_kind="child", subject_ids=[child.id])
    return _made(child, host, last, is_same_home=False, by=by, at=at)


@transaction.atomic
def write(*, handover_id: UUID, parts: Mapping[str, Written], by: Actor, at: datetime) -> Handover:
    """Write parts of a draft, each with the young person's answer. Nothing is sent.

    A no is overridden only in a protective part, with a reason and whoever decided it. An answer keeps when it was given
    and who took it, until it changes. Raises NotPermitted, RowNotFound, UnreadableField (the part's name).
    """
    handover = _draft(handover_id, by)
    rows = _parts_of(handover)
    for key, written in parts.items():
        if key not in PARTS:
            raise UnreadableField(key, "There is no such part of a handover.")
        _check(key, written)
        row = rows[key]
        if row.is_agreed != written.is_agreed:
            is_answered = written.is_agreed is not None
            row.answered_at, row.answer_taken_by = (at, by.name) if is_answered else (None, "")
        row.words, row.is_agreed = written.words.strip(), written.is_agreed
        row.dates = {kind: on.isoformat() for kind, on in written.dates.items()}
        row.override_reason, row.override_by = written.override_reason.strip(), written.override_by.strip()
        row.written_on, row.written_by = written.written_on, written.written_by.strip()
    HandoverPart.objects.bulk_update(
        rows.values(),
        [
            "words",
            "dates",
            "is_agreed",
            "answered_at",
            "answer_taken_by",
            "override_reason",
            "override_by",
            "written_on",
            "written_by",
        ],
    )
    register.written(HAND_OVER, [handover.child], reason="A handover was written.", by=by, at=at)
    return handover


@transaction.atomic
def drop(*, handover_id: UUID, by: Actor, at: datetime) -> Handover:
    """Give up a draft. It stays as a row, and is never sent. Raises NotPermitted, RowNotFound."""
    handover = _draft(handover_id, by)
    handover.dropped_at = at
    handover.save(update_fields=["dropped_at"])
    register.written(HAND_OVER, [handover.child], reason="A handover was given up.", by=by, at=at)
    return handover


@transaction.atomic
def send(*, handover_id: UUID, is_agreed_early: bool = False, by: Actor, at: datetime) -> Document:
    """Send a handover: from then on it is a document. Once s. 24C(1) binds, that is telling the authority, too.

    While the young person is still looked after it goes only with their agreement to sending it early. A newer handover
    to the same authority supersedes the earlier one. Raises NotPermitted, RowNotFound, DoesNotFit.
    """
    handover = _draft(handover_id, by)
    on = london_date(at)
    binds = entitlement_of(handover.child, on=on).status in BINDS
    if not binds and not is_agreed_early:
        raise DoesNotFit(
            "No duty binds before leaving care or 18 (Children Act 1989 s. 24C(1)): send it now only if the young "
            "person agrees to that, and say so."
        )
    handover.is_agreed_early = not binds
    handover.home = bodies.present_home(handover.child, handover.host, on=on)
    document = documents.compose(
        sender_id=by.authority_id,
        recipient_id=handover.host_id,
        kind=Document.Kind.HANDOVER,
        subject_id=handover.child_id,
        body=bodies.of_handover(handover, on=on),
        due_on=None,
        urgency=Document.Urgency.ORDINARY,
        supersedes=_latest(handover),
        by=by.name,
        at=at,
    )
    handover.document_id, handover.sent_at, handover.sent_by = document.id, at, by.name
    handover.save(update_fields=["document_id", "sent_at", "sent_by", "is_agreed_early", "home"])
    if binds:
        Telling.objects.create(
            authority_id=by.authority_id,
            child=handover.child,
            area=handover.host,
            told_on=on,
            document_id=document.id,
            recorded_at=at,
            recorded_by=by.name,
        )
    register.written(HAND_OVER, [handover.child], reason="A handover was sent.", by=by, at=at)
    return document


def _last_sent(child: Child) -> Handover | None:
    return Handover.objects.filter(child=child, sent_at__isnull=False).order_by("-sent_at").first()


def _made(
    child: Child, host: Authority, last: Handover | None, *, is_same_home: bool, by: Actor, at: datetime
) -> Handover:
    handover = Handover.objects.create(
        authority_id=by.authority_id,
        child=child,
        host=host,
        home=bodies.present_home(child, host, on=london_date(at)),
        made_from=last,
        begun_at=at,
        begun_by=by.name,
    )
    went = bodies.goes(last) if last else []
    old = {part.part: part for part in went if is_same_home or not PARTS[part.part].of_the_home}
    HandoverPart.objects.bulk_create([_from_old(handover, key, old.get(key)) for key in PARTS])
    return handover


def _draft(handover_id: UUID, by: Actor) -> Handover:
    cover.require(HAND_OVER, by)
    handover = (
        Handover.objects.filter(id=handover_id, authority_id=by.authority_id, sent_at=None, dropped_at=None)
        .select_related("child__authority", "host", "home")
        .first()
    )
    if handover is None:
        raise RowNotFound("handover that is still a draft")
    register.locked(handover.child_id, HAND_OVER, by)
    return handover


def _parts_of(handover: Handover) -> dict[str, HandoverPart]:
    """The draft's parts by key; one that came to the list after the draft was begun is added to it."""
    present = set(handover.parts.values_list("part", flat=True))
    HandoverPart.objects.bulk_create([_from_old(handover, key, None) for key in PARTS if key not in present])
    return {part.part: part for part in handover.parts.all()}


def _from_old(handover: Handover, key: str, old: HandoverPart | None) -> HandoverPart:
    part = HandoverPart(authority_id=handover.authority_id, handover=handover, part=key)
    if old is not None:
        part.words, part.dates, part.is_agreed = old.words, old.dates, old.is_agreed
        part.answered_at, part.answer_taken_by = old.answered_at, old.answer_taken_by
        part.override_reason, part.override_by = old.override_reason, old.override_by
        part.written_on, part.written_by = old.written_on, old.written_by
    return part


def _check(key: str, written: Written) -> None:
    part = PARTS[key]
    if not written.dates.keys() <= part.dates.keys():
        raise UnreadableField(key, "This part names no such day.")
    overridden = bool(written.override_reason.strip())
    if overridden != bool(written.override_by.strip()):
        raise UnreadableField(key, "An override needs its reason and who decided it, both.")
    if overridden and not part.protective:
        raise UnreadableField(key, "Only a part about safety goes against the young person’s wish.")
    if overridden and written.is_agreed:
        raise UnreadableField(key, "The young person agrees: there is nothing to override.")
    if part.authored and written.words.strip() and not (written.written_by.strip() and written.written_on):
        raise UnreadableField(key, "A judgement goes with its author and its day: give both.")


def _latest(handover: Handover) -> Document | None:
    return Document.objects.filter(
        sender_id=handover.authority_id,
        recipient_id=handover.host_id,
        kind=Document.Kind.HANDOVER,
        subject_id=handover.child_id,
        superseded_by=None,
    ).first()
