"""Which loopback port does each part listen on?"""

import json
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a program could listen on this loopback port now."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
    return True


def first_free(start: int) -> int:
    """The first free port from `start` upwards."""
    return next(port for port in range(start, 65536) if is_free(port))


def any_free() -> int:
    """A port that the system picks."""
    with socket.socket() as attempt:
        attempt.bind((LOOPBACK, 0))
        return attempt.getsockname()[1]


def kept(file: Path) -> dict[str, int]:
    """The ports picked earlier, by the name of their part."""
    return json.loads(file.read_text()) if file.exists() else {}


def keep(file: Path, part: str, port: int) -> int:
    """Remember a part's port for the next start."""
    file.write_text(json.dumps(kept(file) | {part: port}, indent=2) + "\n")
    return port


def keep_or_pick(file: Path, part: str) -> int:
    """The part's port of last time where it is still free, else a new one, kept from now on."""
    port = kept(file).get(part)
    return port if port and is_free(port) else keep(file, part, any_free())
