"""Does verify_audit find any change, deletion, swap or cut of the log-book? Done as the owner, with the guards disabled."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections

from accounts.acting import acting_for, operator
from audit import log, seal
from audit.verify import verify
from tests import databases, factories

LINES = 6


@pytest.fixture
def log_book(committing):
    """Six sealed lines of Rotherham's and two of Sheffield's."""
    for code, lines in ((factories.ROTHERHAM, LINES), (factories.SHEFFIELD, 2)):
        with acting_for(operator(factories.authority(code).id), "test"):
            for number in range(lines):
                log.record(operation="test.read", subject_kind="child", detail={"number": number})
    seal_everything()


def seal_everything() -> None:
    with databases.as_role("WORKER_DATABASE_URL"):
        while seal.seal():
            pass


def tamper(*statements: str) -> None:
    """As the owner, with triggers and row-level security out of the way, as somebody with the keys would."""
    tables = ("audit_logentry", "audit_seal", "audit_head", "audit_unsealed")
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
            cursor.execute(f"alter table {table} disable row level security")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount != 0, statement
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")
        cursor.execute("alter table audit_logentry enable row level security")


def test_a_log_book_that_nobody_touched_is_whole(log_book):
    report = verify()

    assert report.findings == []
    assert (report.rows, report.chains) == (LINES + 2, 2)


CHANGES = {
    "a changed operation": ["update audit_logentry set operation = 'test.nothing' where id = 3"],
    "a changed time": ["update audit_logentry set at = at + interval '1 second' where id = 3"],
    "a changed detail": ["""update audit_logentry set detail = '{"number": 9}' where id = 3"""],
    "another person": ["update audit_logentry set person_id = gen_random_uuid() where id = 3"],
    "other subjects": ["update audit_logentry set subject_ids = array[gen_random_uuid()] where id = 3"],
    "another outcome": ["update audit_logentry set outcome = 'refused' where id = 3"],
    "a change with its digest made anew": [
        "update audit_logentry set operation = 'test.nothing' where id = 3",
        "update audit_logentry entry set digest = log_digest(entry) where id = 3",
    ],
    "another authority": [
        "update audit_logentry set authority_id = (select authority_id from audit_logentry where id = 8) where id = 3"
    ],
    "a deleted row": ["delete from audit_logentry where id = 3"],
    "a deleted row with its seal": [
        "delete from audit_logentry where id = 3",
        "delete from audit_seal where entry_id = 3",
    ],
    "two rows whose seals were swapped": [
        "update audit_seal set entry_id = -1 where entry_id = 3",
        "update audit_seal set entry_id = 3 where entry_id = 4",
        "update audit_seal set entry_id = 4 where entry_id = -1",
    ],
    "two rows whose words were swapped": [
        "update audit_logentry entry set detail = other.detail from audit_logentry other"
        " where entry.id in (3, 4) and other.id = 7 - entry.id"
    ],
    "a tail that was cut": [
        "delete from audit_logentry where id in (5, 6)",
        "delete from audit_seal where entry_id in (5, 6)",
    ],
    "a chain that was taken away": [
        "delete from audit_seal where chain = (select authority_id from audit_logentry where id = 1)",
    ],
    "a sealed row that left the queue unsealed": [
        "delete from audit_seal where entry_id = 6",
        "update audit_head set position = 5, hash = (select hash from audit_seal where entry_id = 5)"
        " where chain = (select authority_id from audit_logentry where id = 1)",
        "update audit_logentry set written_at = written_at - interval '2 minutes' where id = 6",
    ],
}


@pytest.mark.parametrize("statements", CHANGES.values(), ids=CHANGES.keys())
def test_tampering_is_found(log_book, statements):
    tamper(*statements)

    assert verify().findings


def test_a_tail_cut_off_with_its_head_is_found_by_the_checkpoint_file(log_book):
    seal.write_checkpoint()
    tamper(
        "delete from audit_logentry where id in (5, 6)",
        "delete from audit_seal where entry_id in (5, 6)",
        "update audit_head set position = 4, hash = (select hash from audit_seal where entry_id = 4)"
        " where chain = (select authority_id from audit_logentry where id = 1)",
    )

    findings = verify().findings

    assert any("checkpoint file" in finding for finding in findings)


def test_the_whole_log_rewritten_with_new_hashes_is_found_by_the_checkpoint_file(log_book):
    seal.write_checkpoint()
    tamper(
        "update audit_logentry set operation = 'test.nothing' where id = 3",
        "update audit_logentry entry set digest = log_digest(entry) where id = 3",
        "delete from audit_seal",
        "delete from audit_head",
        "insert into audit_unsealed (entry_id) select id from audit_logentry",
    )
    seal_everything()

    findings = verify().findings

    assert findings
    assert all("checkpoint file" in finding for finding in findings)


def test_a_row_that_waits_for_its_seal_for_more_than_a_minute_is_named(log_book):
    with acting_for(operator(factories.authority(factories.ROTHERHAM).id), "test"):
        log.record(operation="test.late")
    assert verify().findings == []
    tamper("update audit_logentry set written_at = written_at - interval '61 seconds' where operation = 'test.late'")

    assert any("unsealed for more than 60 seconds" in finding for finding in verify().findings)


def test_one_authority_s_chain_can_be_verified_alone(log_book):
    tamper("update audit_logentry set operation = 'test.nothing' where id = 8")

    assert verify(chain=factories.authority(factories.ROTHERHAM).id).findings == []
    assert verify(chain=factories.authority(factories.SHEFFIELD).id).findings


def test_the_command_names_the_findings_and_fails(log_book):
    clean, broken = StringIO(), StringIO()
    call_command("verify_audit", stdout=clean)
    tamper("update audit_logentry set operation = 'test.nothing' where id = 3")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=broken)

    assert "whole" in clean.getvalue()
    assert ended.value.code == 1
    assert "was changed" in broken.getvalue()


def test_the_service_can_neither_change_nor_empty_the_log_book(log_book):
    for role in ("DATABASE_URL", "WORKER_DATABASE_URL"):
        for statement in (
            "update audit_logentry set operation = 'x'",
            "delete from audit_logentry",
            "truncate audit_logentry",
            "delete from audit_seal",
            "update audit_head set position = 0",
        ):
            with databases.as_role(role), pytest.raises(ProgrammingError, match="permission denied"):
                connection.cursor().execute(statement)
