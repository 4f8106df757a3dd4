"""In which words is a file of areas told: what it would do, what it did, which rows are bad?"""

from collections.abc import Iterable

from django.urls import reverse

from hotspots.exceptions import FileRefused
from hotspots.models import Upload
from web.presenters.dates import instant
from web.presenters.elements import Link, Row, Table, Tag

MOST_SHOWN = 200


def listed(uploads: Iterable[Upload]) -> Table:
    return Table(
        "Files of areas",
        ("File", "Sent", "By", "State"),
        tuple(
            (
                Link(one.name or "A file", reverse("upload", args=[one.id])),
                instant(one.received_at),
                one.received_by,
                Tag(Upload.State(one.state).label),
            )
            for one in uploads
        ),
        empty="No file was sent yet.",
    )


def summary(upload: Upload) -> list[Row]:
    rows = [
        Row("File", upload.name or "A file"),
        Row("Sent", f"{instant(upload.received_at)}, by {upload.received_by}"),
        Row("State", Tag(Upload.State(upload.state).label)),
        Row("New areas", str(len(upload.would["added"]))),
        Row("Changed areas", str(len(upload.would["changed"]))),
        Row("Areas that stay as they are", str(upload.would["unchanged"])),
    ]
    if upload.done_at:
        rows.append(Row("Decided", f"{instant(upload.done_at)}, by {upload.done_by}"))
    return rows


def would(upload: Upload) -> list[Table]:
    """The areas by their references, and what was noted of rows."""
    said = upload.would
    tables = [
        Table("New areas", ("Reference",), _shown(said["added"])),
        Table(
            "Changed areas: those who are told of them are told the new version",
            ("Reference",),
            _shown(said["changed"]),
        ),
        Table("Noted", ("What",), _shown(said["notes"])),
    ]
    return [table for table in tables if table.rows]


def refused(refusal: FileRefused) -> Table | None:
    """Every bad row with its number, as far as a page holds them."""
    return Table("Bad rows", ("What is wrong",), _shown(refusal.faults)) if refusal.faults else None


def done(upload: Upload) -> str:
    if upload.state == Upload.State.DROPPED:
        return "The file is dropped. Nothing was changed."
    said = upload.would
    return (
        f"The file is brought in: {len(said['added'])} new, {len(said['changed'])} changed, "
        f"{said['unchanged']} as they were."
    )


def _shown(lines: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    all_lines = list(lines)
    more = len(all_lines) - MOST_SHOWN
    shown = [(line,) for line in all_lines[:MOST_SHOWN]]
    return tuple([*shown, (f"And {more} more.",)] if more > 0 else shown)
