"""How is a file from outside read? By a process that may do nothing else, within limits; what it says is checked again.

The process gets the file as its standard input, an empty environment and one argument, and answers with lines of JSON
(geo/reading/process.py). It is believed in nothing: a line that is no row, a stream that is too long or not whole, a
process that ended itself or was ended is a refusal. What a row holds is judged by whoever asked, by the gate for shapes
(geo/geometry.py) first.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from geo.reading.features import Feature, Reason, Unreadable

MEBIBYTE = 2**20
READER = Path(__file__).parent


@dataclass(frozen=True)
class Limits:
    """What the reader may take for one file: seconds of processor and of waiting, bytes in, unpacked, of memory and out."""

    cpu_seconds: int
    wall_seconds: int
    input_bytes: int
    unpacked_bytes: int
    memory_bytes: int
    output_bytes: int


AREAS = Limits(
    cpu_seconds=60,
    wall_seconds=120,
    input_bytes=64 * MEBIBYTE,
    unpacked_bytes=128 * MEBIBYTE,
    memory_bytes=1024 * MEBIBYTE,
    output_bytes=256 * MEBIBYTE,
)
BOUNDARIES = Limits(
    cpu_seconds=600,
    wall_seconds=900,
    input_bytes=512 * MEBIBYTE,
    unpacked_bytes=1024 * MEBIBYTE,
    memory_bytes=6144 * MEBIBYTE,
    output_bytes=2048 * MEBIBYTE,
)


@dataclass(frozen=True)
class Answer:
    """What the reader found: the coordinate system, what the file calls its rows, the guards that stood, and the rows.

    The rows are read as they are asked for; the last of them is followed by Unreadable where the stream is not whole.
    `count` is how many there seem to be: enough to say how far one is.
    """

    srid: int
    layer: str
    guards: tuple[str, ...]
    count: int
    rows: Iterator[Feature]


@contextmanager
def read_file(file: IO[bytes], *, srid: int | None = None, limits: Limits = AREAS) -> Iterator[Answer]:
    """The rows of an open file, which has a descriptor; `srid` is the coordinate system that its sender stated.

    Raises Unreadable, with a sentence for people and a code, for a file that is refused whole.
    """
    if file.seek(0, 2) > limits.input_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"The file is larger than {limits.input_bytes // MEBIBYTE} MiB. Divide it.")
    file.seek(0)
    with tempfile.TemporaryFile() as answers:
        _run(file, answers, srid, limits)
        count = _count(answers)
        answers.seek(0)
        head = _line(answers)
        if not isinstance(head.get("srid"), int):
            raise _incomprehensible()
        yield Answer(
            srid=head["srid"],
            layer=str(head.get("layer", "")),
            guards=tuple(map(str, head.get("guards", ()))),
            count=count,
            rows=_rows(answers),
        )


@contextmanager
def read_bytes(content: bytes, *, srid: int | None = None, limits: Limits = AREAS) -> Iterator[Answer]:
    """As `read_file`, for a file that is in memory."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        with read_file(file, srid=srid, limits=limits) as answer:
            yield answer


def _run(file: IO[bytes], answers: IO[bytes], srid: int | None, limits: Limits) -> None:
    asked = {
        "srid": srid,
        "unpacked_bytes": limits.unpacked_bytes,
        "limits": {
            "cpu_seconds": limits.cpu_seconds,
            "memory_bytes": limits.memory_bytes,
            "output_bytes": limits.output_bytes,
        },
    }
    try:
        status = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-B", str(READER), json.dumps(asked)],
            stdin=file,
            stdout=answers,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
            close_fds=True,
            start_new_session=True,
            timeout=limits.wall_seconds,
        ).returncode
    except subprocess.TimeoutExpired:
        raise Unreadable(Reason.STOPPED, "Reading this file took too long. Divide it, or simplify its areas.") from None
    if status != 0:
        raise Unreadable(
            Reason.STOPPED,
            "Reading this file was stopped: it took more time, memory or room than a file may, or it is damaged.",
        )


def _count(answers: IO[bytes]) -> int:
    """The lines between the first and the last."""
    answers.seek(0)
    return max(0, sum(part.count(b"\n") for part in iter(partial(answers.read, MEBIBYTE), b"")) - 2)


def _rows(answers: IO[bytes]) -> Iterator[Feature]:
    number = 0
    while "rows" not in (line := _line(answers)):
        number += 1
        if line.get("number") != number:
            raise _incomprehensible()
        yield Feature(
            number=number,
            identifier=line.get("identifier"),
            properties=line.get("properties"),
            geometry=line.get("geometry"),
            fault=str(line.get("fault", "")),
        )
    if line["rows"] != number or answers.readline():
        raise _incomprehensible()


def _line(answers: IO[bytes]) -> dict[str, Any]:
    try:
        line = json.loads(answers.readline())
    except (ValueError, RecursionError):
        raise _incomprehensible() from None
    if not isinstance(line, dict):
        raise _incomprehensible()
    if "refused" in line:
        raise Unreadable(Reason(line["refused"]), str(line.get("sentence", ""))[:2_000])
    return line


def _incomprehensible() -> Unreadable:
    return Unreadable(Reason.STOPPED, "Reading this file broke off: it is damaged, or larger than a file may be.")
