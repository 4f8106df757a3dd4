"""How does what others shared about a place leave the authority's own workers? Sentence by sentence, under its conditions.

Every output asks here (a letter, a notice, a pack, an export, a word on the telephone): what binds is refused with whom to
ask, or rests on the owner's yes. What went out is a row, so that a recall finds it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from hotspots.exceptions import TakenBack
from hotspots.models import Audience, Output, PassingOn
from hotspots.sharing import passing_on
from hotspots.sharing.passing_on import Bound
from placements.events import write_event
from placements.exceptions import KeptClosed, PlacementNotFound
from placements.models import AskedToPassOn, PassedOn, Placement, Screening
from placements.overlay.recalls import recalled_versions


@transaction.atomic
def pass_on(placement_id: UUID, *, audience: Audience, output: Output, by: Actor, at: datetime) -> PassedOn:
    """The sentences of the latest check that may be passed on, kept as passed on.

    Of a closed address nothing is. Refuses with NotPermitted, PlacementNotFound, KeptClosed, and as
    hotspots.passing_on.require does: ConditionBinds, NoLongerShared; and what was taken back (TakenBack).
    """
    policy.require("passing_on.do", by.role)
    placement, check = _read(placement_id, by)
    if taken_back := recalled_versions(by.authority_id).intersection(map(str, check.versions)):
        raise TakenBack([one.owner for one in passing_on.binding([UUID(one) for one in taken_back])])
    agreed = [one for one in _questions(placement, audience, output) if one.answer == PassingOn.Answer.YES]
    passing_on.require(check.versions, audience=audience, output=output, agreed={one.hotspot_id for one in agreed})
    written = PassedOn.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        screening=check,
        audience=Audience(audience),
        output=Output(output),
        words=_sentences(check),
        versions=check.versions,
        questions=[one.id for one in agreed],
        at=at,
        by=by.name,
    )
    to_whom = f"{Output(output).label}: {Audience(audience).label.lower()}"
    write_event(placement, "What is shared about the place was passed on", at, by=by, at=at, words=to_whom)
    log.record(operation="passing_on.do", subject_kind="placement", subject_ids=[placement.id])
    return written


@transaction.atomic
def ask(placement_id: UUID, *, audience: Audience, output: Output, by: Actor, at: datetime) -> list[PassingOn]:
    """Ask each owner whose condition stands against it; a question that waits, or was answered yes, is not asked again.

    Refuses with NotPermitted, PlacementNotFound, KeptClosed.
    """
    policy.require("passing_on.ask", by.role)
    placement, check = _read(placement_id, by)
    known = {one.hotspot_id for one in _questions(placement, audience, output) if one.answer != PassingOn.Answer.NO}
    against = [
        one
        for one in passing_on.binding(check.versions)
        if one.level is not None and one.hotspot_id not in known and one.forbids(audience=audience, output=output)
    ]
    asked = passing_on.ask(against, audience=audience, output=output, by=by, at=at)
    AskedToPassOn.objects.bulk_create(
        AskedToPassOn(authority_id=by.authority_id, placement=placement, question=one) for one in asked
    )
    return asked


def conditions_of(check: Screening) -> list[Bound]:
    """The conditions of the areas that a check told of, where one stands and the area is still open to the reader."""
    return [one for one in passing_on.binding(check.versions) if one.level is not None and one.kinds]


def questions_about(placement: Placement) -> list[PassingOn]:
    """What was asked about passing on what is shared about a place, the newest first."""
    asked = AskedToPassOn.objects.filter(placement=placement).values_list("question_id", flat=True)
    rows = PassingOn.objects.filter(sender_id=placement.authority_id, id__in=list(asked)).select_related("recipient")
    return list(rows.order_by("-asked_at", "id"))


def _read(placement_id: UUID, by: Actor) -> tuple[Placement, Screening]:
    placement = Placement.objects.filter(authority_id=by.authority_id, id=placement_id, superseded_at=None).first()
    if placement is None:
        raise PlacementNotFound
    if placement.is_restricted:
        raise KeptClosed
    check = Screening.objects.filter(placement=placement).order_by("-at", "-id").first()
    if check is None:
        raise PlacementNotFound
    return placement, check


def _questions(placement: Placement, audience: Audience, output: Output) -> list[PassingOn]:
    return [one for one in questions_about(placement) if (one.audience, one.output) == (audience, output)]


def _sentences(check: Screening) -> list[str]:
    return [sentence for one in check.answer["authorities"] if one["areas"] for sentence in one["sentences"]]
