"""Somebody without an account: a link that says nothing, a code told on a number on file, a typed name and post."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.acting import acting_for, operator
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from duties.actions import raise_duties
from duties.models import Basis, Duty
from duties.owed import Owed
from notifications import documents
from notifications.exceptions import AnsweredAlready, NotTheLatest, NotYet, NumberNotOnFile, RecalledAlready, WhoMissing
from notifications.guests import guests, outside_answers
from notifications.models import Contact, Document, DocumentFact, GuestDoor, GuestLink
from tests.factories import NOON, ROTHERHAM, SHEFFIELD, acting, authority, person

pytestmark = pytest.mark.django_db
SWITCHBOARD = "01632 960400"
CANARY = "CANARY-KAYLA"
Outcome = guests.Outcome


@pytest.fixture
def hari(db):
    return person(ROTHERHAM, name="Hari Lal")


@pytest.fixture
def on_file(db):
    theirs = authority(SHEFFIELD).id
    with acting_for(operator(theirs), "test"):
        return Contact.objects.create(
            authority_id=theirs,
            purpose=Contact.Purpose.PLACEMENT_NOTICES,
            email="ooa@dunmere-old.example",
            telephone=SWITCHBOARD,
            starts_on=date(2025, 2, 3),
            confirmed_on=date(2025, 2, 3),
            confirmed_by="R. Pell",
        )


@pytest.fixture
def notice(hari):
    return send(hari)


def send(hari, supersedes=None, **changes):
    with acting(hari):
        return documents.compose(
            sender_id=hari.authority_id,
            recipient_id=authority(SHEFFIELD).id,
            kind=Document.Kind.PLACEMENT_NOTICE,
            subject_id=supersedes.subject_id if supersedes else uuid4(),
            body={"given_name": CANARY} | changes,
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            supersedes=supersedes,
            by=hari.name,
            at=NOON,
        )


def invite(hari, notice, number=SWITCHBOARD, at=NOON):
    with acting(hari):
        return guests.invite(document_id=notice.id, number=number, by=hari, at=at)


def knock(hari, made, code, at=NOON):
    with acting(hari):
        return guests.knock(link_id=made.link.id, code=code, at=at)


def facts(hari, notice):
    with acting(hari):
        return list(DocumentFact.objects.filter(document=notice).order_by("at", "fact"))


def typed(client, token, code):
    return client.post(reverse("guest", args=[token]), {"code": code}, follow=True)


def test_the_page_shows_nothing_before_the_code_and_the_document_after_it(hari, on_file, notice):
    made = invite(hari, notice)
    client = Client()
    address = reverse("guest", args=[made.token])

    before = client.get(address).content.decode()
    after = typed(client, made.token, f" {made.code[:4].lower()} {made.code[4:]} ").content.decode()

    assert CANARY not in before
    assert notice.reference not in before
    assert "Rotherham" not in before
    assert CANARY in after


def test_who_knew_the_browsers_session_before_the_code_reads_nothing_with_it(hari, on_file, notice):
    made = invite(hari, notice)
    reader = Client()
    planted = reader.session
    planted["anything"] = 1
    planted.save()
    reader.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert CANARY in typed(reader, made.token, made.code).content.decode()
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert CANARY not in thief.get(reverse("guest", args=[made.token])).content.decode()


def test_neither_link_nor_code_is_kept(hari, on_file, notice):
    made = invite(hari, notice)

    with acting(hari):
        held = str(list(GuestLink.objects.values())) + str(list(GuestDoor.objects.values()))
        lines = str(list(LogEntry.objects.values()))
    for secret in (made.token, made.code):
        assert secret not in held
        assert secret not in lines


def test_a_typed_name_and_post_acknowledge_and_opening_alone_does_not(hari, on_file, notice):
    made = invite(hari, notice)
    client = Client()
    typed(client, made.token, made.code)
    assert [one.fact for one in facts(hari, notice)] == ["opened"]

    told = client.post(reverse("guest_read", args=[made.token]), {"person": "R. Pell", "post": "Duty"}, follow=True)

    assert "Whoever sent it sees that you have read it" in told.content.decode()
    said = facts(hari, notice)[-1]
    assert (said.fact, said.person, said.post, said.source) == ("acknowledged", "R. Pell", "Duty", "guest")


def test_nobody_acknowledges_without_the_code(hari, on_file, notice):
    made = invite(hari, notice)

    Client().post(reverse("guest_read", args=[made.token]), {"person": "R. Pell", "post": "Duty"})

    assert not facts(hari, notice)


@pytest.mark.parametrize(("person", "post"), [("", "Duty"), ("R. Pell", " ")])
def test_without_a_name_or_a_post_nobody_has_read_it(hari, on_file, notice, person, post):
    made = invite(hari, notice)
    with acting(hari), pytest.raises(WhoMissing):
        guests.acknowledge(link_id=made.link.id, person=person, post=post, at=NOON)


def test_five_wrong_codes_close_the_link_for_the_right_one_too_and_each_is_kept(hari, on_file, notice):
    made = invite(hari, notice)

    wrong = [knock(hari, made, "WRONG") for _ in range(5)]

    assert set(wrong) == {Outcome.WRONG_CODE}
    assert knock(hari, made, made.code) is Outcome.CLOSED
    with acting(hari):
        link = guests.of_document(notice.id)[0]
        assert (link.wrong_codes, link.closed_because) == (5, "Too many wrong codes")
        assert link.openings.count() == 6


def test_a_link_ends_by_itself_after_seven_days(hari, on_file, notice):
    made = invite(hari, notice)

    assert knock(hari, made, made.code, at=NOON + timedelta(days=7, seconds=-1)) is Outcome.OPENED
    assert knock(hari, made, made.code, at=NOON + timedelta(days=7)) is Outcome.CLOSED


def test_what_is_recalled_is_shown_no_more_to_whoever_had_opened_it(hari, on_file, notice):
    made = invite(hari, notice)
    client = Client()
    assert CANARY in typed(client, made.token, made.code).content.decode()

    with acting(hari):
        documents.recall(notice.id, sender_id=hari.authority_id, at=NOON)

    assert CANARY not in client.get(reverse("guest", args=[made.token])).content.decode()
    with pytest.raises(RecalledAlready):
        invite(hari, notice)


def test_a_newer_notice_closes_the_way_to_the_old_one(hari, on_file, notice):
    made = invite(hari, notice)
    send(hari, supersedes=notice)

    assert knock(hari, made, made.code) is Outcome.CLOSED
    with pytest.raises(NotTheLatest):
        invite(hari, notice)


def test_a_newer_link_closes_the_earlier_one(hari, on_file, notice):
    first = invite(hari, notice)
    second = invite(hari, notice)

    assert knock(hari, first, first.code) is Outcome.CLOSED
    assert knock(hari, second, second.code) is Outcome.OPENED


def test_one_link_opens_one_document(hari, on_file, notice):
    other = send(hari, given_name="CANARY-OTHER")
    made = invite(hari, notice)

    shown = typed(Client(), made.token, made.code).content.decode()

    assert "CANARY-OTHER" not in shown
    assert other.reference not in shown


def test_a_code_is_told_on_a_number_on_file_and_no_other(hari, on_file, notice):
    with pytest.raises(NumberNotOnFile, match="not on file"):
        invite(hari, notice, number="01632 960999")


def test_giving_it_so_meets_the_task_that_a_failed_delivery_left(hari, on_file, notice):
    owed = Owed(
        key=f"notice_not_delivered:{notice.id}",
        kind="notice_not_delivered",
        title="Tell them another way",
        basis=Basis.PRACTICE,
        citation="Practice",
        subject_kind="document",
        subject_id=notice.id,
        subject_reference=notice.reference,
    )
    with acting(hari):
        raise_duties([owed], authority_id=hari.authority_id, by="Placewatch", at=NOON)

    invite(hari, notice)

    with acting(hari):
        duty = Duty.objects.get(kind="notice_not_delivered")
    assert duty.evidence == f"Given by one-time link, code told to {SWITCHBOARD}."


def test_an_unknown_link_leads_nowhere_and_says_so(db):
    told = Client().get(reverse("guest", args=["nothing"])).content.decode()

    assert "This link leads nowhere" in told


def test_an_inspector_makes_no_link(on_file, notice):
    inspector = person(role=Role.INSPECTOR)
    with acting(inspector), pytest.raises(NotPermitted):
        guests.invite(document_id=notice.id, number=SWITCHBOARD, by=inspector, at=NOON)


def test_the_recipient_sees_no_link(hari, on_file, notice):
    invite(hari, notice)
    theirs = person(SHEFFIELD)

    with acting(theirs):
        assert not GuestLink.objects.exists()


SAID = {"person": "R. Pell", "post": "Notifications", "telephone": SWITCHBOARD, "said_at": NOON}


def key(hari, notice, at=NOON + timedelta(hours=1), **changes):
    with acting(hari):
        return outside_answers.key_acknowledgement(document_id=notice.id, **(SAID | changes), by=hari, at=at)


def test_what_was_said_by_telephone_counts_and_is_shown_as_such(hari, notice):
    key(hari, notice)

    [said] = facts(hari, notice)
    assert (said.fact, said.person, said.source, said.telephone) == (
        "acknowledged",
        "R. Pell",
        "telephone",
        SWITCHBOARD,
    )
    assert (said.at, said.keyed_by, said.keyed_at) == (NOON, "Hari Lal", NOON + timedelta(hours=1))


@pytest.mark.parametrize("said_at", [NOON - timedelta(minutes=1), NOON + timedelta(hours=2)], ids=["before", "to come"])
def test_a_call_before_the_notice_or_still_to_come_is_refused(hari, notice, said_at):
    with pytest.raises(NotYet):
        key(hari, notice, said_at=said_at)


def test_without_person_post_or_number_nothing_is_keyed(hari, notice):
    for name in ("person", "post", "telephone"):
        with pytest.raises(WhoMissing):
            key(hari, notice, **{name: " "})


def test_it_is_acknowledged_once(hari, notice):
    key(hari, notice)
    with pytest.raises(AnsweredAlready, match="by R"):
        key(hari, notice)
