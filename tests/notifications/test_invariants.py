"""Would the storm see it, if something were wrong? Each invariant is broken once, by hand, past what guards it."""

import json
from types import SimpleNamespace

import pytest
from django.db import connections

from db import clock
from notifications.delivery import delivery, outbox
from notifications.ladder import climbing
from storm import invariants, partner, scene
from storm.records import Record

SEED = 7
GUARDED = ("notifications_delivery", "notifications_attempt", "notifications_document", "notifications_documentfact")
GUARDED += ("notifications_climb", "notifications_rung", "audit_logentry", "duties_duty")

GIVEN = """
update notifications_delivery set state = 'given', given_at = placewatch_now(), ended_at = placewatch_now(),
    lease = null, leased_until = null
"""
DEAD = "update notifications_delivery set state = 'undeliverable', ended_at = placewatch_now()"
AGAIN = """
insert into notifications_delivery (id, sender_id, recipient_id, document_id, channel, endpoint_id, address, state,
    attempts_made, next_at, created_at, given_at, ended_at, replays_id, reason)
select gen_random_uuid(), sender_id, recipient_id, document_id, channel, endpoint_id, address, 'given', 0, next_at,
    created_at, placewatch_now(), placewatch_now(), id, 'Again' from notifications_delivery
"""
ANSWERED = "update notifications_climb set ended_at = placewatch_now(), next_at = null, ending = 'answered'"

# What was done before, how it is broken, and how many rows break it then.
BROKEN = {
    "I2 given twice": ("given", [AGAIN], 1),
    "I3 a number left out": ("sent", ["update notifications_delivery set attempts_made = 7"], 1),
    "I4 given without evidence": ("claimed", [GIVEN], 1),
    "I5 a lease that never ends": (
        "claimed",
        ["update notifications_delivery set leased_until = clock_timestamp() - interval '1 hour'"],
        1,
    ),
    "I6 an end that nobody wrote down": ("claimed", [GIVEN], 1),
    "I6 a line about nothing": (
        "given",
        ["update notifications_delivery set state = 'queued', given_at = null, ended_at = null"],
        1,
    ),
    "I6 one too many and one too few": (
        "given",
        ["update audit_logentry set subject_ids = array[gen_random_uuid()] where operation = 'documents.compose'"],
        2,
    ),
    "I7 past its time": ("sent", ["update notifications_delivery set next_at = next_at - interval '1 hour'"], 1),
    "I8 changed after its end": ("given", ["update notifications_delivery set attempts_made = 2"], 1),
    "I8 a replay of what was given": ("given", [AGAIN], 1),
    "I10 never followed up": ("sent", ["delete from notifications_climb"], 1),
    "I10 followed up too late": (
        "sent",
        ["update notifications_climb set next_at = placewatch_now() - interval '1 hour'"],
        1,
    ),
    "I10 a step that nobody took": ("sent", ["update notifications_climb set taken = 1"], 1),
    "I10 ended without an answer": ("sent", [ANSWERED], 1),
    "I10 nobody has the last task": ("climbed", ["update duties_duty set key = id::text"], 1),
    "what could not be delivered is nobody's task": ("sent", [DEAD], 1),
}


@pytest.fixture
def past_every_guard(committing):
    """A connection that sees and changes what the service's roles may not, as the harness's superuser sees it."""
    with connections["owner"].cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"alter table {table} no force row level security; alter table {table} disable trigger user")
        yield cursor.connection


def bring_to(stage: str, post, worker) -> None:
    post.send(subject_id=scene.subject(SEED, 0))
    with worker():
        match stage:
            case "claimed":
                outbox.claim(1)
            case "given":
                delivery.deliver_due()
            case "climbed":
                clock.set_to(clock.now().replace(year=2027))
                climbing.climb_due()


@pytest.mark.parametrize("name", BROKEN)
def test_an_invariant_that_is_broken_is_seen(post, worker, past_every_guard, name):
    stage, statements, many = BROKEN[name]
    bring_to(stage, post, worker)
    [asked] = [one for what, one in invariants.IN_THE_DATABASE.items() if first_word(what) == first_word(name)]
    assert past_every_guard.execute(asked).fetchone()[0] == 0
    for statement in statements:
        past_every_guard.execute(statement)
    assert past_every_guard.execute(asked).fetchone()[0] == many


def test_every_invariant_is_broken_here():
    assert {first_word(what) for what in invariants.IN_THE_DATABASE} == {first_word(name) for name in BROKEN}


def first_word(name: str) -> str:
    return name.split()[0]


@pytest.fixture
def judged(post, worker, past_every_guard, tmp_path):
    """What a storm of so many notices would say; its one notice was given, and the partner's record tells of it."""
    bring_to("given", post, worker)
    [(sent, notice)] = past_every_guard.execute("select id, document_id from notifications_delivery").fetchall()
    record = Record(tmp_path / "partner.sqlite")

    def take(document_id: str, message: str) -> None:
        record.write(partner.KEEP, [document_id, message, 1, True, "200"])

    def judge(notices: int = 1) -> invariants.Verdict:
        return invariants.judge(past_every_guard, tmp_path, seed=SEED, notices=notices)

    return SimpleNamespace(judge=judge, take=take, record=record, notice=str(notice), sent=str(sent))


def test_a_storm_in_which_all_went_well_holds(judged):
    judged.take(judged.notice, judged.sent)
    assert judged.judge().holds, json.dumps(judged.judge().broken)


def test_what_the_receiver_never_had_is_lost(judged):
    assert (judged.judge().lost, judged.judge().duplicates) == (1, 0)


def test_what_the_receiver_had_under_two_ids_is_a_duplicate_and_the_unknown_one_too(judged):
    judged.take(judged.notice, judged.sent)
    judged.take(judged.notice, "nobody-sent-this")
    assert (judged.judge().lost, judged.judge().duplicates) == (0, 2)


def test_what_comes_twice_under_one_id_is_no_duplicate_and_is_counted(judged):
    for _ in range(2):
        judged.take(judged.notice, judged.sent)
    assert (judged.judge().duplicates, judged.judge().raw_repeats, judged.judge().holds) == (0, 1, True)


def test_what_was_never_written_is_lost(judged):
    judged.take(judged.notice, judged.sent)
    assert judged.judge(notices=2).lost == 1


def test_a_notice_without_its_envelope_is_seen(judged, past_every_guard):
    judged.take(judged.notice, judged.sent)
    past_every_guard.execute("delete from notifications_attempt; delete from notifications_delivery")
    assert any(line.startswith("I1 each notice has the envelopes") for line in judged.judge().broken)


def test_a_notice_that_was_written_twice_is_seen(judged, past_every_guard, post):
    judged.take(judged.notice, judged.sent)
    again = post.send()
    past_every_guard.execute("drop index document_composed_once")
    past_every_guard.execute(
        "update notifications_document set subject_id = %s where id = %s", [scene.subject(SEED, 0), again.id]
    )
    assert any(line.startswith("I1 each notice is written once") for line in judged.judge().broken)


def test_a_refusal_for_a_signature_is_seen(judged):
    judged.take(judged.notice, judged.sent)
    judged.record.write("insert into refused (why) values (?)", ["no matching signature"])
    assert judged.judge().broken == ("a receiver refused 1: no matching signature",)


def test_what_never_ended_is_stuck(post, worker, past_every_guard):
    bring_to("sent", post, worker)
    assert past_every_guard.execute(invariants.STUCK).fetchone()[0] == 1
