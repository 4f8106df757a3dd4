"""How are letters made, seen beforehand and corrected? Each is checked line by line, on the server, when it is made.

Those of many children: `jobs`.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from notifications.documents import ALPHABET, REFERENCE_LENGTH
from placements import endings
from placements.actions.placements import locked
from placements.events import write_event
from placements.exceptions import NothingEnds, UnreadableField
from placements.letters import check, given, kinds, left_out, printing, words
from placements.letters.check import About, Line, Standing
from placements.letters.exceptions import NothingToWrite, NotWrittenTo
from placements.models import Channel, Letter, Placement

PREPARING = "letters.prepare"
PREVIEW = "PREVIEW"
NOT_READY = {
    Standing.NOBODY: "This line names nobody, so nothing is written to it.",
    Standing.WRITTEN: "There is a letter to this person already. Write a corrected one if something in it is wrong.",
    Standing.GIVEN: "There is a letter to this person already. Write a corrected one if something in it is wrong.",
}


@transaction.atomic
def prepare(
    *,
    placement_id: UUID,
    about: str,
    correspondent_ids: Iterable[UUID],
    batch: UUID | None = None,
    by: Actor,
    at: datetime,
) -> list[Letter]:
    """Make the letters to those who were ticked, in the order of their envelopes; each with its bytes and their hash.

    Raises NotPermitted, PlacementNotFound, NothingToWrite, NothingEnds, NotWrittenTo (withheld, asked about, not told,
    written to, not on the list), HoldsWhatIsLeftOut. Then nothing is made.
    """
    policy.require(PREPARING, by.role)
    placement, about = locked(placement_id, None, by), About(about)
    wanted = set(correspondent_ids)
    if not wanted:
        raise NothingToWrite
    _require_an_ending(placement, about)
    listed = check.lines(placement, about, on=london_date(at))
    ticked = [line for line in listed if line.correspondent and line.correspondent.id in wanted]
    if len(ticked) < len(wanted):
        raise NotWrittenTo("Somebody who was ticked does not stand on the list any more. Open it again.")
    batch = batch or uuid4()
    made = [_make(placement, line, about, batch, by=by, at=at) for line in ticked]
    references = ", ".join(letter.reference for letter in made)
    what = f"Letters prepared about: {About(about).label.lower()}"
    write_event(placement, what, at, by=by, at=at, words=references)
    log.record(operation=PREPARING, subject_kind="letter", subject_ids=[one.id for one in made])
    given.close_what_is_met(placement, about, by=by, at=at)
    return made


def preview(*, placement: Placement, about: str, correspondent_id: UUID, by: Actor, on: date) -> bytes:
    """A letter as it would be made now, marked as a preview and not kept. Raises as `prepare` does."""
    about = About(about)
    _require_an_ending(placement, about)
    listed = check.lines(placement, about, on=on)
    line = next((one for one in listed if one.correspondent and one.correspondent.id == correspondent_id), None)
    if line is None:
        raise NotWrittenTo("This person does not stand on the list any more. Open it again.")
    _require_ready(line)
    return printing.pdf(_page(placement, line, about, reference=PREVIEW, by=by, on=on))


@transaction.atomic
def correct(*, letter_id: UUID, correction: str, by: Actor, at: datetime) -> Letter:
    """A new letter to one reader in place of one that was wrong; the old one is kept, and its bytes too.

    `correction` is a sentence that the reader reads: what was wrong. Raises NotPermitted, Letter.DoesNotExist,
    UnreadableField, NotWrittenTo (withheld since then), HoldsWhatIsLeftOut.
    """
    policy.require(PREPARING, by.role)
    if not correction.strip():
        raise UnreadableField("correction", "Say in a sentence to the reader what was wrong.")
    old = Letter.objects.defer("content").get(authority_id=by.authority_id, id=letter_id, superseded_by=None)
    placement, about = locked(old.placement_id, None, by), About(old.about)
    listed = check.lines(placement, about, on=london_date(at))
    line = next((one for one in listed if one.correspondent and one.correspondent.id == old.correspondent_id), None)
    if line is None or line.standing not in (Standing.WRITTEN, Standing.GIVEN):
        raise NotWrittenTo(line.sentence if line else "This person was taken off the list: put them on it again first.")
    if line.asked:
        raise NotWrittenTo(check.SAY_FIRST)
    shows = line.decision is None and not placement.is_restricted
    line = check.replace(line, standing=Standing.READY, shows_address=shows)
    made = _make(placement, line, about, uuid4(), by=by, at=at, old=old, correction=correction.strip())
    write_event(placement, "Corrected letter prepared", at, by=by, at=at, words=f"{made.reference} for {old.reference}")
    log.record(operation=PREPARING, subject_kind="letter", subject_ids=[made.id, old.id])
    return made


def _make(
    placement: Placement,
    line: Line,
    about: About,
    batch: UUID,
    *,
    by: Actor,
    at: datetime,
    old: Letter | None = None,
    correction: str = "",
) -> Letter:
    _require_ready(line)
    reference = "L-" + "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
    replaces = f"our letter {old.reference} of {words.date_in_words(london_date(old.composed_at))}" if old else ""
    more = {"replaces": replaces, "correction": correction}
    page = _page(placement, line, about, reference=reference, by=by, on=london_date(at), **more)
    content = printing.pdf(page)
    made = Letter.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        correspondent=line.correspondent,
        about=about,
        reference=reference,
        shows_address=line.shows_address,
        correction=correction,
        supersedes=old,
        batch=batch,
        html=page,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        composed_at=at,
        composed_by=by.name,
    )
    if line.correspondent.channel == Channel.IN_PRODUCT:
        given.show(made, placement, line.kind, by=by, at=at)
    return made


def _page(placement: Placement, line: Line, about: About, *, reference: str, by: Actor, on: date, **more) -> str:
    # A system of the authority signs nothing: the letter is the authority's then.
    written_by = f"{by.name}, {by.role.label}" if by.person_id else ""
    said = words.words(placement, line, about, reference=reference, on=on, written_by=written_by, **more)
    page, without_own_names = words.html(said), words.html(words.without_own_names(said))
    left_out.must_not_hold(page, placement, line, without_own_names=without_own_names)
    return page


def _require_ready(line: Line) -> None:
    if line.standing is not Standing.READY:
        raise NotWrittenTo(line.sentence or NOT_READY[line.standing])


def _require_an_ending(placement: Placement, about: About) -> None:
    if about not in kinds.OF_AN_ENDING:
        return
    has_ended = placement.status == Placement.Status.ENDED
    if endings.expected(placement) is None or has_ended != (about == About.ENDED):
        raise NothingEnds
