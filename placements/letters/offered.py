"""For which placements do letters wait, in which order do envelopes lie, and which of them may still go out?"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from duties.models import Duty
from placements import endings, queries
from placements.letters.check import About
from placements.letters.correspondents import decisions_of, said
from placements.letters.given import NEW_DATE, TO_PEOPLE
from placements.models import Channel, Correspondent, Letter, LetterJobLine, Placement, Withholding
from placements.rules.people_to_tell import RECIPIENTS

ON_PAPER = (Channel.BY_HAND, Channel.POST)
KIND_OF_DUTY = {
    About.PLACEMENT: TO_PEOPLE,
    About.NEW_DATE: NEW_DATE,
    About.INTENTION: endings.TO_PEOPLE,
    About.ENDED: endings.TO_PEOPLE,
}
ORDER = {one.code: number for number, one in enumerate(RECIPIENTS)}


def duty(placement: Placement, about: About) -> Duty | None:
    """What is owed to the people of a placement's list; the last that was raised."""
    kind = KIND_OF_DUTY[About(about)]
    return Duty.objects.filter(subject_id=placement.id, kind=kind).order_by("-raised_at").first()


def waiting(about: About) -> QuerySet[Placement]:
    """The placements of which people are still to be written to, the earliest due first; of an ending by what it is now.

    Not those whose letters are being made, or stand already and only wait to be posted.
    """
    owed = Duty.objects.filter(kind=KIND_OF_DUTY[About(about)], closed_at=None).values("subject_id")
    being_made = LetterJobLine.objects.filter(job__about=about, done_at=None).values("placement_id")
    unwritten = Correspondent.objects.filter(placement=OuterRef("id"), removed_at=None).exclude(name="")
    if about != About.NEW_DATE:
        # Of a date that was moved twice people are told twice.
        unwritten = unwritten.exclude(letters__about=about)
    rows = queries.placements().filter(Exists(unwritten), id__in=owed).exclude(id__in=being_made)
    if about in (About.INTENTION, About.ENDED):
        status = Placement.Status.STARTED if about == About.INTENTION else Placement.Status.ENDED
        rows = rows.filter(status=status)
    return rows.order_by("planned_start_on", "child__reference", "id")


def of_batch(batch: UUID) -> QuerySet[Letter]:
    """The letters that were made at once, with all that says whether they may go out."""
    rows = Letter.objects.filter(batch=batch).select_related("placement__child", "correspondent", "superseded_by")
    return rows.prefetch_related("correspondent__decisions")


def on_paper(letters: Iterable[Letter]) -> list[Letter]:
    """Those that are printed."""
    return [one for one in letters if one.correspondent.channel in ON_PAPER]


def in_order(letters: Iterable[Letter]) -> list[Letter]:
    """Letters in the order of their envelopes: child by child, and within a child as the regulation lists its people."""
    return sorted(
        letters,
        key=lambda one: (
            one.placement.child.reference,
            ORDER.get(one.correspondent.code, len(ORDER)),
            one.composed_at,
            one.correspondent.name,
        ),
    )


def to_go_out(letters: Iterable[Letter]) -> list[Letter]:
    """Those that may still be printed or sent, in order: not replaced, and nothing decided since that holds them back."""
    return [one for one in in_order(letters) if not hasattr(one, "superseded_by") and held_back(one) is None]


def held_back(letter: Letter) -> Withholding | None:
    """A decision that holds now and speaks against a letter that was made before: nobody told, or told the address.

    A decision of which nobody has said whether it is about the reader holds it back too.
    """
    for decision in decisions_of(letter.placement, letter.correspondent.code):
        is_against = decision.what == Withholding.What.NOTICE or letter.shows_address
        if is_against and said(letter.correspondent, decision) is not False:
            return decision
    return None
