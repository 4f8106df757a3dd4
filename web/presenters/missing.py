"""How is a report of a missing child said, and what others said of it?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from duties.models import Basis
from placements import missing
from placements.missing import Exchange, Word
from placements.models import MissingReport, PoliceMessage
from placements.rules.missing import InterviewAnswer
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Section, Table, Tag, Value
from web.presenters.rules import finding

KINDS = {False: "Missing", True: "Away without authorisation"}
KEPT_CLOSED = "Kept closed: it would give away where the child lives"


def table(
    reports: Iterable[MissingReport],
    exchanges: Mapping[UUID, Exchange],
    *,
    caption: str = "Missing children",
    empty: str = "No child of yours is reported missing.",
) -> Table:
    """Reports with who, since when, whether back, and with whom the interview is; a report without its exchange is closed."""
    rows = tuple(
        (
            Link(
                one.child.name, reverse("missing_report", args=[one.id]), f"missing {dates.instant(one.missing_since)}"
            ),
            one.child.reference,
            KINDS[one.is_whereabouts_known],
            dates.instant(one.missing_since),
            dates.instant(one.returned_at, otherwise="not back"),
            interview(one, exchanges.get(one.id)),
        )
        for one in reports
    )
    heads = ("Child", "Reference", "What", "Since", "Came back", "Interview")
    return Table(caption, heads, rows, empty)


def rows(report: MissingReport, exchange: Exchange | None) -> tuple[Row, ...]:
    """Since when, where last seen, whether back."""
    shown = [
        Row("Child", Link(report.child.name, reverse("child", args=[report.child_id]))),
        Row("What", Tag(KINDS[report.is_whereabouts_known])),
        Row("Since", dates.instant(report.missing_since)),
        Row("Where last seen", report.last_seen),
        Row("Came back", dates.instant(report.returned_at)),
        Row("Interview after the return", interview(report, exchange)),
        Row("Recorded", f"{dates.instant(report.recorded_at)}, by {report.recorded_by}"),
    ]
    if report.placement_id:
        shown.insert(
            1, Row("Placement", Link("The placement goes on", reverse("placement", args=[report.placement_id])))
        )
    return tuple(shown)


def interview(report: MissingReport, exchange: Exchange | None) -> Value:
    """With whom and by when, or how it ended."""
    if report.is_open:
        return "Not owed before the return"
    if exchange is None:
        return report.get_interview_outcome_display() or KEPT_CLOSED
    if report.interview_outcome:
        return Lines((report.get_interview_outcome_display(), report.interview_by, dates.instant(report.interview_at)))
    if exchange.ending:
        return Word(exchange.ending.body["word"]).label
    return missing.line_of(report, exchange)


def interview_section(answer: InterviewAnswer | None, words: str) -> Section:
    """Where the interview stands by the guidance, with its count."""
    items = (finding(answer.finding),) if answer else ()
    return Section(
        f"The interview after the return ({Basis.STATUTORY_GUIDANCE.label.lower()})",
        (*items, words) if words else items,
        "Its 72 hours of the clock begin with the return.",
    )


def said_by_host(exchange: Exchange) -> Table:
    """What the host said, in order."""
    said = tuple(
        (
            dates.instant(datetime.fromisoformat(one.body["happened_at"])),
            Word(one.body["word"]).label,
            one.body["words"],
            ", ".join(part for part in (one.composed_by, one.body["post"], one.sender.name) if part),
        )
        for one in exchange.answers
    )
    return Table("What the area’s authority said", ("When", "What", "Words", "Who"), said, "Nothing yet.")


def police_messages(messages: Iterable[PoliceMessage]) -> Table:
    """When the message was given to the police, by whom and to whom. Placewatch sends none."""
    given = tuple((dates.instant(one.given_at), one.given_by, one.given_to) for one in messages)
    return Table("Given to the police", ("When", "By", "To"), given, "Nobody has recorded that it was given.")
