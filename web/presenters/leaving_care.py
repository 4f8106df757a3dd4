"""How is a young person's leaving care said: the status, what it asks for, what changed at 18, what is recorded?"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from geo.models import Authority
from leaving_care import oc3
from leaving_care.facts import Known
from leaving_care.models import Circumstance, Handover, ReturnAnswer, Step
from leaving_care.rules.changes_at_18 import Change, changes_at_18
from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.recorded import Home as HomeFact
from leaving_care.rules.recorded import Power
from leaving_care.rules.records import records_kept
from leaving_care.rules.status import Status
from placements.rules.finding import Finding as RuleFinding
from web.presenters import dates
from web.presenters.elements import Lines, Link, Section, Table, Tag, Value
from web.presenters.rules import citation, finding, working

STATUS = {
    Status.ELIGIBLE: "Eligible child",
    Status.RELEVANT: "Relevant child",
    Status.FORMER_RELEVANT: "Former relevant child",
    Status.QUALIFYING: "Qualifies for advice and assistance",
    Status.NOT_YET: "Not yet eligible",
    Status.NONE: "No leaving-care status",
    Status.ANOTHER_AUTHORITY: "Another authority is responsible",
    Status.CANNOT_TELL: "Cannot be told: a person decides",
}
BASES = {"law": "Law", "statutory_guidance": "Statutory guidance", "local_rule": "Our own rule", "practice": "Practice"}
MILESTONE_HEADS = ("What", "Kind", "Where it is written", "Due")
POWER = {
    Power.LOOKED_AFTER: "Placement",
    Power.S23B: "Provided by us under section 23B",
    Power.S24B: "Provided by us with section 24B help",
    Power.S23C: "Provided by us under section 23C",
    Power.THEIR_OWN: "Their own",
    Power.NOT_KNOWN: "Not known who provides it",
}

VISITED = (
    "A visit within 7 days, another before the review of the plan after 28 days, then at most every two months "
    "(SI 2010/2571 regs. 7(3), 8(2))."
)
NOT_VISITED = "No visit and no review is owed for this home: we do not provide it under section 23B or section 24B."


def entitlement(answer: Entitlement) -> Section:
    """The status of the day, why, the sum, and what nobody has recorded."""
    heading = f"{STATUS[answer.status]}, as at {dates.day(answer.on)}"
    return Section(heading, tuple(finding(one) for one in (*answer.findings, *answer.questions)))


def milestones(found: Iterable[Milestone], on: date) -> Table:
    """What is asked for and not done, in the order of its days; each with its kind, where it is written and the days."""
    standing = [one for one in found if one.met_on is None]
    return Table("What leaving care asks for", MILESTONE_HEADS, _milestone_rows(standing, on), "Nothing stands.")


def milestones_done(found: Iterable[Milestone], on: date) -> Table:
    """What was asked for and is done, in the same way."""
    done = [one for one in found if one.met_on is not None]
    return Table("Done", MILESTONE_HEADS, _milestone_rows(done, on), "Nothing is done yet.")


def at_18(answer: Entitlement, *, authority: str) -> list[Table]:
    """What ended on the 18th birthday, what goes on, what began, each with its why; nothing before that day."""
    found = changes_at_18(answer=answer, authority=authority)
    headings = {Change.ENDED: "Ended", Change.GOES_ON: "Goes on", Change.BEGAN: "Began"}
    return [
        Table(
            f"{heading} at 18",
            ("What", "Why"),
            tuple((one.what, one.why) for one in found if one.change is change),
        )
        for change, heading in headings.items()
        if any(one.change is change for one in found)
    ]


def homes(known: Known, areas: Mapping[str, str]) -> Table:
    """Where the young person has lived, the latest first."""
    rows = tuple(
        (dates.stretch(home.from_on, home.until_on), areas.get(home.area, "Not known"), _provided(home))
        for home in reversed(known.recorded.homes)
    )
    return Table("Where they live", ("When", "In whose area", "Who provides it"), rows, "No home is recorded.")


def whereabouts(found: Iterable[RuleFinding]) -> Section:
    """What goes on where they live now, and what is not covered there; nothing where nothing differs."""
    return Section("Where they live: what goes on, and what is not covered", tuple(finding(one) for one in found))


def records(known: Known) -> Section:
    """Until when the case record is kept."""
    return Section("The record", (finding(records_kept(known.circumstances)),))


def return_answers(found: Iterable[ReturnAnswer]) -> Table:
    """What was recorded for the return, birthday by birthday."""
    rows = tuple(
        (
            str(one.age),
            oc3.IN_TOUCH[one.in_touch],
            oc3.ACTIVITY[one.activity],
            oc3.ACCOMMODATION[one.accommodation],
            dates.day(one.on),
        )
        for one in found
    )
    heads = ("Birthday", "In touch", "Activity", "Home", "Day of the contact")
    return Table("Recorded for the return (OC3)", heads, rows, "Nothing is recorded for the return yet.")


def steps(found: Iterable[Step], *, may_take_back: bool) -> Table:
    """What was done, the latest first."""
    rows = tuple(
        (
            dates.day(one.done_on),
            one.get_kind_display(),
            one.words,
            f"{one.recorded_by}, {dates.instant(one.recorded_at)}",
            Link("Take back", reverse("take_back_step", args=[one.id]), hidden=one.get_kind_display())
            if may_take_back
            else "",
        )
        for one in found
    )
    return Table("What was done", ("Day", "What", "Words", "Recorded", "Change"), rows, "Nothing is recorded yet.")


def facts(found: Iterable[Circumstance], *, may_change: bool) -> Table:
    """The facts beyond the periods of care."""
    rows = tuple(
        (one.get_kind_display(), dates.stretch(one.starts_on, one.ends_on), one.words, _fact_links(one, may_change))
        for one in found
    )
    return Table("Facts that the status turns on", ("What", "When", "How known", "Change"), rows, "None is recorded.")


def handovers(found: Iterable[Handover]) -> Table:
    """The handovers of a young person: drafts and sent ones, the latest first."""
    rows = tuple(
        (
            Link(one.host.name, reverse("handover", args=[one.id])),
            _handover_state(one),
            dates.instant(one.sent_at or one.begun_at),
        )
        for one in found
    )
    return Table("Handovers", ("To", "State", "When"), rows, "None has been begun.")


def area_names(known: Iterable[Known]) -> dict[str, str]:
    """The names of the authorities in whose areas these young people have lived."""
    ids = {home.area for one in known for home in one.recorded.homes if home.area}
    return {str(one.id): one.name for one in Authority.objects.filter(id__in=ids)}


def _provided(home: HomeFact) -> Value:
    """Who provides it, and what the law asks for because of that, or does not."""
    if home.power in (Power.LOOKED_AFTER, Power.NOT_KNOWN):
        return POWER[home.power]
    return Lines((POWER[home.power], VISITED if home.power.asks_for_visits else NOT_VISITED))


def _milestone_rows(found: Iterable[Milestone], on: date) -> tuple[tuple[Value, ...], ...]:
    ordered = sorted(found, key=lambda one: (one.due.due_on or date.max, one.key))
    return tuple(
        (one.title, Tag(BASES[one.due.basis.value]), citation(one.due.citation), _due(one, on)) for one in ordered
    )


def _due(one: Milestone, on: date) -> Value:
    said: list[Value] = [dates.day(one.due.due_on, otherwise="No day in law")]
    if one.met_on:
        said.append(Tag(f"Done on {dates.short_day(one.met_on)}"))
    elif one.due.late_from and one.due.late_from <= on:
        said.append(Tag("Late"))
    said.append(working((one.due.sentence, *(step.text for step in one.due.working))))
    return Lines(tuple(said))


def _fact_links(one: Circumstance, may_change: bool) -> Value:
    if not may_change:
        return ""
    links = [Link("Take back", reverse("take_back_fact", args=[one.id]), hidden=one.get_kind_display())]
    if one.ends_on is None:
        links.insert(0, Link("Record its end", reverse("end_fact", args=[one.id]), hidden=one.get_kind_display()))
    return Lines(tuple(links))


def _handover_state(one: Handover) -> Tag:
    if one.sent_at:
        return Tag("Sent")
    return Tag("Given up") if one.dropped_at else Tag("Draft")
