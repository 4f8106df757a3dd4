"""How is it said what the host was told and asked, what it answered, and which care plan it holds?"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from db.clock import london_date
from placements import endings
from placements.models import CarePlanSupply, Placement, TelephoneTry
from placements.place.verdicts import current
from placements.telling import care_plans, completeness
from placements.telling.consultations import BOXES, Consultation
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Tag, Value
from web.presenters.notice import WAITING


def standing(placement: Placement) -> tuple[Row, ...]:
    """Told and complete, told before an ending and after it: dates that are not one another."""
    judged = current(placement)
    if judged is None or judged.host is None or not judged.area.is_out_of_area:
        return (Row("Host", "There is no other authority to tell, or it cannot be told whose area it is"),)
    notice, ending = completeness.of_notice(placement, judged), endings.told(placement)
    shown = [
        Row("Host", judged.host.name),
        Row("Told", dates.instant(notice.told_at)),
        Row("Holds everything that reg. 13(4) asks for", dates.instant(notice.complete_at)),
        *held_care_plan(placement),
    ]
    if endings.expected(placement):
        shown.append(Row("Told before it ends", dates.instant(ending.before_at)))
        shown.append(Row("Told after it ended", dates.instant(ending.after_at)))
    return tuple(shown)


def in_short(placement: Placement) -> str:
    """Since when the host was told, whether a person read it, and what it is still owed; empty before it was told."""
    judged = current(placement)
    if judged is None or judged.host is None or not judged.area.is_out_of_area:
        return ""
    told_at = completeness.of_notice(placement, judged).told_at
    if told_at is None:
        return ""
    read = completeness.read_by(placement, judged)
    answered = f"and a person read it at {_beside(read.at, told_at)}." if read else "and there is no reply yet."
    said = f"{judged.host.name} was told at {dates.clock(told_at)} on {_day(told_at)} {answered}"
    owed = completeness.not_held(placement, judged)
    if not owed:
        return f"{said} It holds everything that reg. 13(4) asks for."
    listed = "; ".join(f"{sentence[:1].lower()}{sentence[1:].rstrip('.')}" for sentence in owed)
    return f"{said} Still owed to {judged.host.name}: {listed}."


def held_care_plan(placement: Placement) -> tuple[Row, ...]:
    """Which version the host holds, and whether there is a newer one to send."""
    judged = current(placement)
    if judged is None or judged.host is None:
        return ()
    supply = care_plans.supplied(placement, judged.host.id)
    if supply is None:
        return (Row("Care plan", f"{judged.host.name} holds none"),)
    held = f"{judged.host.name} holds version {supply.version}, given {dates.instant(supply.supplied_at)}"
    newer = care_plans.newer_than_held(placement, judged.host.id)
    if newer is None:
        return (Row("Care plan", held),)
    send = Link(
        f"{judged.host.name} holds version {supply.version}. Send version {newer[1].version}?",
        reverse("supply_care_plan", args=[placement.id]),
    )
    return (Row("Care plan", Lines((held, send))),)


def newest_version(placement: Placement) -> str:
    """The version that the care plan has now; empty where none is recorded."""
    newest = care_plans.newest(placement)
    return newest.version if newest else ""


def consultations(asked: Iterable[Consultation]) -> Table:
    """Each question with its answer: one that has none has no reply yet, and is never called late."""
    rows = tuple(
        (
            Link(one.question.reference, reverse("sent_notice", args=[one.id])),
            one.question.recipient.name,
            dates.instant(one.question.composed_at),
            dates.instant(one.hoped_for_by, otherwise="not said"),
            _answer(one),
        )
        for one in asked
    )
    heads = ("Question", "To", "Asked", "Answer hoped for by", "Answer")
    return Table("Questions about the place", heads, rows, "Nobody was asked through Placewatch.")


def tries(rung: Iterable[TelephoneTry]) -> Table:
    """Who was rung, and what came of it."""
    rows = tuple((dates.instant(one.rung_at), one.rung, one.words, one.recorded_by) for one in rung)
    return Table("Calls", ("When", "Whom", "What came of it", "Recorded by"), rows, "No call is recorded.")


def supplies(given: Iterable[CarePlanSupply]) -> Table:
    """Which version of the care plan was given to whom, when and how."""
    rows = tuple(
        (dates.instant(one.supplied_at), one.supplied_to.name, one.version, one.channel, one.recorded_by)
        for one in given
    )
    heads = ("When", "To", "Version", "How", "Recorded by")
    return Table("Care plans given", heads, rows, "No care plan was given.")


def _day(at: datetime) -> str:
    return dates.day(london_date(at))


def _beside(at: datetime, earlier: datetime) -> str:
    """The time of an instant, with its day where that is another one."""
    is_same_day = london_date(at) == london_date(earlier)
    return dates.clock(at) if is_same_day else f"{dates.clock(at)} on {_day(at)}"


def _answer(one: Consultation) -> Value:
    if one.answer is None:
        return Tag(WAITING if not hasattr(one.question, "superseded_by") else "A newer question took its place")
    body = one.answer.body
    who = f"{one.answer.composed_by}, {body['post']}, {dates.instant(one.answer.composed_at)}"
    return Lines((who, *(f"{label}: {body[name]}" for name, label in BOXES.items() if body[name])))
