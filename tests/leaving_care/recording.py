"""How does what happens in the invented lives reach the tables? By rows, by people's actions, and by yearly returns."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from accounts.acting import Actor, operator
from leaving_care.actions.advisers import appoint
from leaving_care.actions.circumstances import record_circumstance
from leaving_care.actions.homes import record_move
from leaving_care.actions.telling import record_told
from leaving_care.actions.work import answer_return, record_step
from leaving_care.models import Advising, Circumstance, Home, ReturnAnswer, Step, Telling
from placements.models import CarePeriod
from placements.returns.collection_year import CollectionYear
from placements.returns.importing import import_return
from placements.returns.layout import EPISODES, HEADER
from tests.leaving_care.lives import Life

SAID = {"in_touch": "NO", "activity": "0", "accommodation": "0"}
BY_TELEPHONE = "By telephone"
EDUCATION_DAYS = 900


def at_work(day: date) -> datetime:
    """When people write down what happened that day."""
    return datetime.combine(day, time(11), tzinfo=UTC)


def by_rows(lives: Sequence[Life], authority_id: UUID, *, after: date, until: date) -> None:
    """Write what happened after one sweep and up to the next, ends of what stood before among it."""
    rows: dict[type, list] = defaultdict(list)
    kept = {"authority_id": authority_id}
    said = kept | {"recorded_at": at_work(until), "recorded_by": "simulation"}

    def is_new(day: date) -> bool:
        return after < day <= until

    for life in lives:
        child = life.child
        rows[CarePeriod] += periods(life, kept, after=after, until=until)
        for starts_on, ends_on, area, power in life.homes:
            known_end = ends_on if ends_on and ends_on <= until else None
            if is_new(starts_on):
                row = Home(**said, child=child, starts_on=starts_on, ends_on=known_end, area_id=area, power=power)
                rows[Home].append(row)
            elif ends_on and is_new(ends_on):
                Home.objects.filter(child=child, starts_on=starts_on).update(ends_on=ends_on)
        rows[Step] += [Step(**said, child=child, kind=kind, done_on=on) for on, kind in life.steps if is_new(on)]
        rows[Telling] += [
            Telling(**said, child=child, area_id=area, told_on=on, has_left=left, words=BY_TELEPHONE)
            for on, area, left in life.told
            if is_new(on)
        ]
        rows[ReturnAnswer] += [
            ReturnAnswer(**said, **SAID, child=child, age=age, on=on) for on, age in life.answers if is_new(on)
        ]
        for number, (on, person) in enumerate(life.advisers):
            following = life.advisers[number + 1][0] if number + 1 < len(life.advisers) else None
            known_end = following if following and following <= until else None
            if is_new(on):
                rows[Advising].append(Advising(**said, child=child, person_id=person, starts_on=on, ends_on=known_end))
            elif following and is_new(following):
                Advising.objects.filter(child=child, starts_on=on).update(ends_on=following)
        if life.support and is_new(life.support):
            row = Circumstance(**said, child=child, kind="support_asked_for", starts_on=life.support)
            rows[Circumstance].append(row)
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=1_000)


def education(lives: Sequence[Life], authority_id: UUID, *, at: datetime) -> None:
    """What the pathway plans set out past 21, known from the first day on."""
    Circumstance.objects.bulk_create(
        Circumstance(
            authority_id=authority_id,
            child=life.child,
            kind="education",
            starts_on=date.fromordinal(life.education.toordinal() - EDUCATION_DAYS),
            ends_on=life.education,
            recorded_at=at,
            recorded_by="simulation",
        )
        for life in lives
        if life.education
    )


def periods(life: Life, kept: dict, *, after: date, until: date) -> Iterator[CarePeriod]:
    """The stays in care that began; those that ended are ended where they stand."""
    for starts_on, ends_on, code in life.stays:
        known_end = ends_on if ends_on and ends_on <= until else None
        if after < starts_on <= until:
            code_now = code if known_end else ""
            yield CarePeriod(**kept, child=life.child, starts_on=starts_on, ends_on=known_end, end_code=code_now)
        elif ends_on and after < ends_on <= until:
            CarePeriod.objects.filter(child=life.child, starts_on=starts_on).update(ends_on=ends_on, end_code=code)


def by_hand(life: Life, manager: Actor, *, after: date, until: date) -> int:
    """One thing a day by the actions, each asked about that evening; returns how many."""
    done = 0
    for day, record in sorted(_actions(life), key=lambda one: one[0]):
        if not after < day <= until:
            continue
        made = list(periods(life, {"authority_id": life.child.authority_id}, after=after, until=day))
        CarePeriod.objects.bulk_create(made)
        record(child_id=life.child.id, by=manager, at=at_work(day))
        life.expect(day)
        after = day
        done += 1
    CarePeriod.objects.bulk_create(
        list(periods(life, {"authority_id": life.child.authority_id}, after=after, until=until))
    )
    return done


def _actions(life: Life) -> Iterator[tuple[date, Callable]]:
    for starts_on, _, area, power in life.homes:
        yield starts_on, partial(record_move, moved_on=starts_on, area_id=area, power=power)
    for on, kind in life.steps:
        yield on, partial(record_step, kind=kind, done_on=on)
    for on, area, has_left in life.told:
        yield on, partial(record_told, area_id=area, told_on=on, has_left=has_left, words=BY_TELEPHONE)
    for on, age in life.answers:
        yield on, partial(answer_return, **SAID, age=age, on=on)
    for on, person in life.advisers:
        yield on, partial(_appoint, person_id=person, starts_on=on)
    if life.support:
        yield life.support, partial(record_circumstance, kind="support_asked_for", starts_on=life.support)


def _appoint(*, child_id: UUID, person_id: UUID, starts_on: date, by: Actor, at: datetime) -> None:
    appoint(child_ids=[child_id], person_id=person_id, starts_on=starts_on, by=by, at=at)


def returns(lives: Sequence[Life], authority_id: UUID, year: CollectionYear, *, at: datetime) -> None:
    """The return of a year imported, corrected by one with the same facts in another order, and that one again."""
    by = operator(authority_id)
    told = [life for life in lives if any(starts_on <= year.last_day for starts_on, *_ in life.stays)]
    with TemporaryDirectory() as folder:
        for delivered in (told, told[::-1], told[::-1]):
            _write(Path(folder), delivered, year)
            import_return(path=Path(folder), year=year, screening_wanted=False, by=by, at=at)
    for life in told:
        stays = [(starts_on, ends_on) for starts_on, ends_on, _ in life.stays if starts_on <= year.last_day]
        life.placed = [(start, end if end and end <= year.last_day else None) for start, end in stays]


def _write(folder: Path, lives: Sequence[Life], year: CollectionYear) -> None:
    with (
        open(folder / "Header.csv", "w", newline="", encoding="utf-8") as heads,
        open(folder / "Episodes.csv", "w", newline="", encoding="utf-8") as rows,
    ):
        header, episodes = csv.DictWriter(heads, HEADER.columns), csv.DictWriter(rows, EPISODES.columns)
        header.writeheader()
        episodes.writeheader()
        for life in lives:
            reference = life.child.reference
            header.writerow({"CHILD": reference, "SEX": "F", "DOB": _written(life.child.born_on), "ETHNIC": "WBRI"})
            for starts_on, ends_on, code in life.stays:
                if starts_on > year.last_day:
                    continue
                is_over = ends_on is not None and ends_on <= year.last_day
                episodes.writerow(
                    {
                        "CHILD": reference,
                        "DECOM": _written(starts_on),
                        "RNE": "S",
                        "LS": "C2",
                        "CIN": "N1",
                        "PLACE": "K2",
                        "PLACE_PROVIDER": "PR4",
                        "DEC": _written(ends_on) if is_over else "",
                        "REC": code if is_over else "",
                    }
                )


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
