"""Does a notice say what it may say, once, and does only a person answer it?"""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection

from accounts.acting import Actor, acting_for, operator
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from db.clock import now
from geo.areas import authority_by_code
from notifications import documents
from notifications.exceptions import (
    AnsweredAlready,
    BodyFieldNotKnown,
    ComposedAlready,
    NotAddressedToYou,
    NotAPerson,
    NotTheLatest,
    NotTheSameMatter,
    NotTheSender,
    RecalledAlready,
    WordsMissing,
)
from notifications.models import Document, DocumentFact
from notifications.states import DocumentState, state_of
from tests.notifications.post import BODY, compose, host_officer, person, placement_officer, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotherham():
    return authority_by_code("E08000018").id


@pytest.fixture
def sheffield():
    return authority_by_code("E08000039").id


@pytest.fixture
def leeds():
    return authority_by_code("E08000035").id


@pytest.fixture
def notice(rotherham, sheffield):
    with acting_for(placement_officer(rotherham), "test"):
        return compose(rotherham, sheffield)


def inbox_of(authority_id):
    with acting_for(host_officer(authority_id), "test"):
        return list(documents.received(authority_id))


def test_a_notice_stands_in_the_inbox_at_once(notice, sheffield, rotherham, leeds):
    [found] = inbox_of(sheffield)
    assert (found.id, found.body, state_of(found)) == (notice.id, BODY, DocumentState.COMPOSED)
    assert inbox_of(leeds) == inbox_of(rotherham) == []
    with acting_for(placement_officer(rotherham), "test"):
        assert [one.id for one in documents.sent(rotherham)] == [notice.id]


def test_a_reference_is_n_and_eight_letters_that_nobody_misreads(notice):
    assert re.fullmatch(r"N-[23456789BCDFGHJKMNPQRTVWXYZ]{8}", notice.reference)


def test_a_field_that_is_not_on_the_closed_list_is_refused(rotherham, sheffield):
    with acting_for(placement_officer(rotherham), "test"):
        with pytest.raises(BodyFieldNotKnown, match="has no field areas_of_concern, judgement") as refused:
            compose(rotherham, sheffield, body={**BODY, "judgement": "CANARY", "areas_of_concern": []})
        assert "CANARY" not in str(refused.value)
        assert not Document.objects.exists()


def test_the_same_matter_is_composed_once_and_then_superseded(notice, rotherham, sheffield):
    with acting_for(placement_officer(rotherham), "test"):
        with pytest.raises(ComposedAlready, match=notice.reference):
            compose(rotherham, sheffield, subject_id=notice.subject_id)
        fuller = compose(rotherham, sheffield, subject_id=notice.subject_id, supersedes=notice)
        with pytest.raises(NotTheLatest, match=notice.reference):
            compose(rotherham, sheffield, subject_id=notice.subject_id, supersedes=notice)
    newest, oldest = inbox_of(sheffield)
    assert (newest.id, state_of(newest)) == (fuller.id, DocumentState.COMPOSED)
    assert (oldest.id, state_of(oldest)) == (notice.id, DocumentState.SUPERSEDED)


def test_a_document_supersedes_only_one_of_the_same_matter_and_recipient(notice, rotherham, leeds, sheffield):
    with acting_for(placement_officer(rotherham), "test"):
        with pytest.raises(NotTheSameMatter):
            compose(rotherham, leeds, subject_id=notice.subject_id, supersedes=notice)
        with pytest.raises(NotTheSameMatter):
            compose(rotherham, sheffield, supersedes=notice)


def test_nobody_composes_in_anothers_name(rotherham, sheffield, leeds):
    with acting_for(placement_officer(leeds), "test"), pytest.raises(ProgrammingError, match="row-level security"):
        compose(rotherham, sheffield)


def test_a_person_of_the_recipient_opens_and_acknowledges(notice, rotherham, sheffield):
    nadia = host_officer(sheffield)
    at = now()
    with acting_for(nadia, "test"):
        documents.open_document(notice.id, actor=nadia, at=at)
        documents.open_document(notice.id, actor=nadia, at=at + timedelta(minutes=1))
        [found] = documents.received(sheffield)
        assert state_of(found) == DocumentState.OPENED
        fact = documents.acknowledge(notice.id, actor=nadia, post=" Notifications officer ", at=at)
    assert (fact.person, fact.post, fact.at) == ("Nadia Clarke", "Notifications officer", at)
    with acting_for(placement_officer(rotherham), "test"):
        [found] = documents.sent(rotherham)
        assert state_of(found) == DocumentState.ACKNOWLEDGED
        assert [(one.fact, one.person) for one in found.facts.all()] == [
            ("opened", "Nadia Clarke"),
            ("acknowledged", "Nadia Clarke"),
        ]


