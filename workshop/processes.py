"""Which processes are ours, and how are they ended?"""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether the process runs (one that has ended but was not yet collected does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def runs_replaced_program(pid: int) -> bool:
    """Whether the process's program file was replaced or removed since it started."""
    return os.readlink(f"/proc/{pid}/exe").endswith(" (deleted)")


def command_of(pid: int) -> str:
    """The process's program and arguments, empty where it does not run."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def working_in(folder: Path) -> list[int]:
    """The processes whose working folder is exactly this one."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(folder.resolve()):
                found.append(int(entry.name))
        except OSError:
            continue
    return [pid for pid in found if is_alive(pid)]


def holding_variable(assignment: str) -> list[int]:
    """The processes that were started with exactly this `NAME=value` in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and assignment.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return [pid for pid in found if is_alive(pid)]


def end(pids: Iterable[int], *, seconds: float) -> None:
    """Ask the processes to end; those still there after the seconds are killed."""
    pids = list(pids)
    for sent in (signal.SIGTERM, signal.SIGKILL):
        for pid in filter(is_alive, pids):
            os.kill(pid, sent)
        if wait_for_end(pids, seconds=seconds):
            return


def wait_for_end(pids: Iterable[int], *, seconds: float) -> bool:
    """Wait for the processes to end; false where some outlive the seconds."""
    deadline = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
