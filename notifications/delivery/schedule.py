"""When is a delivery tried again? 49 times over seven days, then never."""

from datetime import timedelta

# 0, 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, then every 4 h: what stands before each attempt but the first.
STEPS_SECONDS = (5, 30, 2 * 60, 10 * 60, 30 * 60, 60 * 60, 2 * 60 * 60, *[4 * 60 * 60] * 41)
ATTEMPTS = len(STEPS_SECONDS) + 1

# An envelope that waits in the lane of a receiver that rests uses up no tries: it ends by its age, with a last one.
GIVE_UP_AFTER = timedelta(days=8)

# A fault of our own says nothing about the receiver: it is tried again soon, however often, as soon as it is put right.
OUR_FAULT_SECONDS = 30

# Partners that failed together are not tried again together.
SPREAD = 0.2


def wait_seconds(tries: int, *, retry_after_seconds: float | None, chance: float) -> float:
    """How long to wait after that many tries, faults of our own not counted.

    `chance`, from 0 to 1, places the wait between 0.8 and 1.2 times the step. Where the receiver asked for a time
    (Retry-After), that is obeyed between once and twice the step.
    """
    step = STEPS_SECONDS[min(tries, len(STEPS_SECONDS)) - 1]
    if retry_after_seconds is not None:
        return min(max(retry_after_seconds, step), 2 * step)
    return _spread(step, chance)


def wait_after_our_fault(*, chance: float) -> float:
    """How long to wait, in seconds, after a fault of our own: as long after the hundredth as after the first."""
    return _spread(OUR_FAULT_SECONDS, chance)


def _spread(seconds: float, chance: float) -> float:
    return seconds * (1 - SPREAD + 2 * SPREAD * chance)
