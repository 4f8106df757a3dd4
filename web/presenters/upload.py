"""In which words is a file of areas told: what it would do, what it did, which rows are bad?"""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from hotspots.exceptions import FileRefused
from hotspots.models import Upload
from placements.overlay.effect import Effect
from web.presenters.dates import instant
from web.presenters.elements import Link, Row, Table, Tag

MOST_SHOWN = 200
TITLES = {
    Upload.State.READING: "The file is being read",
    Upload.State.WAITING: "What the file would do",
    Upload.State.LOOKING: "The file is being looked at",
    Upload.State.BRINGING_IN: "The file is being brought in",
    Upload.State.BROUGHT_IN: "What the file did",
    Upload.State.REFUSED: "The file was refused",
    Upload.State.DROPPED: "The file was dropped",
}
LAST_STEP = {
    Upload.State.READING: "What they would change is being worked out.",
    Upload.State.LOOKING: "What they would bring about is being worked out.",
    Upload.State.BRINGING_IN: "They are being written.",
}


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


def title(upload: Upload, effect: Effect | None) -> str:
    """What the page of a file is about."""
    return "What the file would bring about" if effect else TITLES[Upload.State(upload.state)]


def summary(upload: Upload) -> list[Row]:
    rows = [
        Row("File", upload.name or "A file"),
        Row("Sent", f"{instant(upload.received_at)}, by {upload.received_by}"),
        Row("State", Tag(Upload.State(upload.state).label)),
    ]
    if upload.would:
        rows += [
            Row("New areas", str(len(upload.would["added"]))),
            Row("Changed areas", str(len(upload.would["changed"]))),
            Row("Areas that stay as they are", str(upload.would["unchanged"])),
        ]
    if upload.done_at:
        rows.append(Row("Decided", f"{instant(upload.done_at)}, by {upload.done_by}"))
    return rows


def would(upload: Upload) -> list[Table]:
    """The areas by their references, and what was noted of rows."""
    said = upload.would or {"added": (), "changed": (), "notes": ()}
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
    return bad_rows(refusal.faults)


def bad_rows(faults: Sequence[str]) -> Table | None:
    """The same of a file that was refused by a worker."""
    return Table("Bad rows", ("What is wrong",), _shown(faults)) if faults else None


def how_far(upload: Upload) -> str:
    """How far the work on a large file is."""
    if upload.rows is None or upload.rows_read is None:
        return "The file waits for its turn." if upload.lease is None else "The file is being opened."
    if upload.rows_read < upload.rows:
        return f"{upload.rows_read} of {upload.rows} rows have been looked at."
    return f"All {upload.rows} rows have been looked at. {LAST_STEP[Upload.State(upload.state)]}"


def done(upload: Upload) -> str:
    if upload.state == Upload.State.DROPPED:
        return "The file is dropped. Nothing was changed."
    if upload.state == Upload.State.BRINGING_IN:
        return "The file is being brought in. You need not wait for it."
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
