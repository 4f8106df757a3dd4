"""What must be true after a storm? Each invariant is a question whose answer must be empty.

The service's own record is asked as the database's superuser, past every policy; the world outside by its own record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from storm import scene
from storm.records import Record

# Each counts rows that break it.
IN_THE_DATABASE = {
    "I2 one envelope for each document and address, given once": """
        select count(*) from (
            select 1 from notifications_delivery group by document_id, channel, endpoint_id, address
            having count(*) filter (where replays_id is null) > 1 or count(*) filter (where state = 'given') > 1
        ) broken
    """,
    "I3 attempts numbered without a gap": """
        select count(*) from (
            select one.id from notifications_delivery one left join notifications_attempt try on try.delivery_id = one.id
            group by one.id
            having count(try.id) <> one.attempts_made or coalesce(max(try.number), 0) <> one.attempts_made
                or bool_or(try.ended_at < try.started_at)
        ) broken
    """,
    "I4 given only with evidence": """
        select count(*) from notifications_delivery one where state = 'given' and not exists (
            select from notifications_attempt try where try.delivery_id = one.id and try.outcome = 'taken'
        )
    """,
    "I5 no lease outlives its minute, none after the end": """
        select count(*) from notifications_delivery
        where (state = 'sending' and leased_until < clock_timestamp() - interval '5 seconds')
            or (state <> 'sending' and lease is not null)
    """,
    "I6 every document and every end of a delivery has its one line in the log-book, and no line tells of another": """
        with happened as (
            select 'documents.compose' as operation, id from notifications_document
            union all
            select 'deliveries.end', id from notifications_delivery where state in ('given', 'undeliverable')
        ), told as (
            select operation, unnest(subject_ids) as id from audit_logentry
            where operation in ('documents.compose', 'deliveries.end')
        )
        select (select count(*) from (table happened except all table told) untold)
             + (select count(*) from (table told except all table happened) unfounded)
    """,
    "I7 nothing waits past its time": """
        select count(*) from notifications_delivery
        where state in ('queued', 'posted') and next_at < placewatch_now() - interval '60 seconds'
    """,
    "I8 what ended stands as it ended; a replay names what ended, with a reason": """
        select (
            select count(*) from notifications_delivery one
            join audit_logentry line on line.operation = 'deliveries.end' and line.subject_ids[1] = one.id
            where line.outcome <> one.state or (line.detail ->> 'attempts')::integer <> one.attempts_made
        ) + (
            select count(*) from notifications_delivery again
            join notifications_delivery dead on dead.id = again.replays_id
            where dead.state <> 'undeliverable' or again.reason = ''
        )
    """,
    "I10 whoever did not answer is followed up in time, step by step, to a task that stands": """
        select (
            select count(*) from notifications_document paper
            where not exists (select from notifications_climb climb where climb.document_id = paper.id)
        ) + (
            select count(*) from notifications_climb climb
            where climb.taken <> (select count(*) from notifications_rung rung where rung.climb_id = climb.id)
                or climb.ended_at is null and climb.next_at < placewatch_now() - interval '60 seconds'
                or climb.ended_at is null and climb.taken = jsonb_array_length(climb.ladder) and not exists (
                    select from duties_duty duty where duty.key = 'notice_not_acknowledged:' || climb.document_id::text
                )
                or climb.ending = 'answered' and not exists (
                    select from notifications_documentfact fact where fact.document_id = climb.document_id
                        and fact.fact in ('acknowledged', 'disputed', 'acted_on')
                )
        )
    """,
    "what could not be delivered is a person's task": """
        select count(*) from notifications_delivery one where state = 'undeliverable' and not exists (
            select from duties_duty duty where duty.key = 'notice_not_delivered:' || one.id::text
        )
    """,
}
STUCK = "select count(*) from notifications_delivery where state in ('queued', 'sending', 'posted')"
WRITTEN = "select subject_id, count(*) from notifications_document group by subject_id"
ENVELOPES = """
select paper.subject_id, count(one.id) filter (where one.channel = 'webhook'),
       count(one.id) filter (where one.channel = 'email')
from notifications_document paper left join notifications_delivery one
    on one.document_id = paper.id and one.replays_id is null
