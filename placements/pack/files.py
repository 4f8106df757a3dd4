"""Which files is a pack made of? Pages to read and print, CSV, JSON, and a list of contents with a hash of each."""

import csv
import hashlib
import io
import json
import zipfile

from django.template.loader import render_to_string

from hotspots.spreadsheet import harmless
from placements.models import Child
from placements.pack import story
from placements.pack.contents import Contents
from placements.pack.table import Row, Table, heading, in_words, plain

MANIFEST = "manifest.json"
COPY = "copy.txt"
# No clock stands in the bytes: every file carries the first instant that a zip can name.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
NOT_READ = {"placement"}
LISTS = ("placements", "cannot_tell", "short_breaks")


def files(told: Contents) -> dict[str, bytes]:
    """Every file by its path, the manifest last; the same contents give the same bytes."""
    made = {"index.html": _index(told)}
    made |= {f"children/{one.id}.html": _child_page(one, told) for one in told.children}
    for one in (told.front, *told.tables):
        made[f"csv/{one.name}.csv"] = _csv(one)
    made["pack.json"] = _json(
        {"question": _question(told)} | {one.name: _records(one) for one in (told.front, *told.tables)}
    )
    listed = {path: {"sha256": sha256(content), "bytes": len(content)} for path, content in sorted(made.items())}
    rows = {one.name: len(one.rows) for one in told.tables}
    made[MANIFEST] = _json({"question": _question(told), "rows": rows, "files": listed})
    return made


def zipped(made: dict[str, bytes]) -> bytes:
    """The files in one zip, in the order of their paths."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, content in sorted(made.items()):
            _add(archive, path, content)
    return held.getvalue()


def copy_for(archive: bytes, whose: str) -> bytes:
    """A copy of the zip with one file more that says whose copy it is; the manifest does not list it."""
    held = io.BytesIO(archive)
    with zipfile.ZipFile(held, "a") as copy:
        _add(copy, COPY, whose.encode())
    return held.getvalue()


def sha256(content: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def as_json(one: Table) -> dict:
    """A table in JSON's types: its name, its title, and one object a row."""
    return {"name": one.name, "title": one.title, "rows": _records(one)}


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, date_time=ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    archive.writestr(entry, content)


def _question(told: Contents) -> dict[str, str]:
    asked = told.question
    return {
        "authority": asked.authority.name,
        "starts_on": plain(asked.starts_on),
        "ends_on": plain(asked.ends_on),
        "as_at": plain(asked.as_at),
    }


def _index(told: Contents) -> bytes:
    parts = [_read(one, children="children/") for one in told.tables if one.name != story.LINES]
    context = {"question": told.question, "as_at": in_words(told.question.as_at), "parts": parts}
    context |= {"front": _read(told.front), "children": told.children}
    return render_to_string("placements/pack/index.html", context).encode()


def _child_page(child: Child, told: Contents) -> bytes:
    listed = [
        {"anchor": _anchor(one, row), "began_on": in_words(row.cells[one.columns.index("began_on")])}
        for one in told.tables
        if one.name in LISTS
        for row in one.about(child.id).rows
    ]
    parts = [_read(one.about(child.id)) for one in told.stories]
    context = {"child": child, "parts": parts, "as_at": in_words(told.question.as_at), "listed": listed}
    return render_to_string("placements/pack/child.html", context).encode()


def _read(one: Table, *, children: str = "") -> dict:
    """A table as the pages show it: heads, rows of words, and where each row leads; no ids but in addresses."""
    shown = [number for number, column in enumerate(one.columns) if column not in NOT_READ]
    rows = [
        {
            "anchor": _anchor(one, row),
            "href": f"{children}{row.child_id}.html" if row.child_id else "",
            "cells": [in_words(row.cells[number]) for number in shown],
        }
        for row in one.rows
    ]
    heads = [heading(one.columns[number]) for number in shown]
    return {"name": one.name, "title": one.title, "leads": bool(children), "heads": heads, "rows": rows}


def _anchor(one: Table, row: Row) -> str:
    """The name by which a child's page leads back to a row of a list: one row a placement stands on it."""
    return f"{one.name}-{row.placement_id}" if one.name in LISTS else ""


def _records(one: Table) -> list[dict]:
    return [{name: _value(cell) for name, cell in zip(one.columns, row.cells, strict=True)} for row in one.rows]


def _value(cell):
    return cell if cell is None or isinstance(cell, bool | int | str) else plain(cell)


def _json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _csv(one: Table) -> bytes:
    """UTF-8 with its mark, every cell quoted, none that a spreadsheet would run."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(one.columns)
    for row in one.rows:
        writer.writerow([harmless(plain(cell)) for cell in row.cells])
    return held.getvalue().encode("utf-8-sig")
