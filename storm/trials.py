"""What if the workers' own world is wrong: their clocks, the timetable's, the database's disk, the hosts between them?

Each trial starts workers of its own on the storm's ground, has notices written, and yields what did not hold; what must
hold of every notice is counted afterwards, as in any storm.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from storm.child import Child
from storm.disk import SmallDisk
from storm.harness import GO_ON, Storm, wait_for_sender
from storm.hosts import Host
from storm.invariants import STUCK

NOTICES = 120
SECONDS = 15.0
HOUR_SECONDS = 3600
JUMP = ("+0", "-10m")
JUMP_EVERY_SECONDS = 2.0
LEAPS = ("+0", "-10m", "-1h", "+1h", "-10m")
# More than one heartbeat after a leap: the timetable sends it every five seconds.
LEAPT_LONG_AGO = timedelta(seconds=6)
HOSTS = 3
# A lease that was taken for run out before its minute was over; a machine that is too busy to end a call loses it later.
STOLEN = """
select count(*) from notifications_attempt
where outcome = 'interrupted' and ended_at - started_at < interval '59 seconds'
"""
ATTEMPTS = "select count(*) from notifications_attempt"
SAID_WRONG = "select count(*) from audit_signoflife where part = 'wrong_clock'"
BEAT_SINCE = "select exists (select from audit_signoflife where part = 'beat' and seen_at > %s)"
NOW = "select clock_timestamp()"
LIBRARIES = Path("/usr/lib")
SLEEPS = Path(__file__).parent / "under_another_clock"
# However busy the machine is; a clock that is wrong by an hour would hold things up for an hour.
PATIENCE_SECONDS = 120


def wrong_clocks(storm: Storm, first: int) -> Iterator[str]:
    """Workers an hour slow, an hour fast, half a minute fast and jumping by ten minutes, beside one that is right."""
    told = storm.run / "clock"
    clocks = {
        "slow": {"FAKETIME": "-1h"},
        "fast": {"FAKETIME": "+1h"},
        "ahead": {"FAKETIME": "+30s"},
        "jumping": _told_by(told),
    }
    workers = [storm.worker(name, **_faked(), **clock) for name, clock in clocks.items()]
    before = _count(storm, STOLEN)

    def jump() -> None:
        _tell(told, JUMP[int(time.monotonic() / JUMP_EVERY_SECONDS) % len(JUMP)])

    def were_found_out() -> bool:
        jump()
        return _count(storm, SAID_WRONG) > 0

    jump()
    with _at_work(*workers, storm.beat()):
        _write(storm, first, meanwhile=jump)
        # What is right comes when what is wrong has been at it.
        if not _until(were_found_out):
            yield "wrong clocks: nobody is told of them"
        with _at_work(storm.worker("right")):
            storm.drain(jump, some_died=False)
    if stolen := _count(storm, STOLEN) - before:
        yield f"wrong clocks: {stolen} leases were taken for run out"


def jumping_timetable(storm: Storm, first: int) -> Iterator[str]:
    """The timetable's clock goes back by minutes and by an hour, and forward, and back: it goes on without a pause."""
    told = storm.run / "clock"
    _tell(told, "+0")
    with _at_work(storm.worker("steady"), storm.beat(**_faked(), **_told_by(told))):
        sender = storm.sending(first, NOTICES, seconds=SECONDS)
        for leap in LEAPS:
            _tell(told, leap)
            if not _until(_beats_on(storm)):
                yield f"jumping timetable: silent after its clock stood at {leap}"
        _until_ended(sender, _nothing)
        storm.drain(_nothing, some_died=False)


def _beats_on(storm: Storm) -> Callable[[], bool]:
    """Whether beat was seen a good while from now, by the database's clock: more often than once by chance."""
    with storm.ground.connect() as connection:
        [since] = connection.execute(NOW).fetchone()

    def is_so() -> bool:
        with storm.ground.connect() as connection:
            return connection.execute(BEAT_SINCE, [since + LEAPT_LONG_AGO]).fetchone()[0]

    return is_so


def broker_gone(storm: Storm, first: int) -> Iterator[str]:
    """The broker is away for an hour: what is written meanwhile is given all the same, before it is back."""
    with _at_work(storm.worker("patient1"), storm.worker("patient2"), storm.beat(), storm.fallback()):
        storm.ground.broker.kill()
        before = _count(storm, ATTEMPTS)
        _write(storm, first)
        with storm.ground.connect() as connection:
            connection.execute(GO_ON, [HOUR_SECONDS])
        storm.drain(_nothing)
        if _count(storm, ATTEMPTS) == before:
            yield "broker gone: nothing was tried without it"
        if waiting := _count(storm, STUCK):
            yield f"broker gone: {waiting} deliveries waited for it"
        storm.ground.broker.start()