group by paper.subject_id
"""


FIRST_TRY = """
select percentile_cont(%s) within group (order by extract(epoch from try.started_at - one.created_at))
from notifications_delivery one join notifications_attempt try on try.delivery_id = one.id and try.number = 1
where one.channel = 'webhook'
"""


@dataclass(frozen=True)
class Verdict:
    """What a storm did: how many notices were lost, given twice, never ended; and what else is broken."""

    lost: int
    duplicates: int
    stuck: int
    broken: tuple[str, ...]
    raw_repeats: int

    @property
    def holds(self) -> bool:
        """Whether everything held."""
        return not (self.lost or self.duplicates or self.stuck or self.broken)


def judge(connection: psycopg.Connection, folder: Path, *, seed: int, notices: int) -> Verdict:
    """Compare what was meant, what the service says, and what the world outside got."""
    partner, notify = Record(folder / "partner.sqlite"), Record(folder / "notify.sqlite")
    lost, duplicates = _outside(connection, partner, notify)
    repeats = partner.read("select count(*) - count(distinct message) from call where taken")[0][0]
    broken = [*_in_the_database(connection), *_meant(connection, seed, notices), *_refused(partner, notify)]
    return Verdict(
        lost=lost + _not_written(connection, seed, notices),
        duplicates=duplicates,
        stuck=_count(connection, STUCK),
        broken=tuple(broken),
        raw_repeats=repeats,
    )


def first_tries(connection: psycopg.Connection) -> tuple[float, float]:
    """Seconds from the commit to the first try of a webhook: the median and the 99th of a hundred."""
    median, slow = (connection.execute(FIRST_TRY, [share]).fetchone()[0] for share in (0.5, 0.99))
    return float(median), float(slow)


def _in_the_database(connection: psycopg.Connection) -> Iterator[str]:
    for name, statement in IN_THE_DATABASE.items():
        if many := _count(connection, statement):
            yield f"{name}: {many}"


def _not_written(connection: psycopg.Connection, seed: int, notices: int) -> int:
    written = {row[0] for row in connection.execute(WRITTEN)}
    return len({scene.subject(seed, number) for number in range(notices)} - written)


def _meant(connection: psycopg.Connection, seed: int, notices: int) -> Iterator[str]:
    """I1: each notice has exactly the envelopes that its recipient calls for, worked out from the scene alone."""
    written = {row[0]: (row[1], row[2]) for row in connection.execute(ENVELOPES)}
    wrong = 0
    for number in range(notices):
        recipient = scene.pair(number)[1]
        by_system = recipient < scene.WITH_SYSTEM
        by_email = not by_system and recipient < scene.WITH_SYSTEM + scene.WITH_EMAIL
        wrong += written.get(scene.subject(seed, number)) != (int(by_system), int(by_email))
    if wrong:
        yield f"I1 each notice has the envelopes that its recipient calls for: {wrong}"
    if doubled := sum(1 for row in connection.execute(WRITTEN) if row[1] != 1):
        yield f"I1 each notice is written once: {doubled}"


def _outside(connection: psycopg.Connection, partner: Record, notify: Record) -> tuple[int, int]:
    """I9: what we call given was taken there; nothing was taken twice under another id; nothing unknown was taken."""
    given = {channel: {str(row[0]) for row in connection.execute(GIVEN, [channel])} for channel in ("webhook", "email")}
    known = {str(row[0]) for row in connection.execute("select id from notifications_delivery")}
    taken = {row[0] for row in partner.read("select distinct message from call where taken")}
    emails = {row[0] for row in notify.read("select reference from email where ending = 'delivered'")}
    lost = len(given["webhook"] - taken) + len(given["email"] - emails)
    twice = partner.read("select what from call where taken group by what having count(distinct message) > 1")
    again = notify.read("select reference from email group by reference having count(*) > 1")
    unknown = (taken | {row[0] for row in notify.read("select reference from email")}) - known
    return lost, len(twice) + len(again) + len(unknown)


GIVEN = "select id from notifications_delivery where state = 'given' and channel = %s"


def _refused(*records: Record) -> Iterator[str]:
    """Nothing of ours may be refused for its signature or its time, whichever worker's clock is wrong."""
    for record in records:
        for why, many in record.read("select why, count(*) from refused group by why"):
            yield f"a receiver refused {many}: {why}"


def _count(connection: psycopg.Connection, statement: str) -> int:
    return connection.execute(statement).fetchone()[0]
