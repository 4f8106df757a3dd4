"""How does a return come in? All of it or nothing, once, in one transaction; every bad row is named."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from placements.models import GoLive, Return
from placements.returns import (
    account,
    children,
    delivered,
    disputes,
    findings,
    folder,
    register,
    staging,
    stays,
    superseded,
)
from placements.returns.collection_year import CollectionYear
from placements.returns.exceptions import ReturnRefused
from placements.returns.layout import codes_of
from placements.returns.reading import Reader
from placements.returns.remarks import Remark

OPERATION = "returns.import"


@dataclass(frozen=True)
class Imported:
    """What an import did. `findings` are oddities of rows that were kept; `notes` stand in no line of a file."""

    return_id: str
    is_unchanged: bool
    counts: dict[str, int]
    others: list[str]
    findings: list[Remark] = field(default_factory=list)
    overlaps: list[Remark] = field(default_factory=list)
    unknown_postcodes: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_return(
    *, path: Path, year: CollectionYear, screening_wanted: bool = True, by: Actor, at: datetime
) -> Imported:
    """Take in the return in a folder, within `acting_for`: rows kept as delivered, placements derived.

    The same files again change nothing; other files for the same year supersede that return. The first import sets
    the authority's go-live day, if nobody has. Raises ReturnRefused with every bad row; then nothing is changed.
    """
    _prepare_transaction(by)
    found = folder.look_into(path)
    sha256 = found.sha256()
    standing = Return.objects.filter(
        authority_id=by.authority_id, collection_year=str(year), superseded_at=None
    ).first()
    if standing is not None and standing.sha256 == sha256:
        return Imported(str(standing.id), True, standing.rows, found.others)
    reader = Reader(codes_of(year))
    staging.stage(found, reader)
    if reader.bad_rows:
        raise ReturnRefused(_refusal(path, reader.bad_rows), reader.bad_rows)
    _begin_go_live(by, at)
    if standing is not None:
        Return.objects.filter(id=standing.id).update(superseded_at=at)
    taken = Return.objects.create(
        authority_id=by.authority_id,
        collection_year=str(year),
        sha256=sha256,
        rows={},
        imported_at=at,
        imported_by=by.name,
    )
    is_latest = not Return.objects.filter(
        authority_id=by.authority_id, superseded_at=None, collection_year__gt=str(year)
    ).exists()
    children.keep_children(by.authority_id, is_latest=is_latest, by=by.name, at=at)
    others_stand = account.gather(by.authority_id, year)
    stays.derive()
    register.keep_placements(
        by.authority_id, told_until=year.last_day, screening_wanted=screening_wanted, by=by.name, at=at
    )
    delivered.keep_rows(taken, others_stand=others_stand)
    children.keep_spans(by.authority_id, year=str(year), told_until=year.last_day)
    disputes.raise_and_close(by.authority_id, taken.id, by=by.name, at=at)
    superseded.close_what_was_owed(by.authority_id, by=by.name, at=at)
    imported = Imported(
        return_id=str(taken.id),
        is_unchanged=False,
        counts=_counts(),
        others=found.others,
        findings=findings.odd_episodes(str(year), year.last_day),
        overlaps=findings.overlaps(str(year)),
        unknown_postcodes=findings.unknown_postcodes(),
        notes=[f"{name} is not in the folder: none delivered." for name in found.absent]
        + list(findings.left_open(by.authority_id, str(year))),
    )
    taken.rows = imported.counts
    taken.save(update_fields=["rows"])
    log.record(
        operation=OPERATION,
        subject_kind="return",
        subject_ids=[taken.id],
        detail={"year": str(year), "sha256": sha256, "supersedes": str(standing.id) if standing else "", **taken.rows},
    )
    _run("set local enable_nestloop = on")
    return imported


def _prepare_transaction(by: Actor) -> None:
    """One import at a time for an authority, with the time and memory that a whole return needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtext('import of a return'), hashtext(%s))", [str(by.authority_id)]
        )
        if not cursor.fetchone()[0]:
            raise ReturnRefused("Another import for this authority is running: wait until it has ended.")
        cursor.execute("set local statement_timeout = '30min'; set local work_mem = '128MB'")
        # PostgreSQL has no statistics of rows added in this transaction and takes them for few: joined row by row, an
        # import of 100,000 children never ends.
        cursor.execute("set local enable_nestloop = off")
        # Every cursor is read to its end, so the plan that is quickest to its first row is the wrong one.
        cursor.execute("set local idle_in_transaction_session_timeout = '10min'; set local cursor_tuple_fraction = 1")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _begin_go_live(by: Actor, at: datetime) -> None:
    GoLive.objects.get_or_create(
        authority_id=by.authority_id, defaults={"on": london_date(at), "set_at": at, "set_by": by.name}
    )


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select (select count(*) from staged_header), (select count(*) from staged_episodes),
                (select count(*) from staged_missing), (select count(*) from staged_uasc),
                (select count(*) from derived), (select count(*) from derived where is_disputed),
                (select count(*) from derived where is_restricted),
                (select count(*) from derived where is_new)
            """
        )
        names = (
            "children",
            "episodes",
            "missing",
            "unaccompanied",
            "placements",
            "disputed",
            "restricted",
            "new_placements",
        )
        return dict(zip(names, cursor.fetchone(), strict=True))


def _refusal(path: Path, bad_rows: list[Remark]) -> str:
    by_file = Counter(f"{row.file}.csv" for row in bad_rows)
    where = ", ".join(f"{count} in {name}" for name, count in by_file.items())
    return (
        f"The return in {path} was not imported and nothing was changed. Put these right and import it again: {where}."
    )
