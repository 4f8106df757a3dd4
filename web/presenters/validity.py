"""How is it said how well the matching works? With its version, its blind spots, and figures with their intervals."""

from collections.abc import Sequence
from itertools import groupby

from hotspots.measuring import AREAS, NEAR_METRES, STREETS
from hotspots.method import Method
from hotspots.models import Measurement
from hotspots.proportions import Proportion
from hotspots.sharing.coverage import Counted
from placements.overlay.validity import Differing, Figures, Incidents, InShadow
from web.presenters import dates
from web.presenters.elements import Row, Table

FEWER = "fewer than five"
NOT_MEASURED = (
    "Nobody has measured the matching here yet: whoever runs the service does, by bin/manage measure_matching."
)


def about(method: Method) -> list[Row]:
    """Which matching this is."""
    return [
        Row("Version", method.version),
        Row("In use since", dates.day(method.since)),
        Row("What changed", method.changed),
    ]


def when_measured(rows: Sequence[Measurement], method: Method) -> str:
    """When the newest run was made, and of which version; that it is of an older one where it is."""
    if not rows:
        return NOT_MEASURED
    words = f"Measured on {dates.instant(rows[0].measured_at)} with version {rows[0].method}"
    return f"{words}." if rows[0].method == method.version else f"{words}, which is no longer in use."


def measured(rows: Sequence[Measurement]) -> list[Table]:
    """The error rates of the newest run, a table for each kind of ground."""
    heads = ("What", "Times, and their share with its 95% interval")
    return [
        Table(
            rows_of[0].get_ground_display(),
            heads,
            tuple((one.get_what_display(), _in_one(Proportion(one.times, one.out_of))) for one in rows_of),
            NOT_MEASURED,
        )
        for _, found in groupby(rows, key=lambda one: one.ground)
        if (rows_of := list(found))
    ]


def how_measured() -> str:
    """On what they are measured, and what the figures can and cannot show."""
    return (
        "Measured by whoever runs the service, after each change of the matching, on invented streets and areas: each "
        "address and the truth about it are known, and the matching is told only the one point of its postcode, one "
        "address of each. It shows what the postcode does to the answer; not how "
        f"complete or how right the areas are. Near means within {NEAR_METRES:,} metres."
    )


def generated(rows: Sequence[Measurement]) -> list[Row]:
    """The ground that was generated, in words; and the number that makes the same again."""
    lines = []
    for ground, (house, street, side) in STREETS.items():
        lines.append(
            Row(
                ground.label.split(":")[0],
                f"A square of {side / 1000:g} kilometres a side, a house about every {house:,} metres, a street every "
                f"{street:,} metres each way, and {AREAS[ground]:,} round areas of 50 to 300 metres radius",
            )
        )
    if rows and rows[0].seed is not None:
        lines.append(Row("The same figures again", f"bin/manage measure_matching --seed {rows[0].seed}"))
    return lines


def coverage(counted: Counted) -> list[Row]:
    """How many authorities of England and Wales share, and how old that is."""
    return [
        Row("Share, within their review date", str(counted.within_review)),
        Row("Share, and are past their review date", str(counted.past_review)),
        Row("Say that they share nothing yet", str(counted.share_nothing)),
        Row("Have said nothing", f"{counted.said_nothing} of the {counted.of} in England and Wales"),
    ]


def of_ours(figures: Figures) -> Table:
    """Our own authority's counts. None of them is about one child, and none from one to four is told."""
    return Table(
        "In our own authority",
        ("What", "Times, and where it is a part, the share with its 95% interval"),
        (*_differing(figures.differing), _incidents(figures.incidents), *_shadow(figures.in_shadow)),
    )


def _differing(found: Differing) -> tuple[tuple[str, str], ...]:
    period = dates.stretch(found.starts_on, found.ends_on)
    return (
        (
            f"Something was shared near, and the judgement was not worried, {period}",
            _count(found.shared_and_not_worried),
        ),
        (
            f"Nothing was near, and the judgement was worried, {period}",
            _count(found.nothing_near_and_worried),
        ),
    )


def _incidents(found: Incidents) -> tuple[str, str]:
    what = "A child went missing, the place was recorded, and something near it had been shared with us before"
    if found.shared_before is None:
        return what, f"too few to be told, of {_count(found.recorded)} incidents"
    return what, _in_one(found.shared_before)


def _shadow(found: InShadow | None) -> tuple[tuple[str, str], ...]:
    if found is None:
        return ()
    what = "In shadow mode: placements for which something lay near"
    if found.near is None:
        return ((what, f"too few to be told, of {_count(found.screenings)} placements"),)
    return ((what, _in_one(found.near)),)


def shadow(found: InShadow) -> list[Row]:
    """Which shadow mode is on: who answers for it, since when, why."""
    return [
        Row("Since", dates.instant(found.mode.started_at)),
        Row("Who answers for it", found.mode.owner),
        Row("Why", found.mode.reason),
    ]


def _in_one(one: Proportion) -> str:
    times, share = _proportion(one)
    return f"{times}: {share}" if share else times


def _proportion(one: Proportion) -> tuple[str, str]:
    if not one.out_of:
        return "no such case", ""
    lower, upper = one.interval()
    return f"{one.times:,} of {one.out_of:,}", f"{one.times / one.out_of:.1%} ({lower:.1%} to {upper:.1%})"


def _count(number: int | None) -> str:
    return FEWER if number is None else f"{number:,}"
