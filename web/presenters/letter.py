"""How is a list of letters said: to whom, with the address or without, withheld by whom, and what was done with each?"""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from duties.models import Basis, Duty
from placements.letters import check
from placements.letters.check import Line, Standing
from placements.models import Channel, Letter, LetterJob, LetterJobLine
from placements.rules.people_to_tell import Recipient
from web.presenters import dates
from web.presenters.elements import Details, Finding, Lines, Link, Table, Tag, Value

STANDINGS = {
    Standing.READY: "No letter yet",
    Standing.WITHHELD: "Withheld",
    Standing.ASKED: "Waits for an answer",
    Standing.NOT_TOLD: "Was not told",
    Standing.NOBODY: "Nobody",
    Standing.WRITTEN: "Made, not given yet",
    Standing.GIVEN: "Given",
}
HEADS = ("To whom", "Where it is written", "Address shown?", "How", "Letter", "What to do")


def lines(found: Iterable[Line], about: str, *, may_list: bool, may_prepare: bool, may_decide: bool) -> Table:
    """The check page: one row each, in the order of the envelopes; who is withheld has a row and no box."""
    rows = tuple(
        (
            Lines((line.name, line.kind.who)),
            Lines((Tag(Basis(line.kind.basis.value).label), _where_written(line.kind))),
            _address(line),
            line.channel or "–",
            _letter(line),
            _ways(line, about, may_list=may_list, may_prepare=may_prepare, may_decide=may_decide),
        )
        for line in found
    )
    return Table("Everybody on the list, and who is withheld", HEADS, rows, "Nobody stands on the list yet.")


def choices(found: Iterable[Line]) -> list[tuple[str, str]]:
    """The lines that can be ticked."""
    return [
        (
            str(line.correspondent.id),
            f"{line.name}, {line.kind.who}: {'address shown' if line.shows_address else 'without the address'}",
        )
        for line in found
        if line.standing is Standing.READY and line.correspondent
    ]


def kept(number: int) -> str:
    """What was made, in a sentence."""
    if number == 1:
        return "1 letter is made and kept exactly as it is."
    return f"{number} letters are made and kept exactly as they are."


def recorded(number: int) -> str:
    """That something was recorded of letters, in a sentence."""
    if number == 1:
        return "Recorded for 1 letter: it is a dated line of the child’s record."
    return f"Recorded for {number} letters: each is a dated line of the child’s record."


def kinds(listed: Iterable[Recipient]) -> list[tuple[str, str]]:
    """The kinds for a form."""
    return [(one.code, f"{one.who} ({_where_written(one)})") for one in listed]


def still_to_do(sentences: Iterable[str], missing: Iterable[Recipient], placement_id: UUID) -> tuple[Value, ...]:
    """What is left to do; of a kind of which the list says nothing, with the way to put somebody on it."""
    there = reverse("add_correspondent", args=[placement_id])
    ways = {check.say_who(kind): f"{there}?code={kind.code}" for kind in missing}
    return tuple(Link(one, ways[one]) if one in ways else one for one in sentences)


def owed(duty: Duty | None) -> Finding | None:
    """By when the people are to be told, with the days that were skipped."""
    if duty is None:
        return None
    sentence, *working = duty.working or [duty.title]
    counted = Details("The days that were counted", tuple(working)) if working else None
    return Finding(sentence, Basis(duty.basis).label, duty.citation, counted)


def letters(made: Iterable[Letter], *, may_correct: bool, is_batch: bool = False) -> Table:
    """The letters that were made, each with the exact copy and what was done with it; of a batch also about which child."""
    rows = tuple(
        (
            Lines((Link(one.reference, reverse("letter_file", args=[one.id])), one.get_about_display())),
            one.correspondent.name,
            "Yes" if one.shows_address else "No",
            Lines((f"Made {dates.instant(one.composed_at)}, by {one.composed_by}", *map(_fact, one.facts.all()))),
            _child(one)
            if is_batch
            else Link("Batch", reverse("letter_batch", args=[one.batch]), f"of {one.reference}"),
            Link("Correct", reverse("correct_letter", args=[one.id]), one.reference) if may_correct else "",
        )
        for one in made
    )
    together = "Child" if is_batch else "Made together"
    heads = ("Letter", "To", "Address shown?", "What was done with it", together, "What to do")
    return Table("Letters", heads, rows, "No letter has been made.")


