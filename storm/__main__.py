"""Is anything lost when everything fails? `bin/storm [--seed N] [--short | --points | --long]`."""

import argparse
import secrets
import sys
import time
from pathlib import Path

from storm import scene
from storm.harness import Storm
from workshop import folders
from workshop.progress import say


def main() -> int:
    """Run a storm; 1 where an invariant does not hold."""
    told = _arguments()
    seed = told.seed if told.seed is not None else secrets.randbelow(1_000_000)
    size = scene.SHORT if told.short else scene.FULL
    began = time.monotonic()
    say(f"Storm {seed}: {size.notices} notices to {scene.PARTNERS} partners")
    with Storm(_folder(), seed=seed, size=size) as storm:
        storm.prepare()
        say(f"Set up after {time.monotonic() - began:.0f} s; writing and killing for {size.seconds:.0f} s")
        kills = storm.rage(say)
        verdict = storm.judge()
    for line in verdict.broken:
        print(f"broken: {line}")
    print(f"{verdict.raw_repeats} repeats on the wire; {time.monotonic() - began:.0f} seconds in all")
    print(
        f"storm seed={seed} notices={size.notices} kills={kills} "
        f"lost={verdict.lost} duplicates={verdict.duplicates} stuck={verdict.stuck}"
    )
    return 0 if verdict.holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/storm", description=__doc__)
    parser.add_argument("--seed", type=int, help="which storm; a random one where it is left out")
    parser.add_argument("--short", action="store_true", help="the small one that runs with the tests")
    return parser.parse_args()


def _folder() -> Path:
    return folders.service_state().path / "storm"


if __name__ == "__main__":
    sys.exit(main())
