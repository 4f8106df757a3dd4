"""How does the reader process go about a file? Limits first, then its format by its first bytes, then the guards, then rows.

Writes one line of JSON for the file, one for each row and one for the end; or, instead of whatever is missing, one line
with the refusal. A format is what the bytes are, whatever the file is called.
"""

import codecs
import json
import math
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from geo.reading import guards
from geo.reading.features import ACCEPTED, Collection, Feature, Reason, Unreadable

MARK = b"\xef\xbb\xbf"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
SQLITE = b"SQLite format 3\x00"

# Python opens a file for an encoding when it first meets it: these are met beforehand.
for _encoding in ("utf-8", "utf-8-sig", "ascii", "latin-1", "cp437", "cp1252", "utf-16", "utf-16-le", "utf-16-be"):
    codecs.lookup(_encoding)

Reading = Callable[[bytes, int | None], Collection]


def main(written: str) -> None:
    """Read standard input, write rows. `written` holds the limits and the coordinate system stated, as JSON."""
    asked = json.loads(written)
    guards.limit(**asked["limits"])
    try:
        _answer(sys.stdin.buffer.read(), asked["srid"], asked["unpacked_bytes"])
    except Unreadable as refused:
        _write({"refused": refused.reason, "sentence": str(refused)})
    except MemoryError:
        _write({"refused": Reason.TOO_LARGE, "sentence": "Reading this file takes more memory than it may. Divide it."})
    except RecursionError:
        _write({"refused": Reason.TOO_LARGE, "sentence": f"This is nested too deeply. {ACCEPTED}"})
    sys.stdout.flush()


def _answer(content: bytes, stated: int | None, unpacked_bytes: int) -> None:
    # What a format needs is imported before the guards close: afterwards no file can be opened.
    read = _reading(content, unpacked_bytes)
    standing = guards.close()
    if not guards.stand(standing):
        raise Unreadable(
            Reason.STOPPED, "This machine permits neither a network namespace nor a filter of calls: no file is read."
        )
    found = read(content, stated)
    _write({"srid": found.srid, "layer": found.layer[:200], "guards": standing})
    number = 0
    for row in found.rows:
        number = row.number
        _write(_line(row))
    _write({"rows": number})


def _reading(content: bytes, unpacked_bytes: int) -> Reading:
    """Who reads these bytes: looks at the first of them, and at nothing else."""
    if content.startswith(ZIP):
        return partial(import_module("geo.reading.packed").read, most_bytes=unpacked_bytes)
    if content.startswith(SQLITE):
        return import_module("geo.reading.geopackage").read
    begins = content[:10_000].removeprefix(MARK).lstrip()[:1]
    if begins == b"{":
        return import_module("geo.reading.feature_collection").read
    if begins == b"<":
        return import_module("geo.reading.kml").read
    return _of_no_format


def _of_no_format(content: bytes, stated: int | None) -> Collection:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            Reason.FORMAT, f"This is not text in UTF-8, nor a file of a format that is taken. {ACCEPTED}"
        ) from None
    what = "CSV" if b"," in content.partition(b"\n")[0] else "not a file of a format that is taken"
    raise Unreadable(Reason.FORMAT, f"This is {what}. {ACCEPTED}")


def _line(feature: Feature) -> dict[str, Any]:
    if feature.fault:
        return {"number": feature.number, "fault": feature.fault}
    return {
        "number": feature.number,
        "identifier": feature.identifier,
        "properties": feature.properties,
        "geometry": feature.geometry,
    }


def _write(line: dict[str, Any]) -> None:
    try:
        written = json.dumps(line, allow_nan=False)
    except ValueError:
        # Not-a-number and infinity are no numbers of JSON. In a shape they go as null, which the gate refuses.
        try:
            json.dumps(line["properties"], allow_nan=False)
            written = json.dumps(line | {"geometry": _finite(line["geometry"])}, allow_nan=False)
        except ValueError:
            written = json.dumps(
                {"number": line["number"], "fault": "In its properties, it holds a number that is too large."}
            )
    sys.stdout.write(written + "\n")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value