def disk_full(storm: Storm, first: int) -> Iterator[str]:
    """The database's disk is full for a while: nothing that was promised is lost, and nobody has to mend anything."""
    log = storm.ground.state.logs / "database.log"
    with SmallDisk(storm.ground.cluster, storm.ground.database) as disk:
        if not disk.is_there:
            yield "disk full: not tried, since this account may not mount a small disk"
        began = log.stat().st_size
        with _at_work(storm.worker("crowded1"), storm.worker("crowded2"), storm.beat()):
            sender = storm.sending(first, NOTICES, seconds=2 * SECONDS)
            _for_seconds(SECONDS / 2, disk.mend)
            disk.fill()
            _for_seconds(SECONDS, disk.mend)
            disk.make_room()
            _until_ended(sender, disk.mend)
            storm.drain(disk.mend)
        if disk.is_there and b"No space left on device" not in log.read_bytes()[began:]:
            yield "disk full: it never was"


def hosts_apart(storm: Storm, first: int) -> Iterator[str]:
    """Three hosts with nothing but database and broker between them share the work; one is cut off in the middle."""
    hosts = [Host(storm, number) for number in range(1, HOSTS + 1)]
    try:
        for host in hosts:
            host.start()
        if not _until(lambda: all(host.is_at_work() for host in hosts)):
            yield "hosts apart: a host did not come to work"
        with _at_work(storm.beat()):
            sender = storm.sending(first, NOTICES, seconds=SECONDS)
            if not _until(lambda: hosts[0].deliveries() > 0):
                yield "hosts apart: the host to be cut off called nobody before"
            hosts[0].cut_off()
            _for_seconds(SECONDS / 3, _nothing)
            hosts[0].open()
            _until_ended(sender, _nothing)
            storm.drain(_nothing)
        shares = [host.deliveries() for host in hosts]
        if not all(shares):
            yield f"hosts apart: the hosts called partners {shares} times"
        if any(host.reaches_what_is_no_door() for host in hosts):
            yield "hosts apart: a host reaches what is neither database nor broker"
    finally:
        for host in hosts:
            host.end()


TRIALS: tuple[Callable[[Storm, int], Iterator[str]], ...] = (
    wrong_clocks,
    jumping_timetable,
    broker_gone,
    hosts_apart,
    disk_full,
)


def go_through(storm: Storm, first: int) -> tuple[int, list[str]]:
    """Every trial, from the first notice's number on: the number after the last, and what did not hold."""
    broken: list[str] = []
    for trial in TRIALS:
        broken += trial(storm, first)
        first += NOTICES
    return first, broken


@contextmanager
def _at_work(*children: Child) -> Iterator[None]:
    for child in children:
        child.start()
    try:
        yield
    finally:
        for child in children:
            child.kill()


def _write(storm: Storm, first: int, meanwhile: Callable[[], None] | None = None) -> None:
    _until_ended(storm.sending(first, NOTICES, seconds=SECONDS), meanwhile or _nothing)


def _until_ended(sender: Child, meanwhile: Callable[[], None]) -> None:
    while sender.runs():
        meanwhile()
        time.sleep(0.5)
    wait_for_sender(sender)


def _until(is_so: Callable[[], bool]) -> bool:
    """Wait until it is so, for as long as patience lasts; whether it was."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (done := is_so()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return done


def _for_seconds(seconds: float, meanwhile: Callable[[], None]) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        meanwhile()
        time.sleep(0.5)


def _faked() -> dict[str, str]:
    """What puts a process under another clock; its steady one stays, as on a machine whose time is wrong."""
    library = next(LIBRARIES.glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        sys.exit("The clocks cannot be wrong without libfaketime from Debian.")
    return {"LD_PRELOAD": str(library), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": str(SLEEPS)}


def _told_by(file: Path) -> dict[str, str]:
    """A clock that stands where the file says, from one call to the next."""
    return {"FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}


def _tell(file: Path, clock: str) -> None:
    """Let a clock stand otherwise; whoever reads it meanwhile finds either, and never half a file."""
    beside = file.with_suffix(".new")
    beside.write_text(clock)
    beside.replace(file)


def _nothing() -> None:
    """Nothing has to be done."""


def _count(storm: Storm, statement: str) -> int:
    with storm.ground.connect() as connection:
        return connection.execute(statement).fetchone()[0]
