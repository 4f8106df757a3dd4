"""How is said what is new about places, how far a re-check has come, and what was taken back?"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from hotspots.models import Recall
from notifications.models import Document
from placements.models import Judgement, NewLine, PackRequest, PassedOn, RecalledHere, Recheck, Rejudging, Screening
from placements.overlay.recalls import OtherReading, Reading
from web.presenters import dates
from web.presenters.elements import Lines, Link, Table, Tag, Value


def lines(found: Iterable[NewLine]) -> Table:
    """The person's lines, those not read yet first, in the words that were read then."""
    rows = tuple(
        (
            Link(one.placement.child.name, reverse("placement", args=[one.placement_id])),
            Tag(one.get_what_display()),
            Lines(tuple(one.words)),
            dates.instant(one.at),
            dates.instant(one.read_at, otherwise="not read yet"),
        )
        for one in found
    )
    heads = ("Child", "What is new", "In which words", "Checked", "You read it")
    return Table(
        "What is new about places that you work with", heads, rows, "Nothing new. That says nothing about a place."
    )


def rechecks(found: Iterable[Recheck]) -> Table:
    """Each re-check with its progress; counts of places, never of children by name."""
    rows = tuple(
        (
            one.owner.name,
            dates.instant(one.began_at),
            f"{one.checked} of {one.places}",
            dates.instant(one.ended_at, otherwise="still running"),
            f"{one.entered} now near, {one.left} no longer, {one.other_words} in other words",
        )
        for one in found
    )
    heads = ("Whose areas changed", "Began", "Places checked", "Ended", "What it brought")
    return Table("Checked again after a change", heads, rows, "No place has been checked again.")


def rejudgings(found: Iterable[Rejudging]) -> Table:
    """Each switch of boundaries with its progress and what it brought."""
    rows = tuple(
        (
            dates.instant(one.switched_at),
            f"{one.judged} of {one.places}",
            dates.instant(one.ended_at, otherwise="still running"),
            f"{one.changed} judged otherwise, {one.uncertain} of them not certain any more",
        )
        for one in found
    )
    heads = ("Boundaries switched", "Places judged", "Ended", "What it brought")
    return Table("Judged again after boundaries changed", heads, rows, "No boundaries were switched.")


def recalled(found: Iterable[RecalledHere]) -> Table:
    """What owners took back from this authority."""
    rows = tuple(
        (
            Link(one.owner.name, reverse("recall", args=[one.id]), f"taken back {dates.instant(one.at)}"),
            Tag("Corrected" if one.is_correction else "Withdrawn"),
            dates.instant(one.at),
        )
        for one in found
    )
    return Table(
        "Taken back by its owner: do not rely on it", ("Whose", "What", "Told"), rows, "Nothing was taken back."
    )


def made(found: Iterable[tuple[Recall, Sequence[Document]]]) -> Table:
    """What we took back, with proof: who there has opened it, who has acknowledged it."""
    rows = tuple(
        (
            Link(one.hotspot.reference, reverse("area_of_concern", args=[one.hotspot_id])),
            Tag(one.get_what_display()),
            dates.instant(one.at),
            Lines(tuple(_proof(document) for document in documents)) if documents else "It was shown to nobody",
        )
        for one, documents in found
    )
    return Table(
        "What we took back, and who has read that", ("Area", "What", "Told", "Proof"), rows, "We took nothing back."
    )


def checks(found: Iterable[Screening]) -> Table:
    """The checks that used it."""
    rows = tuple((_placement(one.placement.child.name, one.placement_id), dates.instant(one.at)) for one in found)
    return Table("Checks that told of it", ("Child", "Checked"), rows, "No check told of it.")


def judgements(found: Iterable[Judgement]) -> Table:
    """The judgements that were written upon it."""
    rows = tuple(
        (
            Link("Judgement", reverse("judgements", args=[one.placement_id]), f"of {dates.instant(one.recorded_at)}"),
            one.written_by,
            dates.instant(one.recorded_at),
        )
        for one in found
    )
    return Table("Judgements that rest on such a check", ("What", "By", "Written"), rows, "None.")


def passed_on(found: Iterable[PassedOn], labels: Mapping[str, str]) -> Table:
    """What went out: ring or write to whoever has it."""
    rows = tuple(
        (labels[one.output], labels[one.audience], Lines(tuple(one.words)), one.by, dates.instant(one.at))
        for one in found
    )
    heads = ("In what", "To whom", "Words", "By", "When")
    return Table("Passed on: tell whoever has it", heads, rows, "Nothing of it was passed on.")


def packs(found: Iterable[PackRequest]) -> Table:
    """The packs that hold what it said, or a judgement that rests on it: whoever has one is told."""
    rows = tuple(
        (
            Link("Pack", reverse("pack", args=[one.id]), f"asked for by {one.asked_by}"),
            one.asked_by,
            dates.instant(one.made_at),
        )
        for one in found
    )
    return Table("Packs that used it", ("What", "Asked for by", "Made"), rows, "None.")


def alerts(found: Iterable[Document]) -> Table:
    """The hosts that were asked to ring because of such a check."""
    rows = tuple(
        (
            Link(one.reference, reverse("sent_notice", args=[one.id]), f"to {one.recipient.name}"),
            one.recipient.name,
            dates.instant(one.composed_at),
        )
        for one in found
    )
    return Table("Hosts alerted by such a check: tell them", ("Alert", "To whom", "Sent"), rows, "None.")


def readings(found: Iterable[Reading], names: Mapping[UUID, str]) -> Table:
    """Who has read it, and when first."""
    rows = tuple(
        (one.by, _placement(names[one.placement_id], one.placement_id), dates.instant(one.at)) for one in found
    )
    return Table("Who has read such a check", ("Who", "About", "First read"), rows, "Nobody has opened one.")


def other_readings(found: Iterable[OtherReading]) -> Table:
    """On a map, in a what-if, in a list, or to a check: to whom here."""
    rows = tuple((one.by, one.purpose, dates.instant(one.at)) for one in found)
    return Table("Told, in whatever way", ("To whom", "For what", "When"), rows, "None.")


def _placement(name: str, placement_id: UUID) -> Value:
    return Link(name, reverse("placement", args=[placement_id]))


def _proof(document: Document) -> str:
    facts = [
        f"{fact.get_fact_display().lower()} by {fact.person}, {dates.instant(fact.at)}" for fact in document.facts.all()
    ]
    return f"{document.recipient.name}: {'; '.join(facts) if facts else 'no reply yet'}"
