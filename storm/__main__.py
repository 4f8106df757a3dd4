"""Is anything lost when everything fails? `bin/storm [--seed N] [--short | --calm | --points | --scenarios | --long]`."""

import argparse
import secrets
import sys
import time
from dataclasses import replace
from pathlib import Path

from storm import scene, trials
from storm.harness import Storm
from storm.invariants import Verdict
from workshop import folders
from workshop.progress import say

TIMES = 20
LONG_SEEDS = 3
SCENARIOS = "scenarios"


def main() -> int:
    """Run what is asked for; 1 where an invariant does not hold."""
    told = _arguments()
    seed = told.seed if told.seed is not None else secrets.randbelow(1_000_000)
    points = ("points", "--times", str(told.times))
    if told.points:
        return _inside(seed, *points, dump=told.dump)
    if told.scenarios:
        return _inside(seed, SCENARIOS)
    if told.long:
        storms = [_storm(one, scene.FULL) for one in range(seed, seed + LONG_SEEDS)]
        return max(_inside(seed, *points), _inside(seed, SCENARIOS), *storms)
    return _storm(seed, scene.SHORT if told.short else scene.CALM if told.calm else scene.FULL, dump=told.dump)


def _storm(seed: int, size: scene.Size, *, dump: Path | None = None) -> int:
    began = time.monotonic()
    say(f"Storm {seed}: {size.notices} notices to {scene.PARTNERS} partners")
    with Storm(_folder(), seed=seed, size=size, dump=dump) as storm:
        storm.prepare()
        say(f"Set up after {time.monotonic() - began:.0f} s; writing and killing for {size.seconds:.0f} s")
        kills = storm.rage(say)
        verdict = storm.judge(size.notices)
        median, slow = storm.first_tries
        print(f"from the commit to the first try: median {median:.2f} s, 99th of a hundred {slow:.2f} s")
    return _told(verdict, seed=seed, notices=size.notices, kills=kills, seconds=time.monotonic() - began)


def _inside(seed: int, module: str, *arguments: str, dump: Path | None = None) -> int:
    began = time.monotonic()
    with Storm(_folder(), seed=seed, size=scene.SHORT, dump=dump) as storm:
        storm.prepare()
        notices, kills, broken = storm.go_through(module, *arguments)
        if module == SCENARIOS:
            notices, more = trials.go_through(storm, notices)
            broken += more
        verdict = storm.judge(notices)
    verdict = replace(verdict, broken=(*verdict.broken, *broken))
    return _told(verdict, seed=seed, notices=notices, kills=kills, seconds=time.monotonic() - began)


def _told(verdict: Verdict, *, seed: int, notices: int, kills: int, seconds: float) -> int:
    for line in verdict.broken:
        print(f"broken: {line}")
    print(f"{verdict.raw_repeats} repeats on the wire; {seconds:.0f} seconds in all")
    print(
        f"storm seed={seed} notices={notices} kills={kills} "
        f"lost={verdict.lost} duplicates={verdict.duplicates} stuck={verdict.stuck}",
        flush=True,
    )
    return 0 if verdict.holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/storm", description=__doc__)
    parser.add_argument("--seed", type=int, help="which storm; a random one where it is left out")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--short", action="store_true", help="the small one that runs with the tests")
    which.add_argument("--calm", action="store_true", help="no kills: how soon notices go out, at 50 a second")
    which.add_argument("--points", action="store_true", help="end a process at every named point instead")
    which.add_argument(
        "--scenarios",
        action="store_true",
        help="whatever else can be wrong, there or here",
    )
    which.add_argument("--long", action="store_true", help="all of these, with three whole storms")
    parser.add_argument("--times", type=int, default=TIMES, help="how often at each point")
    parser.add_argument(
        "--dump", type=Path, help="of a database that was migrated already, which spares the storm that"
    )
    return parser.parse_args()


def _folder() -> Path:
    return folders.service_state().path / "storm"


if __name__ == "__main__":
    sys.exit(main())