def test_received_is_a_fact_of_its_own_before_anybody_opened_it_and_is_kept_once(notice, rotherham, sheffield):
    nadia, owen, at = host_officer(sheffield), host_officer(sheffield, "Owen Birch"), now()
    for reader, later in ((nadia, 0), (owen, 5)):
        with acting_for(reader, "test"):
            listed = documents.received(sheffield)
            documents.note_received(listed, actor=reader, at=at + timedelta(minutes=later))
    with acting_for(placement_officer(rotherham), "test"):
        [found] = documents.sent(rotherham)
        assert state_of(found) == DocumentState.RECEIVED
        assert [(one.fact, one.person, one.at) for one in found.facts.all()] == [("received", "Nadia Clarke", at)]
    with acting_for(nadia, "test"):
        assert [one.id for one in documents.unread_first(sheffield) if one.is_waiting] == [notice.id]
        documents.open_document(notice.id, actor=nadia, at=at)
        [found] = documents.received(sheffield)
        assert state_of(found) == DocumentState.OPENED


def test_a_system_that_fetches_it_received_it_and_whoever_only_reads_did_not(notice, sheffield):
    auditor, case_system = person(sheffield, Role.AUDITOR), system(sheffield)
    for actor, facts in ((auditor, []), (case_system, ["Case system"])):
        with acting_for(actor, "test"):
            documents.note_received(documents.received(sheffield), actor=actor, at=now())
            [found] = documents.received(sheffield)
            assert [one.person for one in found.facts.all()] == facts


def test_a_document_is_acknowledged_once(notice, sheffield):
    first, second = host_officer(sheffield), host_officer(sheffield, "Owen Birch")
    with acting_for(first, "test"):
        documents.acknowledge(notice.id, actor=first, post="Officer", at=now())
    with acting_for(second, "test"), pytest.raises(AnsweredAlready, match="acknowledged already, by Nadia Clarke"):
        documents.acknowledge(notice.id, actor=second, post="Officer", at=now())
    assert DocumentFact.objects.count() == 0, "read without acting for anybody"


def test_a_dispute_says_what_is_wrong_and_is_made_once(notice, sheffield):
    nadia = host_officer(sheffield)
    with acting_for(nadia, "test"):
        with pytest.raises(WordsMissing):
            documents.dispute(notice.id, actor=nadia, post="", words="  ", at=now())
        documents.dispute(notice.id, actor=nadia, post="", words="This street is in Barnsley.", at=now())
        with pytest.raises(AnsweredAlready, match="disputed already"):
            documents.dispute(notice.id, actor=nadia, post="", words="Again", at=now())
        [found] = documents.received(sheffield)
        assert state_of(found) == DocumentState.DISPUTED


ANSWERS = [
    lambda id, actor: documents.open_document(id, actor=actor, at=now()),
    lambda id, actor: documents.acknowledge(id, actor=actor, post="", at=now()),
    lambda id, actor: documents.dispute(id, actor=actor, post="", words="No", at=now()),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_system_no_command_and_no_sender_answers(notice, rotherham, sheffield, answer):
    for actor, refusal in (
        (system(sheffield), NotAPerson),
        (operator(sheffield), NotAPerson),
        (placement_officer(rotherham), NotAddressedToYou),
        (person(rotherham, Role.HOST_OFFICER), NotAddressedToYou),
    ):
        with acting_for(actor, "test"), pytest.raises(refusal, match=notice.reference):
            answer(notice.id, actor)


@pytest.mark.parametrize("answer", ANSWERS)
def test_for_anybody_else_there_is_no_such_document(notice, leeds, sheffield, answer):
    stranger = host_officer(leeds)
    with acting_for(stranger, "test"), pytest.raises(Document.DoesNotExist):
        answer(notice.id, stranger)
    # The application's own wall: the database's is open here, the actor is still of Leeds.
    with acting_for(host_officer(sheffield), "test"), pytest.raises(Document.DoesNotExist):
        answer(notice.id, stranger)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_a_person_whose_role_does_not_receive_notices_does_not_acknowledge(notice, sheffield, role):
    actor = person(sheffield, role)
    with acting_for(actor, "test"), pytest.raises(NotPermitted, match="notifications officer"):
        documents.acknowledge(notice.id, actor=actor, post="", at=now())


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR])
def test_who_only_looks_leaves_a_line_in_the_log_and_no_fact_for_the_sender(notice, sheffield, role):
    actor = person(sheffield, role)
    with acting_for(actor, "test"):
        assert documents.open_document(notice.id, actor=actor, at=now()).id == notice.id
        assert not DocumentFact.objects.exists()
        assert LogEntry.objects.filter(operation="notices.received", subject_ids=[notice.id]).count() == 1


