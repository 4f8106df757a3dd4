"""Which work recurs, when was each last done, and is it late? The timetable itself stands in config/celery.py."""

from collections.abc import Iterator
from dataclasses import dataclass

from celery import Task, current_app

from audit.life import seen_within, was_seen

# Celery has had its time after three rounds without a sign, half a minute after the next one at most. Sooner than this
# nothing is late: a worker is started again within it.
GRACE_SECONDS = 30.0
SOONEST_LATE_SECONDS = 10.0


class Sweep(Task):
    """Recurring work. Celery's workers leave it where it has just been done, and leave a sign of life, named `part`.

    What had to wait in the broker finds that its work was done meanwhile, by the database's clock (the broker's way, a
    time after which a message is thrown away, goes by the worker's: one that runs fast would throw away all). Asked for
    with arguments, it is never left. `run` is the work alone, without either.
    """

    part = ""

    def __call__(self, *args: object, **kwargs: object) -> None:
        """The work as a worker does it."""
        if not (args or kwargs) and seen_within(self.part, seconds=line_of(self).every_seconds / 2):
            return
        super().__call__(*args, **kwargs)
        was_seen(self.part)


@dataclass(frozen=True)
class Line:
    """One line of the timetable: what is done in words, and how often."""

    words: str
    sweep: Sweep
    every_seconds: float

    @property
    def late_seconds(self) -> float:
        """How old a sign of life may grow before others do the work."""
        return max(SOONEST_LATE_SECONDS, self.every_seconds + min(2 * self.every_seconds, GRACE_SECONDS))

    @property
    def silent_seconds(self) -> float:
        """How old it may grow before somebody must look why Celery does it no more."""
        return 2 * self.every_seconds + GRACE_SECONDS

    @property
    def queue(self) -> str:
        """Which queue's workers do it."""
        return current_app.amqp.router.route({}, self.sweep.name)["queue"].name


def lines() -> Iterator[Line]:
    """All recurring work, in the order of the timetable."""
    # Where no worker runs, nobody has loaded them yet.
    current_app.loader.import_default_modules()
    for words, told in current_app.conf.beat_schedule.items():
        task = current_app.tasks[told["task"]]
        if isinstance(task, Sweep):
            yield Line(words, task, told["schedule"])


def line_of(sweep: Sweep) -> Line:
    """The line of the timetable that has this work done."""
    return next(line for line in lines() if line.sweep.name == sweep.name)
