"""How is said what people think of a place, and where that differs from what is shared?"""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from db.clock import london_date
from placements.models import ConversationWords, Judgement, Placement
from placements.overlay.ledger import Counts
from placements.telling.consultations import BOXES, Consultation
from web.presenters import dates
from web.presenters.elements import Details, Lines, Link, Row, Section, Table, Value
from web.presenters.notice import WAITING

HEADING = "What people think of this place"
NOT_TALKED_THROUGH = "Not talked through with a supervisor yet"
NOTHING_READ = "Nothing had been read about the place"


def section(current: Judgement | None, placement: Placement) -> Section:
    """The judgement that holds now, in short, with the way to the whole of it."""
    whole = Link("Every judgement about this place", reverse("judgements", args=[placement.id]))
    if current is None:
        return Section(HEADING, ("No judgement is written yet. It holds up no approval and no move.", whole))
    written = f"{current.written_by}, {dates.instant(current.recorded_at)}"
    return Section(HEADING, (current.thinks_and_why, written, conversations(current), _look_again(current), whole))


def whole(judgement: Judgement) -> tuple[Row, ...]:
    """One judgement in full: the four boxes, whether it agrees with what was shared, who wrote it and when."""
    shown = [
        Row("Written by", f"{judgement.written_by}, {dates.instant(judgement.recorded_at)}"),
        Row("What is known and not known", judgement.known_and_not_known),
        Row("What is thought, and why", judgement.thinks_and_why),
        Row("Talked through", conversations(judgement)),
        Row("When to look again", dates.day(judgement.look_again_on)),
        Row("Beside what is shared", judgement.get_agreement_display()),
        Row("What had been read", _read(judgement)),
    ]
    if judgement.asked_on:
        asked = f"{judgement.asked_whom}, {dates.day(judgement.asked_on)}"
        shown.append(Row("Who was asked about the place", Lines((asked, judgement.they_said))))
    if judgement.superseded_at:
        shown.append(Row("A newer one took its place", dates.instant(judgement.superseded_at)))
    return tuple(shown)


def quoted(asked: Sequence[Consultation]) -> dict:
    """The newest question with its answer, as the form's first values: the writer keeps of it what bears on the child."""
    if not asked:
        return {}
    newest = asked[0]
    first = {"asked_on": london_date(newest.question.composed_at)}
    if newest.answer is None:
        return first | {"asked_whom": newest.question.recipient.name, "they_said": f"{WAITING}."}
    said = newest.answer
    words = "\n".join(f"{label}: {said.body[name]}" for name, label in BOXES.items() if said.body.get(name))
    return first | {"asked_whom": f"{said.composed_by}, {newest.question.recipient.name}", "they_said": words}


def conversations(judgement: Judgement) -> Value:
    """Who talked it through, when, and what it came to."""
    return Lines(tuple(_conversation(one) for one in judgement.conversations) or (NOT_TALKED_THROUGH,))


def counts(counted: Counts) -> Table:
    """Both ways of differing in a period; no figure for a child."""
    rows = (
        ("Something is shared near, and the judgement is not worried", str(counted.shared_and_not_worried)),
        ("Nothing is near, and the judgement is worried", str(counted.nothing_near_and_worried)),
    )
    period = dates.stretch(counted.starts_on, counted.ends_on)
    return Table(f"Where judgements differ from what is shared, {period}", ("Which way", "Judgements"), rows)


def ledger(judgements: Iterable[Judgement]) -> Table:
    """The words, in the order in which they were written."""
    rows = tuple(
        (
            dates.instant(one.recorded_at),
            one.get_agreement_display(),
            Lines((one.known_and_not_known, one.thinks_and_why)),
            one.written_by,
            conversations(one),
        )
        for one in judgements
    )
    heads = ("Written", "Which way", "The words", "By", "Talked through")
    return Table("The words", heads, rows, "Nothing differs in this period.")


def _conversation(one: ConversationWords) -> str:
    held = one.conversation
    return f"{held.supervisor_name}, {dates.instant(held.held_at)}: {one.words}"


def _look_again(judgement: Judgement) -> str:
    return f"To be looked at again on {dates.day(judgement.look_again_on)}"


def _read(judgement: Judgement) -> Value:
    check = judgement.screening
    if check is None or not check.answer["authorities"]:
        return NOTHING_READ
    sentences = tuple(f"{one['name']}: {' '.join(one['sentences'])}" for one in check.answer["authorities"])
    return Details(f"As read on {dates.instant(check.at)}", sentences)
