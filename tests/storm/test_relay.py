"""Does a host behind a wall reach what it has a door for, and only as long as the door stands?"""

import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from storm.child import Child, descendants
from tests.programs import answers, wait_until
from workshop.ports import any_free


@contextmanager
def relay(*doors: str):
    with subprocess.Popen([sys.executable, "-m", "storm.relay", *doors], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def echo():
    """A server that sends back what it gets, once."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(caller.recv(100))

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def ask(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        try:
            caller.sendall(b"through the wall")
            caller.shutdown(socket.SHUT_WR)
            return caller.recv(100)
        except OSError:
            return b""


def test_what_comes_to_a_door_is_led_on_and_back_until_the_door_is_shut(echo, tmp_path):
    port, door = any_free(), tmp_path / "door"
    with relay(f"{door}={echo}") as without, relay(f"{port}={door}") as within:
        wait_until(lambda: door.exists() and answers(port), "the doors")
        assert ask(port) == b"through the wall"
        assert within.stdout.readline().strip() == str(port), "each use of a door is counted"
        without.kill()
        without.wait()
        assert ask(port) == b""
    with pytest.raises(ConnectionRefusedError):
        ask(port)


def test_a_process_that_is_ended_takes_its_children_with_it(tmp_path):
    shell = Child("shell", ["sh", "-c", "sleep 600 & wait"], tmp_path / "log")
    shell.start()
    wait_until(lambda: descendants(shell.process.pid), "its child")
    [below] = descendants(shell.process.pid)
    shell.kill()
    wait_until(lambda: not runs(below), "the end of its child")
    assert not shell.runs()


def runs(pid: int) -> bool:
    """Whether a process is there and no mere entry that nobody has collected."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
