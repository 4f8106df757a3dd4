"""Who writes to whom in a storm, and what is decided by its seed?"""

import hashlib
from dataclasses import dataclass
from random import Random
from uuid import UUID, uuid5

SPACE = UUID("6f0a3c1e-7d57-4c05-9d0e-5b6f0c2b9a11")

PARTNERS = 153
WITH_SYSTEM = 90
WITH_EMAIL = 50
SENDERS = 8

# A tenth of the calls fail, half of them after the receiver took what they brought. The third call of one message is
# left alone, so that a storm ends within its minutes.
FAILS_BEFORE = 0.05
FAILS_AFTER = 0.05
LET_GO_AFTER = 2
# One e-mail in two hundred comes back: nobody has it, and a person must have the task.
BOUNCES = 0.005


@dataclass(frozen=True)
class Size:
    """How much happens in a storm. `seconds` is the time in which notices are written and things are killed."""

    notices: int
    worker_kills: int
    database_kills: int
    broker_kills: int
    seconds: float
    workers: int = 2


FULL = Size(notices=10_000, worker_kills=50, database_kills=25, broker_kills=25, seconds=240)
CALM = Size(notices=1_500, worker_kills=0, database_kills=0, broker_kills=0, seconds=30)
SHORT = Size(notices=400, worker_kills=4, database_kills=2, broker_kills=2, seconds=16)


@dataclass(frozen=True)
class Kill:
    """One process that ends without a word, so many seconds after the storm began."""

    at: float
    what: str


def kills(size: Size, seed: int) -> list[Kill]:
    """The seeded moments, in order."""
    chance = Random(f"kills {seed}")
    of = {"worker": size.worker_kills, "database": size.database_kills, "broker": size.broker_kills}
    made = [Kill(chance.uniform(0.02, 1.0) * size.seconds, what) for what, many in of.items() for _ in range(many)]
    return sorted(made, key=lambda one: one.at)


def subject(seed: int, number: int) -> UUID:
    """What the notice of that number is about: the same however often its sender has to try."""
    return uuid5(SPACE, f"{seed} {number}")


def pair(number: int) -> tuple[int, int]:
    """The sender's and the recipient's place among the partners; nobody writes to itself."""
    sender, recipient = number % SENDERS, number % PARTNERS
    return sender, recipient if recipient != sender else (recipient + SENDERS) % PARTNERS


def chance_of(seed: int, *words: object) -> float:
    """A number from 0 to 1 that is the same for the same words, whatever else happens."""
    digest = hashlib.sha256(" ".join(map(str, (seed, *words))).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
