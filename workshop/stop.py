"""How is the service stopped? `bin/stop`."""

from workshop import folders
from workshop.obstacles import run_command
from workshop.progress import say, step
from workshop.service import Service


def main() -> int:
    """Stop every part, and whatever a crash left of them."""
    service = Service(folders.service_state(), {})
    if service.supervisor.pid() is None:
        service.stop()
        say("Placewatch is not running.")
        return 0
    with step("Stopping Placewatch"):
        service.stop()
    return 0


if __name__ == "__main__":
    run_command(main)
