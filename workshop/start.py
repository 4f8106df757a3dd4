"""How does the service come up? `bin/start [--detach]`."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workshop import environment, folders, preparation, programs, setup
from workshop.folders import CHECKOUT, PYTHON
from workshop.obstacles import Obstacle, run_command
from workshop.progress import say, step
from workshop.service import Service, web_address, web_port

FIRST_START_GIGABYTES = 2
LATER_START_GIGABYTES = 0.2


def main() -> int:
    """Install what is missing, start every part, and stay until told to stop (or detach)."""
    if sys.argv[1:] not in ([], ["--detach"]):
        raise Obstacle("Call it as bin/start, or as bin/start --detach to get the prompt back.")
    detach = sys.argv[1:] == ["--detach"]
    state = folders.service_state()
    folders.make(state)
    service = Service(state, environment.given_by_person())
    # A shell lets its background jobs ignore SIGINT; nohup asks to ignore SIGHUP, and means it.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)
    with _only_start(state.lock):
        if service.is_up():
            service.renew_replaced_database()
            say(f"Placewatch already runs at {web_address(service.variables())}")
            return 0
        try:
            running = _bring_up(service)
            print(_where_to_look(service, detach=detach), flush=True)
        except BaseException:
            _stop(service)
            raise
    return 0 if detach else _stay(service, running)


def _bring_up(service: Service) -> subprocess.Popen:
    state = service.state
    service.stop()
    web_port(service.given.get("PLACEWATCH_PORT"))
    first = not (state.stamps / "prepared").exists()
    setup.check_disk(state.path, CHECKOUT, gigabytes=FIRST_START_GIGABYTES if first else LATER_START_GIGABYTES)
    setup.install_for_service(
        own_database=service.own_database, own_broker=service.own_broker, log=state.logs / "setup.log"
    )
    with step("Starting the database and the broker"):
        whole = service.configure()
        running = service.start_foundations(whole)
    if service.own_database or not preparation.is_done(state, whole):
        service.make_roles()
        preparation.prepare(state, whole)
    with step("Starting the web, the worker and beat"):
        service.start_programs(whole)
        service.wait_until_healthy(whole)
    return running


def _stay(service: Service, running: subprocess.Popen) -> int:
    """Wait for Ctrl-C, or for somebody else's bin/stop."""
    try:
        status = running.wait()
    except KeyboardInterrupt:
        _stop(service)
        return 0
    if status:
        raise Obstacle(f"The supervisor ended unexpectedly, and every part with it: see {service.state.logs}.")
    say("Placewatch has been stopped.")
    return 0


def _stop(service: Service) -> None:
    # A second Ctrl-C would leave parts behind.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
    if service.supervisor.pid() is None:
        return
    with step("Stopping everything that was started"):
        service.stop()


def _where_to_look(service: Service, *, detach: bool) -> str:
    whole = service.variables()
    lines = ["", f"Placewatch is ready: {web_address(whole)}", ""]
    if programs.has_command("story"):
        variables = environment.of_machine() | environment.of_operator(whole)
        told = subprocess.run(
            [str(PYTHON), "manage.py", "story"], env=variables, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        lines += [told.stdout.rstrip(), ""]
    lines += [
        f"Logs: {service.state.logs}",
        "What runs: bin/status. Stop: " + ("bin/stop." if detach else "Ctrl-C here, or bin/stop."),
    ]
    return "\n".join(lines)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _only_start(file: os.PathLike) -> Iterator[None]:
    with open(file, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Obstacle(
                "Another bin/start is at work for this checkout: wait until it has ended, then look with bin/status."
            ) from None
        yield


if __name__ == "__main__":
    run_command(main)
