"""Does a person of the host read, acknowledge and dispute a notice, and does its sender see who and when?"""

import pytest
from django.urls import reverse

from accounts.roles import Role
from notifications.documents import BODY_FIELDS, OF_LEAVING_CARE
from notifications.models import Document
from placements.models import Placement
from tests import factories
from tests.web.browser import at_leeds, at_rotherham, signed_in, words
from web.presenters.notice import FOR_SYSTEMS, LABELS


@pytest.fixture
def notice(db) -> Document:
    """A notice of Rotherham to Leeds about a planned move."""
    actor = factories.person()
    placement = factories.placement_at(Placement.Status.PROPOSED, actor)
    with factories.acting(actor):
        return Document.objects.get(subject_id=placement.id)


def received(notice: Document, name: str = "received_notice") -> str:
    return reverse(name, args=[notice.id])


def test_every_field_that_a_notice_may_tell_has_a_label():
    assert LABELS.keys().isdisjoint(FOR_SYSTEMS)
    told = [fields for kind, fields in BODY_FIELDS.items() if kind not in OF_LEAVING_CARE]
    assert LABELS.keys() | FOR_SYSTEMS == set().union(*told)


def test_unread_notice_stands_in_the_inbox_and_on_the_first_page(notice):
    _, host = at_leeds()

    for where in ("/inbox/", "/"):
        page = words(host.get(where))
        assert notice.reference in page
        assert "Not read yet" in page


def test_opening_is_a_fact_that_the_sender_sees(notice):
    _, host = at_leeds()

    host.get(received(notice))

    _, sender = at_rotherham()
    page = words(sender.get(reverse("sent_notice", args=[notice.id])))
    assert "Opened Nadia Clarke, Notifications officer" in page


def test_acknowledging_shows_name_and_post_to_the_sender(notice):
    _, host = at_leeds()

    response = host.post(received(notice, "acknowledge"), {"post": "Out-of-area officer"})

    assert response.url == received(notice)
    _, sender = at_rotherham()
    assert "Acknowledged Nadia Clarke, Out-of-area officer, Tuesday 1 December 2026, 12:00" in words(
        sender.get("/sent/")
    )


def test_acknowledging_needs_a_post(notice):
    _, host = at_leeds()

    page = host.post(received(notice, "acknowledge"), {"post": ""})

    assert page.status_code == 400
    assert "Enter your post, so that the sender knows who has read it." in words(page)


def test_second_acknowledgement_changes_nothing_and_says_who_was_first(notice):
    _, host = at_leeds()
    host.post(received(notice, "acknowledge"), {"post": "Officer"})

    page = host.post(received(notice, "acknowledge"), {"post": "Deputy"})

    assert page.status_code == 409
    assert "was acknowledged already, by Nadia Clarke." in words(page)


def test_dispute_carries_its_words_to_the_sender(notice):
    _, host = at_leeds()

    host.post(received(notice, "dispute"), {"post": "Officer", "words": "This street is not ours"})

    _, sender = at_rotherham()
    assert "This street is not ours" in words(sender.get(reverse("sent_notice", args=[notice.id])))


def test_unanswered_notice_is_never_called_late(notice):
    _, sender = at_rotherham()

    page = words(sender.get("/sent/"))

    assert "No reply yet" in page
    assert "Late" not in page


def test_recipient_reads_the_document_and_nothing_of_the_register(notice):
    _, host = at_leeds()

    page = words(host.get(received(notice)))

    assert "Kayla" in page
    assert "3 Invented Road" in page
    assert host.get(reverse("placement", args=[notice.subject_id])).status_code in (403, 404)


def test_recipient_of_a_recalled_notice_reads_that_it_was_taken_back_and_nothing_of_the_child(db):
    actor = factories.person()
    placement = factories.placement_at(Placement.Status.WITHDRAWN, actor)
    with factories.acting(actor):
        recalled = Document.objects.get(subject_id=placement.id, kind=Document.Kind.PLACEMENT_NOTICE)
    _, host = at_leeds()

    page = words(host.get(received(recalled)))

    assert "Recalled" in page
    assert "Its sender has taken this notice back" in page
    assert "Kayla" not in page
    assert "Invented Road" not in page
    assert "Kayla" in words(signed_in(actor).get(reverse("sent_notice", args=[recalled.id])))


def test_neither_sender_nor_third_finds_it_in_an_inbox(notice):
    _, sender = at_rotherham(Role.DUTY_DESK)
    third = signed_in(factories.person(factories.SHEFFIELD, Role.HOST_OFFICER))

    assert third.get(received(notice)).status_code == 404
    assert notice.reference not in words(third.get("/inbox/"))
    assert sender.get(received(notice)).status_code in (404, 422)
    assert notice.reference not in words(sender.get("/inbox/"))


def test_auditor_reads_without_leaving_a_fact(notice):
    _, auditor = at_leeds(Role.AUDITOR)

    page = words(auditor.get(received(notice)))

    assert "Opened" not in page
    assert "Acknowledge" not in page
