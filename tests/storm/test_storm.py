"""Does the short storm hold, and would the harness see it if it did not?"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from storm import scene
from workshop import secrets_file
from workshop.cluster import PROGRAMS, SUPERUSER
from workshop.environment import of_machine
from workshop.folders import StateFolder

CHECKOUT = Path(__file__).parent.parent.parent
LAST_LINE = re.compile(r"storm seed=(\d+) notices=(\d+) kills=(\d+) lost=0 duplicates=0 stuck=0")
SEED = 20261122


@pytest.fixture(scope="module")
def storm(template, tmp_path_factory):
    """The harness as bin/storm runs it, beside the tests' own servers; migrated as their database was."""
    if not (PROGRAMS / "postgres").exists() or not shutil.which("redis-server"):
        pytest.skip("needs PostgreSQL and Redis, which bin/start installs")
    state = Path(os.environ["PLACEWATCH_STATE"])
    variables = of_machine() | {"PYTHONPATH": str(CHECKOUT), "PLACEWATCH_STATE": str(state)}
    dump = tmp_path_factory.mktemp("storm") / "dump"
    dump_of(template, secrets_file.read_or_make(StateFolder(state))["SUPERUSER_PASSWORD"], dump)

    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "storm", "--seed", str(SEED), "--dump", str(dump), *arguments]
        return subprocess.run(command, cwd=CHECKOUT, env=variables, capture_output=True, text=True)

    return run


def dump_of(database: str, password: str, file: Path) -> None:
    owners = conninfo_to_dict(os.environ["MIGRATION_DATABASE_URL"])
    address = make_conninfo(**owners | {"user": SUPERUSER, "password": password, "dbname": database})
    dump = [str(PROGRAMS / "pg_dump"), "--format=custom", "--file", str(file), address]
    subprocess.run(dump, check=True)


def test_the_short_storm_loses_nothing_gives_nothing_twice_and_leaves_nothing_stuck(storm):
    told = storm("--short")
    said = LAST_LINE.fullmatch(told.stdout.splitlines()[-1])
    assert told.returncode == 0, told.stdout + told.stderr
    assert said, told.stdout
    assert [int(one) for one in said.groups()] == [SEED, scene.SHORT.notices, 8]


def test_a_process_ended_at_every_named_point_loses_nothing(storm):
    told = storm("--points", "--times", "1")
    assert told.returncode == 0, told.stdout + told.stderr
    assert LAST_LINE.fullmatch(told.stdout.splitlines()[-1]), told.stdout


def test_the_whole_storm_is_as_large_as_was_promised():
    made = scene.kills(scene.FULL, seed=1)
    count = {what: sum(1 for one in made if one.what == what) for what in ("worker", "database", "broker")}
    assert (scene.FULL.notices, scene.PARTNERS, count) == (10_000, 153, {"worker": 50, "database": 25, "broker": 25})


def test_a_seed_is_the_same_storm_each_time_and_another_seed_is_another():
    assert scene.kills(scene.FULL, seed=5) == scene.kills(scene.FULL, seed=5) != scene.kills(scene.FULL, seed=6)


def test_a_tenth_of_the_calls_fail_half_of_them_after_they_were_taken():
    drawn = [scene.chance_of(1, uuid4(), 1) for _ in range(20_000)]
    before = sum(one < scene.FAILS_BEFORE for one in drawn)
    after = sum(scene.FAILS_BEFORE <= one < scene.FAILS_BEFORE + scene.FAILS_AFTER for one in drawn)
    assert 800 < before < 1200
    assert 800 < after < 1200


def test_nobody_writes_to_itself_and_everybody_is_written_to():
    pairs = [scene.pair(number) for number in range(scene.FULL.notices)]
    assert all(sender != recipient for sender, recipient in pairs)
    assert {recipient for _, recipient in pairs} == set(range(scene.PARTNERS))
