"""Is what stands in the way said in one sentence, without a traceback?"""

import os
import shutil
import subprocess

import pytest

from workshop import packages, setup
from workshop.folders import CHECKOUT
from workshop.obstacles import Obstacle, run_command
from workshop.progress import run_logged


def test_an_obstacle_ends_the_command_with_its_sentence_and_status_1(capsys):
    def command():
        raise Obstacle("Port 8000 is taken.")

    with pytest.raises(SystemExit) as ending:
        run_command(command)
    assert ending.value.code == 1
    assert capsys.readouterr().err == "Port 8000 is taken.\n"


def test_a_failing_program_shows_the_end_of_its_own_output_only(tmp_path):
    log = tmp_path / "setup.log"
    log.write_text("an earlier run\n")
    with pytest.raises(Obstacle, match=r"^The packages could not be installed \(the whole log: ") as raised:
        run_logged(["sh", "-c", "echo no such package; exit 7"], log=log, failure="The packages could not be installed")
    assert raised.value.log_tail == "no such package"
    assert log.read_text() == "an earlier run\nno such package\n"


def test_a_full_disk_is_said_before_anything_begins(tmp_path):
    with pytest.raises(Obstacle, match=r"GB free and Placewatch needs 1e\+06 GB: make room there"):
        setup.check_disk(tmp_path, gigabytes=1_000_000)
    setup.check_disk(tmp_path, gigabytes=0)


def test_missing_packages_without_root_are_named_with_the_command_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "_may_install", lambda: False)
    with pytest.raises(Obstacle, match="`apt-get install --no-install-recommends redis-server`, and start again"):
        packages.install(["redis-server"], log=tmp_path / "log")


def test_nothing_missing_needs_no_root(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "_may_install", lambda: False)
    packages.install([], log=tmp_path / "log")


def test_a_machine_without_python_3_11_is_told_what_to_install(tmp_path):
    for name in ("dirname", "readlink", "basename"):
        (tmp_path / name).symlink_to(shutil.which(name))
    wrong = tmp_path / "python3"
    wrong.write_text("#!/bin/sh\nexit 1\n")
    wrong.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", CHECKOUT / "bin" / "status"],
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Placewatch needs Python 3.11 and finds none on the search path: install it")
    assert done.stderr.count("\n") == 1
