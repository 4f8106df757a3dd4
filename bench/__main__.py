"""Run the benchmarks named, or all, on a database of their own; print a table and write it to a file."""

import argparse
import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import django

BENCHMARKS = (
    "postcodes",
    "returns",
    "verdicts",
    "duties",
    "rechecks",
    "post",
    "overlay",
    "tiles",
    "inference",
    "imports",
    "leaving_care",
)
# Proofs that take long and give no figure: only when they are named.
PROOFS = ("ten_years",)
# A tenth of the areas that England may come to share, all of them, and ten times as many.
AREAS = (5_000, 50_000, 500_000)
# A tenth of the register of England, the whole of it, and ten times as much, beside as many areas.
RECHECKS = ((8_400, 5_000), (84_000, 50_000), (840_000, 500_000))
# Ten times as many lie ten times as close: the registers of so many authorities are enough to measure that.
REGISTERS_AT_TEN_TIMES = 15


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"any of {', '.join((*BENCHMARKS, *PROOFS))}; without a name all but the last",
    )
    parser.add_argument("--children", type=int, default=100_000, help="children in the return (default 100,000)")
    parser.add_argument("--placements", type=int, default=100_000, help="placements of the sweep (default 100,000)")
    parser.add_argument("--areas", type=int, default=10_000, help="areas in the imported file (default 10,000)")
    parser.add_argument("--notices", type=int, default=2_000, help="notices to be delivered (default 2,000)")
    parser.add_argument(
        "--registers",
        type=int,
        default=REGISTERS_AT_TEN_TIMES,
        help="how many registers are filled for re-checks at ten times (default 15; all: 153, for hours)",
    )
    parser.add_argument("--young-people", type=int, default=5_000, help="lives of ten_years (default 5,000)")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - {*BENCHMARKS, *PROOFS})
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}: choose from {', '.join(BENCHMARKS)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    lines = _measure(options.names or BENCHMARKS, options)
    _print(lines)
    print(f"Written to {_write(lines)}")


def _measure(names, options: argparse.Namespace) -> list:
    from bench import (
        duties,
        imports,
        inference,
        leaving_care,
        overlay,
        post,
        postcodes,
        rechecks,
        returns,
        ten_years,
        tiles,
        verdicts,
    )
    from tests import databases

    with databases.cloned(databases.ensure_template(), "bench") as database:
        lines = []
        if "postcodes" in names or "verdicts" in names:
            lines += postcodes.lines()
        if "returns" in names:
            lines += returns.lines(options.children)
        if "verdicts" in names:
            lines += verdicts.lines(database)
        if "duties" in names:
            lines += duties.lines(options.placements)
    if "rechecks" in names:
        for places, areas in RECHECKS:
            registers = options.registers if (places, areas) == RECHECKS[-1] else None
            with databases.cloned(databases.ensure_template(), "bench"):
                lines += rechecks.lines(places, areas, registers=registers)
    for file_format in imports.FORMATS if "imports" in names else ():
        for areas, files in ((options.areas // 10, 1), (options.areas, 1), (options.areas, 10)):
            with databases.cloned(databases.ensure_template(), "bench"):
                lines += imports.lines(file_format, areas, files)
    if "post" in names:
        with databases.cloned(databases.ensure_template(), "bench"):
            lines += post.lines(options.notices)
    for name, benchmark in (("overlay", overlay), ("tiles", tiles)):
        for areas in AREAS if name in names else ():
            with databases.cloned(databases.ensure_template(), "bench"):
                lines += benchmark.lines(areas)
    if "leaving_care" in names:
        with databases.cloned(databases.ensure_template(), "bench"):
            lines += leaving_care.lines(options.children)
    if "ten_years" in names:
        with databases.cloned(databases.ensure_template(), "bench"):
            print(ten_years.lived_through(options.young_people))
    if "inference" in names:
        with databases.cloned(databases.ensure_template(), "bench"):
            lines += inference.lines()
    return lines


def _print(lines) -> None:
    print("| path | amount | ours | raw limit | ratio | peak memory, ours |")
    print("| --- | --- | --- | --- | --- | --- |")
    for line in lines:
        print(
            f"| {line.path} | {line.amount} | {_time(line.ours.seconds)} | {_time(line.raw.seconds)} "
            f"| {line.ratio:.2f} | {line.ours.peak_mib:.0f} MiB |"
        )


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def _write(lines) -> Path:
    path = Path(os.environ["PLACEWATCH_STATE"]) / f"bench-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps([asdict(line) | {"ratio": line.ratio} for line in lines], indent=2), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
