"""What runs now, and is it well? `bin/status`."""

from workshop import folders, programs
from workshop.obstacles import run_command
from workshop.service import Service, health, web_address

NOT_ALL_RUN = 3


def main() -> int:
    """Print a line for each part; 3 where one does not run or is not well."""
    service = Service(folders.service_state(), {})
    states = service.supervisor.states()
    if not states:
        print("web        stopped\nPlacewatch is not running: start it with bin/start.")
        return NOT_ALL_RUN
    whole = service.variables()
    _, parts = health(whole)
    words = {name: word(state, parts.get(name, "ok")) for name, state in states.items()}
    for name in programs.names(whole) + [name for name in words if name not in programs.names(whole)]:
        address = f"  {web_address(whole)}" if name == "web" else ""
        print(f"{name:<10} {words[name]}{address}")
    return 0 if all(one == "running" for one in words.values()) else NOT_ALL_RUN


def word(state: str, health_word: str) -> str:
    """A part's state in one or two words: the supervisor's, and the health page's where it differs."""
    return "running" if state == "RUNNING" and health_word == "ok" else f"{state.lower()}, {health_word}"


if __name__ == "__main__":
    run_command(main)
