"""What was done with a letter, on which day, by whom; and which duties does that close?"""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.acting import Actor
from accounts.roles import Role
from audit import log
from db.clock import LONDON, london_date
from duties.actions import meet, raise_duties
from duties.models import Basis, Duty
from placements import endings
from placements.events import write_event
from placements.exceptions import UnreadableField
from placements.letters import check, kinds
from placements.letters.check import About, Fact, Standing
from placements.letters.exceptions import NothingToWrite, SaidAlready
from placements.models import Letter, LetterFact, Placement
from placements.owed import owing
from placements.rules.people_to_tell import Recipient
from placements.rules.written_dates import day_in_words

MARKING = "letters.mark"
TO_PEOPLE, TO_OFFICER, NEW_DATE = "notice_to_people", "iro_told", "new_date_to_people"
NOON = time(12)


@transaction.atomic
def mark(
    *, letter_ids: Iterable[UUID], fact: str, on: date, done_by: str = "", by: Actor, at: datetime
) -> list[LetterFact]:
    """Record that letters were printed, posted, handed over or sent, on a day, and by whom; all of them or none.

    Raises NotPermitted, Letter.DoesNotExist, NothingToWrite, SaidAlready, UnreadableField (a day to come, or before the
    letter was made).
    """
    policy.require(MARKING, by.role)
    wanted, fact = set(letter_ids), Fact(fact)
    rows = Letter.objects.defer("content", "html")
    letters = list(
        rows.filter(authority_id=by.authority_id, id__in=wanted)
        .select_related("placement__child", "correspondent")
        .prefetch_related("facts")
        .order_by("composed_at", "id")
    )
    if not wanted:
        raise NothingToWrite
    if len(letters) < len(wanted):
        raise Letter.DoesNotExist
    _check(letters, fact, on, today=london_date(at))
    made = [_write(letter, fact, on, done_by.strip() or by.name, by=by, at=at) for letter in letters]
    log.record(operation=MARKING, subject_kind="letter", subject_ids=[one.id for one in letters], detail={"fact": fact})
    for placement, about in {one.placement_id: (one.placement, About(one.about)) for one in letters}.values():
        close_what_is_met(placement, about, by=by, at=at)
    return made


def show(letter: Letter, placement: Placement, kind: Recipient, *, by: Actor, at: datetime) -> None:
    """A letter to somebody who reads it in Placewatch: it stands there from now on, and they are asked to read it."""
    _write(letter, Fact.SHOWN, london_date(at), by.name, by=by, at=at)
    owed = owing.owed(
        placement,
        "letter_to_read",
        f"Read letter {letter.reference}: {letter.get_about_display().lower()}",
        Basis.LAW,
        str(kind.citation),
        key=f"letter_to_read:{letter.id}",
        role=Role.INDEPENDENT_REVIEWING_OFFICER,
    )
    raise_duties([owed], authority_id=placement.authority_id, by=by.name, at=at)


def close_what_is_met(placement: Placement, about: About, *, by: Actor, at: datetime) -> None:
    """Close the duties that the letters of a placement have met, with the letters as evidence."""
    found = check.lines(placement, about, on=london_date(at))
    told = [(line, check.given(line.letter)) for line in found if line.standing is Standing.GIVEN]
    if not told:
        return
    by_officer = [fact for line, fact in told if line.kind.code == kinds.REVIEWING_OFFICER]
    arguments = {"authority_id": placement.authority_id, "by": by.name, "at": at}
    if about == About.PLACEMENT and by_officer:
        evidence = f"Letter {_evidence(by_officer)}."
        meet(f"{TO_OFFICER}:{placement.id}", evidence=evidence, done_at=_instant(by_officer, at), **arguments)
    if check.still_to_do(placement, found, about, on=london_date(at)):
        return
    facts = [fact for _, fact in told]
    withheld = sum(line.standing is Standing.WITHHELD for line in found)
    evidence = f"{len(told)} told by letter, {withheld} withheld: {_evidence(facts)}."
    for key in _keys(placement, about):
        meet(key, evidence=evidence, done_at=_instant(facts, at), **arguments)


def _keys(placement: Placement, about: About) -> list[str]:
    if about == About.PLACEMENT:
        return [f"{TO_PEOPLE}:{placement.id}"]
    if about == About.NEW_DATE:
        return list(
            Duty.objects.filter(kind=NEW_DATE, subject_id=placement.id, closed_at=None).values_list("key", flat=True)
        )
    return [f"{endings.TO_PEOPLE}:{placement.id}"]


def _evidence(facts: list[LetterFact]) -> str:
    return ", ".join(f"{one.letter.reference} {one.get_fact_display().lower()} {day_in_words(one.on)}" for one in facts)


def _instant(facts: list[LetterFact], at: datetime) -> datetime:
    """When the last was told: of a day that has passed its noon, since nobody kept the hour."""
    last = max(one.on for one in facts)
    return at if last == london_date(at) else datetime.combine(last, NOON, tzinfo=LONDON)


def _check(letters: list[Letter], fact: Fact, on: date, *, today: date) -> None:
    if fact == Fact.SHOWN:
        raise UnreadableField("fact", "That a letter stands in Placewatch is recorded by Placewatch itself.")
    if on > today:
        raise UnreadableField("on", "A day that lies ahead cannot be recorded yet.")
    for letter in letters:
        if on < london_date(letter.composed_at):
            raise UnreadableField("on", f"Letter {letter.reference} was made later than that day.")
        if any(one.fact == fact for one in letter.facts.all()):
            raise SaidAlready(letter.reference, fact.label)


def _write(letter: Letter, fact: Fact, on: date, done_by: str, *, by: Actor, at: datetime) -> LetterFact:
    made = LetterFact.objects.create(
        authority_id=letter.authority_id,
        letter=letter,
        fact=fact,
        on=on,
        by=done_by,
        recorded_at=at,
        recorded_by=by.name,
    )
    happened_at = at if on == london_date(at) else datetime.combine(on, NOON, tzinfo=LONDON)
    # Who is written to of a closed address gives it away: the line names the letter alone.
    to = "" if letter.placement.is_restricted else f" to {letter.correspondent.name}"
    what = f"Letter {letter.reference}{to}: {made.get_fact_display().lower()}"
    write_event(letter.placement, what, happened_at, by=by, at=at, words=f"By {done_by}")
    return made
