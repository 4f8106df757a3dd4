"""How is a return written out again, as it was delivered?"""

import csv
import tempfile
from pathlib import Path

from accounts.acting import Actor
from audit import log
from placements.models import Return
from placements.returns.collection_year import CollectionYear
from placements.returns.delivered import rows_of
from placements.returns.exceptions import ReturnRefused
from placements.returns.layout import FILES

OPERATION = "returns.export"


def current_return(by: Actor, year: CollectionYear) -> Return:
    """The authority's return of a year that holds now. Raises ReturnRefused where none was imported."""
    held = Return.objects.filter(authority_id=by.authority_id, collection_year=str(year), superseded_at=None).first()
    if held is None:
        raise ReturnRefused(
            f"No return of {year} was imported for this authority: import it with import_ssda903 first."
        )
    return held


def export_return(*, path: Path, year: CollectionYear, by: Actor) -> dict[str, int]:
    """Write the return's files into a folder that is empty or does not exist yet; all of them or none.

    Every row delivered, restricted ones too, in the delivered order and untouched: it is a return, not a table for a
    spreadsheet. Returns the number of rows by file. Raises ReturnRefused.
    """
    held = current_return(by, year)
    target = path.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ReturnRefused(f"{path} exists and is not an empty folder: give another one. Nothing was written.")
    if not target.parent.is_dir():
        raise ReturnRefused(f"{path.parent} is no folder: make it first. Nothing was written.")
    written = {}
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        whole = Path(beside) / target.name
        whole.mkdir()
        for file in FILES:
            with (whole / f"{file.name}.csv").open("w", encoding="utf-8", newline="") as content:
                writer = csv.writer(content)
                writer.writerow(file.columns)
                count = 0
                for count, row in enumerate(rows_of(file, held), start=1):  # noqa: B007
                    writer.writerow(row)
            written[file.name] = count
        log.record(
            operation=OPERATION,
            subject_kind="return",
            subject_ids=[held.id],
            fields="return as delivered, with restricted addresses",
            detail={"year": str(year), **written},
        )
        whole.rename(target)
    return written
