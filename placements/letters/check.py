"""What does the check page say of each line: written to or not, with the address or without, on whose decision?"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from duties.models import Duty
from placements.letters import correspondents, kinds
from placements.models import Channel, Correspondent, Letter, LetterFact, Placement, Withholding
from placements.rules.finding import Basis
from placements.rules.people_to_tell import Recipient
from placements.telling import people

About, Fact, What = Letter.About, LetterFact.Fact, Withholding.What
GIVEN = (Fact.POSTED, Fact.HANDED_OVER, Fact.SENT, Fact.SHOWN)
SAY_FIRST = "A decision about somebody of this kind holds. Say whether it is about this person before you write."
CLOSED = "The address is kept closed: no letter shows it."


class Standing(StrEnum):
    """How far a line is. Only a ready one can be ticked."""

    READY = "ready"
    WITHHELD = "withheld"
    ASKED = "asked"
    NOT_TOLD = "not_told"
    NOBODY = "nobody"
    WRITTEN = "written"
    GIVEN = "given"


@dataclass(frozen=True)
class Line:
    """One line of the page. `correspondent` is None for a decision about somebody who is not on the list."""

    kind: Recipient
    name: str
    standing: Standing
    shows_address: bool = False
    correspondent: Correspondent | None = None
    letter: Letter | None = None
    decision: Withholding | None = None
    asked: tuple[Withholding, ...] = ()
    sentence: str = ""

    @property
    def channel(self) -> str:
        """How the letter reaches its reader, in words; blank where none is written."""
        return Channel(self.correspondent.channel).label if self.correspondent and self.correspondent.channel else ""


def lines(placement: Placement, about: About, *, on: date) -> list[Line]:
    """Everybody of the list in the regulation's order, which is the order of the envelopes, and who is withheld."""
    listed = list(correspondents.on_the_list(placement))
    letters = [one for one in letters_of(placement) if one.about != About.NEW_DATE or _tells_the_last(one)]
    told = told_of_placement(letters) if about != About.PLACEMENT else None
    found = []
    for kind in kinds.kinds(placement, about, on=on):
        decided = correspondents.decisions_of(placement, kind.code)
        mine = [one for one in listed if one.code == kind.code]
        found += [_line(placement, kind, one, decided, about, letters, told) for one in mine]
        found += [
            Line(kind, one.person, Standing.WITHHELD, decision=one, sentence=correspondents.withheld_words(one))
            for one in decided
            if one.what == What.NOTICE and not any(correspondents.said(each, one) for each in mine)
        ]
    return found


def letters_of(placement: Placement) -> list[Letter]:
    """The letters that stand, with their facts and without their bytes."""
    return list(
        Letter.objects.filter(placement=placement, superseded_by=None)
        .defer("content", "html")
        .select_related("correspondent")
        .prefetch_related("facts")
        .order_by("composed_at", "id")
    )


def unanswered(placement: Placement, found: list[Line], *, on: date) -> list[Recipient]:
    """The kinds of which the list says nothing, neither somebody nor why nobody."""
    answered = {line.kind.code for line in found}
    return [kind for kind in kinds.to_be_answered(placement, on=on) if kind.code not in answered]


def say_who(kind: Recipient) -> str:
    """What is asked of a kind of which the list says nothing."""
    return f"Say who is {kind.who} ({kind.citation.provision}), or why there is nobody."


def still_to_do(placement: Placement, found: list[Line], about: About, *, on: date) -> list[str]:
    """What stands between this list and “everybody is told”, a sentence each; empty where nothing does.

    Practice (the school to be, the police) holds nothing up.
    """
    missing = unanswered(placement, found, on=on) if about == About.PLACEMENT else []
    waiting = [
        line
        for line in found
        if line.kind.basis is Basis.LAW and line.standing in (Standing.READY, Standing.ASKED, Standing.WRITTEN)
    ]
    said = [say_who(kind) for kind in missing]
    words = {
        Standing.READY: "has no letter yet",
        Standing.ASKED: "waits for a word whether a decision is about them",
        Standing.WRITTEN: "has a letter that is not recorded as posted, handed over or sent",
    }
    return said + [f"{line.name} {words[line.standing]}." for line in waiting]


def given(letter: Letter) -> LetterFact | None:
    """The fact by which a letter reached its reader; the earliest."""
    return min((one for one in letter.facts.all() if one.fact in GIVEN), key=lambda one: one.on, default=None)


def told_of_placement(letters: list[Letter]) -> set[object] | None:
    """Who was told of the placement by letter; None where no letter about it is kept here, and so nothing is known."""
    about_it = [one for one in letters if one.about == About.PLACEMENT]
    return {one.correspondent_id for one in about_it if given(one)} if about_it else None


def _tells_the_last(letter: Letter) -> bool:
    """Whether a letter about a new date was written after the last time that the date was moved."""
    moved = Duty.objects.filter(
        kind="new_date_to_people", subject_id=letter.placement_id, raised_at__gt=letter.composed_at
    )
    return not moved.exists()


def _line(
    placement: Placement,
    kind: Recipient,
    one: Correspondent,
    decided: list[Withholding],
    about: About,
    letters: list[Letter],
    told: set | None,
) -> Line:
    about_them = [each for each in decided if correspondents.said(one, each)]
    withheld = next((each for each in about_them if each.what == What.NOTICE), None)
    without_address = next((each for each in about_them if each.what == What.ADDRESS), None)
    asked = tuple(each for each in decided if correspondents.said(one, each) is None) if one.name else ()
    letter = next((each for each in letters if each.correspondent_id == one.id and each.about == about), None)
    shows = without_address is None and not placement.is_restricted
    made = Line(kind, one.name or f"Nobody: {one.nobody_because}", Standing.READY, shows, one, letter)
    if not one.name:
        return replace(made, standing=Standing.NOBODY, shows_address=False)
    if withheld:
        words = correspondents.withheld_words(withheld)
        return replace(made, standing=Standing.WITHHELD, shows_address=False, decision=withheld, sentence=words)
    if letter:
        standing = Standing.GIVEN if given(letter) else Standing.WRITTEN
        return replace(
            made, standing=standing, shows_address=letter.shows_address, decision=without_address, asked=asked
        )
    if asked:
        return replace(made, standing=Standing.ASKED, shows_address=False, asked=asked, sentence=SAY_FIRST)
    if told is not None and one.id not in told and kind.code != kinds.CARER_NOW.code:
        words = "No letter about the placement reached them, so this one does not go to them either (reg. 14(2)(c))."
        return replace(made, standing=Standing.NOT_TOLD, shows_address=False, sentence=words)
    if without_address:
        words = f"Told without the address: {people.decision_of(without_address).sentence}."
        return replace(made, standing=Standing.READY, decision=without_address, sentence=words)
    return replace(made, standing=Standing.READY, sentence=CLOSED if placement.is_restricted else "")