def test_its_sender_recalls_a_document_once(notice, rotherham, sheffield):
    nadia = host_officer(sheffield)
    with acting_for(nadia, "test"), pytest.raises(NotTheSender, match=notice.reference):
        documents.recall(notice.id, sender_id=sheffield, at=now())
    with acting_for(placement_officer(rotherham), "test"):
        documents.recall(notice.id, sender_id=rotherham, at=now())
        with pytest.raises(RecalledAlready):
            documents.recall(notice.id, sender_id=rotherham, at=now())
    assert [state_of(one) for one in inbox_of(sheffield)] == [DocumentState.RECALLED]


def test_reading_an_inbox_takes_the_same_queries_however_full_it_is(
    notice, rotherham, sheffield, django_assert_num_queries
):
    with acting_for(placement_officer(rotherham), "test"):
        for _ in range(4):
            compose(rotherham, sheffield)
    with acting_for(host_officer(sheffield), "test"), django_assert_num_queries(3):
        assert [state_of(one) for one in documents.received(sheffield)] == [DocumentState.COMPOSED] * 5


def test_what_nobody_has_opened_and_still_stands_comes_first(rotherham, sheffield):
    with acting_for(placement_officer(rotherham), "test"):
        waiting, opened, recalled, superseded = (
            compose(rotherham, sheffield, at=now() + timedelta(minutes=minutes)) for minutes in range(4)
        )
        documents.recall(recalled.id, sender_id=rotherham, at=now())
        newer = compose(
            rotherham,
            sheffield,
            subject_id=superseded.subject_id,
            supersedes=superseded,
            at=waiting.composed_at - timedelta(days=1),
        )
    nadia = host_officer(sheffield)
    with acting_for(nadia, "test"):
        documents.open_document(opened.id, actor=nadia, at=now())
        found = [(one.id, one.is_waiting) for one in documents.unread_first(sheffield)]
    assert found == [
        (waiting.id, True),
        (newer.id, True),
        (superseded.id, False),
        (recalled.id, False),
        (opened.id, False),
    ]


def test_every_step_leaves_a_line_in_the_log_book_with_ids_alone(notice, rotherham, sheffield):
    nadia = host_officer(sheffield)
    with acting_for(nadia, "test"):
        documents.open_document(notice.id, actor=nadia, at=now())
        documents.acknowledge(notice.id, actor=nadia, post="", at=now())
        theirs = list(LogEntry.objects.order_by("id").values_list("operation", "subject_ids", "person_id"))
    with acting_for(placement_officer(rotherham), "test"):
        [ours] = LogEntry.objects.filter(operation="documents.compose")
    assert theirs == [
        ("notices.received", [notice.id], nadia.person_id),
        ("notices.acknowledge", [notice.id], nadia.person_id),
    ]
    assert ours.subject_ids == [notice.id]
    assert ours.detail == {"recipient": str(sheffield), "envelopes": 0}


def test_an_actors_name_is_what_the_sender_learns_and_nothing_else(notice, sheffield, rotherham):
    nadia = Actor(authority_id=sheffield, role=Role.MANAGER, name="Nadia Clarke", person_id=uuid.uuid4())
    with acting_for(nadia, "test"):
        documents.acknowledge(notice.id, actor=nadia, post="Manager", at=now())
    with acting_for(placement_officer(rotherham), "test"), connection.cursor() as cursor:
        cursor.execute("select to_jsonb(fact)::text from notifications_documentfact fact")
        [(row,)] = cursor.fetchall()
    assert str(nadia.person_id) not in row
