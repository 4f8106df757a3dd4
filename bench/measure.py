"""How long does a piece of work take, and how much memory at most? Each is run in a process of its own."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connections


@dataclass(frozen=True)
class Measured:
    """Seconds of wall time, and the peak resident memory of the process that did it, in MiB."""

    seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Line:
    """One path against its raw limit, both measured in this run."""

    path: str
    amount: str
    ours: Measured
    raw: Measured

    @property
    def ratio(self) -> float:
        """How many times the raw limit the path takes."""
        return self.ours.seconds / self.raw.seconds


def in_own_process(work: Callable[[], float | None]) -> Measured:
    """Run `work` in a forked process; a number that it returns stands for its seconds, else its wall time does."""
    connections.close_all()
    receiving, sending = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(work, sending))
    process.start()
    sending.close()
    try:
        measured = receiving.recv()
    except EOFError:
        process.join()
        raise SystemExit(f"The benchmark {work.__name__} ended with status {process.exitcode}.") from None
    process.join()
    return measured


def fastest_seconds(work: Callable[[], object], times: int) -> float:
    """The fastest of so many runs: what it takes where nothing else holds it up, on a machine that others use too."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def typical_seconds(work: Callable[[Any], object], questions: Sequence[Any], times: int) -> float:
    """The median over the questions of each one's fastest run: neither an easy question nor a busy machine decides it."""
    return median(fastest_seconds(lambda one=one: work(one), times) for one in questions)


def _run(work: Callable[[], float | None], sending) -> None:
    began = time.perf_counter()
    seconds = work()
    wall = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sending.send(Measured(seconds if seconds is not None else wall, peak))
    connections.close_all()
