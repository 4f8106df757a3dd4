"""Are exactly our own processes found and ended?"""

import shutil
import subprocess

import pytest

from workshop import processes


@pytest.fixture
def stubborn(tmp_path):
    """A process that ignores the polite signal, started in a folder and with a variable of ours."""
    command = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]
    with subprocess.Popen(
        command, cwd=tmp_path, env={"PLACEWATCH_MARK": str(tmp_path)}, stdout=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_process_is_found_by_its_folder_and_by_its_variable(stubborn, tmp_path):
    assert stubborn.pid in processes.working_in(tmp_path)
    assert stubborn.pid in processes.holding_variable(f"PLACEWATCH_MARK={tmp_path}")
    assert processes.working_in(tmp_path.parent) == []
    assert processes.holding_variable(f"PLACEWATCH_MARK={tmp_path}x") == []


def test_a_process_that_ignores_the_polite_signal_is_killed(stubborn):
    processes.end([stubborn.pid], seconds=0.3)
    assert not processes.is_alive(stubborn.pid)


def test_a_program_that_was_replaced_under_its_process_is_noticed(tmp_path):
    program = tmp_path / "server"
    shutil.copy(shutil.which("sleep"), program)
    with subprocess.Popen([program, "60"]) as process:
        assert not processes.runs_replaced_program(process.pid)
        program.unlink()
        assert processes.runs_replaced_program(process.pid)
        process.kill()


def test_a_process_that_has_ended_is_not_alive(stubborn):
    stubborn.kill()
    assert processes.wait_for_end([stubborn.pid], seconds=5)