def jobs(latest: Iterable[LetterJob]) -> Table:
    """The last jobs that were asked for, each with the way to it."""
    rows = tuple(
        (
            Link(f"Asked {dates.instant(one.asked_at)}", reverse("letter_batch", args=[one.id])),
            one.asked_by,
            one.get_about_display(),
            "Made" if one.made_at else "Being made",
        )
        for one in latest
    )
    return Table("Asked for before", ("Letters", "By", "About", "How far"), rows, "Nothing was asked for.")


def not_made(refused: Iterable[LetterJobLine]) -> Table:
    """The children for whom no letter was made, by name, each with why."""
    rows = tuple(
        (
            Link(
                f"{one.placement.child.reference}, {one.placement.child.name}",
                reverse("letters", args=[one.placement_id]),
            ),
            one.refused,
        )
        for one in refused
    )
    return Table("For these children no letter was made", ("Child", "Why"), rows, "Letters were made for every child.")


def of_batch(made: Iterable[Letter]) -> list[tuple[str, str]]:
    """The letters of a batch, to be ticked."""
    return [
        (
            str(one.id),
            f"{one.reference}, {one.placement.child.reference}, {one.correspondent.name}: "
            f"{one.correspondent.get_channel_display()}",
        )
        for one in made
    ]


def together(waiting: Iterable[Letter]) -> list[tuple[str, str]]:
    """The letters that wait to be given, to be ticked way by way: “Post: all 40 that are not recorded yet”."""
    counted = Counter(one.correspondent.channel for one in waiting)
    return [
        (channel, f"{Channel(channel).label}: all {number} that are not recorded as given yet")
        for channel, number in sorted(counted.items())
        if number > 1
    ]


def _child(one: Letter) -> Link:
    child = one.placement.child
    return Link(f"{child.reference}, {child.name}", reverse("letters", args=[one.placement_id]))


def _fact(one) -> str:
    return f"{one.get_fact_display()} {dates.day(one.on)}, by {one.by}"


def _where_written(kind: Recipient) -> str:
    """The provision alone: the instrument is the same for every line of law, and stands above the table."""
    return kind.citation.provision or str(kind.citation)


def _address(line: Line) -> Value:
    if line.standing in (Standing.NOBODY, Standing.ASKED, Standing.NOT_TOLD, Standing.WITHHELD):
        return "–"
    return "Yes" if line.shows_address else "No"


def _letter(line: Line) -> Value:
    said = [Tag(STANDINGS[line.standing])]
    if line.letter:
        said += [Link(line.letter.reference, reverse("letter_file", args=[line.letter.id]))]
        said += [_fact(one) for one in line.letter.facts.all()]
    if line.sentence:
        said.append(line.sentence)
    return Lines(tuple(said))


def _ways(line: Line, about: str, *, may_decide: bool, **may: bool) -> Value:
    links = [*_links(line, about, **may), *_ways_to_think_again(line, may_decide=may_decide)]
    return Lines(tuple(links)) if links else ""


def _links(line: Line, about: str, *, may_list: bool, may_prepare: bool) -> Iterable[Link]:
    if line.correspondent is None:
        return
    where, hidden = [line.correspondent.id], f"{line.name}"
    if may_prepare and line.standing is Standing.READY:
        yield Link("See the letter", f"{reverse('preview_letter', args=where)}?about={about}", hidden)
    if may_list and line.asked:
        yield Link("Say whether it is this person", reverse("say_about", args=where), hidden)
    if may_list:
        yield Link("Take off the list", reverse("remove_correspondent", args=where), hidden)


def _ways_to_think_again(line: Line, *, may_decide: bool) -> Iterable[Link]:
    if may_decide and line.decision:
        there = reverse("end_withholding", args=[line.decision.id])
        yield Link("Look at the decision again", there, f"about {line.decision.person}")
