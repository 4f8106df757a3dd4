"""What runs now, and is it well? `bin/status`."""

import subprocess
from collections.abc import Mapping

from workshop import environment, folders
from workshop.folders import CHECKOUT, PYTHON
from workshop.obstacles import run_command
from workshop.service import Service, health, receiver_address, web_address

NOT_ALL_RUN = 3


def main() -> int:
    """Print a line for each part; 3 where one does not run or is not well."""
    service = Service(folders.service_state(), {})
    states = service.supervisor.states()
    if not states:
        print("web        stopped\nPlacewatch is not running: start it with bin/start.")
        return NOT_ALL_RUN
    whole, pids = service.variables(), service.supervisor.pids()
    _, parts = health(whole)
    words = {name: word(state, parts.get(name, "ok")) for name, state in states.items()}
    addresses = {"web": web_address(whole), "receiver": receiver_address(whole)}
    for name in sorted(words, key=order):
        address = f"  {addresses[name]}" if name in addresses else ""
        process = f"  process {pids[name]}" if pids.get(name) else ""
        print(f"{name:<10} {words[name]}{address}{process}")
    if words.get("database") == "running" and service.cluster.runs_replaced_program():
        print("database   another version was installed under it: bin/stop, then bin/start")
    print(post(whole))
    return 0 if all(one == "running" for one in words.values()) else NOT_ALL_RUN


def post(whole: Mapping[str, str]) -> str:
    """How registered post stands: the service's own command says it."""
    variables = environment.of_machine() | environment.of_operator(whole)
    command = [str(PYTHON), "manage.py", "post_status"]
    told = subprocess.run(command, env=variables, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    return f"\n{told.stdout.rstrip()}" if told.stdout else "\nHow the post stands could not be read."


def order(name: str) -> tuple[bool, str]:
    """The web first, then the others by name."""
    return name != "web", name


def word(state: str, health_word: str) -> str:
    """A part's state in one or two words: the supervisor's, and the health page's where it differs."""
    return state.lower() if health_word == "ok" else f"{state.lower()}, {health_word}"


if __name__ == "__main__":
    run_command(main)
