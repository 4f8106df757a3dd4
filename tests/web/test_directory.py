"""The directory on the pages: who can be reached, a call back by a second person, a file, a drill."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.acting import acting_for, operator
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Contact, ContactChange
from tests import factories
from tests.web.browser import at_leeds, at_rotherham, day, signed_in, words

NUMBER = "01632 960400"
HEAD = "gss_code,role,email,telephone,last_confirmed\n"


@pytest.fixture
def leeds(db):
    theirs = factories.authority(factories.LEEDS)
    with acting_for(operator(theirs.id), "test"):
        Contact.objects.create(
            authority_id=theirs.id,
            purpose="placement_notices",
            email="old@leeds.example",
            telephone=NUMBER,
            starts_on=date(2025, 2, 3),
            confirmed_on=date(2025, 2, 3),
            confirmed_by="R. Pell",
        )
    return theirs


def written_down(browser, leeds):
    said = {"purpose": "placement_notices", "channel": "email", "email": "new@leeds.example", "said_by": "R. Pell"}
    return browser.post(reverse("change_contact", args=[leeds.id]), said, follow=True)


def test_the_board_says_what_is_on_file_how_old_it_is_and_where_nothing_is(leeds):
    _, browser = at_rotherham()

    said = words(browser.get(reverse("readiness"), {"name": "Leeds"}))

    assert "Confirmed 3 February 2025 Not confirmed for six months" in said
    assert "No contact on file" in said
    assert "None yet" in said


def test_a_new_address_is_written_down_and_confirmed_by_somebody_else_who_rang(leeds):
    _, hari = at_rotherham()
    assert "Somebody else now rings a number on file" in words(written_down(hari, leeds))
    ewan = signed_in(factories.person(role=Role.NOMINATED_OFFICER, name="Ewan Pike"))
    with factories.acting(factories.person()):
        change = ContactChange.objects.get()
    address = reverse("confirm_contact_change", args=[change.id])
    answers = {"number_rung": NUMBER, "spoke_to": "R. Pell"}

    refused, done = hari.post(address, answers), ewan.post(address, answers, follow=True)

    assert refused.status_code == 422
    assert "somebody else has to ring" in words(refused)
    assert "new@leeds.example" in words(done)
    assert "We rang" in words(done)


def test_the_task_says_openly_whom_to_ring_and_leads_to_the_authority(leeds):
    actor, hari = at_rotherham()
    written_down(hari, leeds)
    with factories.acting(actor):
        duty = Duty.objects.get(kind="confirm_contact_change")

    opened = hari.get(reverse("duty", args=[duty.id])).content.decode()

    assert f"On file: {NUMBER}." in opened
    assert "How this was counted" not in opened
    assert reverse("directory_of", args=[leeds.id]) in opened


def test_a_new_address_from_a_day_ahead_stands_beside_the_one_that_is_used_now(leeds):
    _, hari = at_rotherham()
    said = {"purpose": "placement_notices", "channel": "telephone", "telephone": "01632 960499", "said_by": "R. Pell"}
    ahead = day("starts_on", 4, 1, 2027)
    hari.post(reverse("change_contact", args=[leeds.id]), said | ahead)
    ewan = signed_in(factories.person(role=Role.NOMINATED_OFFICER, name="Ewan Pike"))
    with factories.acting(factories.person()):
        change = ContactChange.objects.get()
    address = reverse("confirm_contact_change", args=[change.id])
    assert "01632 960499, from 4 January 2027, said by R. Pell" in words(ewan.get(address))
    assert f"{NUMBER}: Placement notices" in words(ewan.get(address))

    done = words(ewan.post(address, {"number_rung": NUMBER, "spoke_to": "R. Pell"}, follow=True))

    assert "From Monday 4 January 2027 Leeds is reached there." in done
    assert "Placement notices Used now old@leeds.example" in done
    assert "01632 960499 Telephone From 4 January 2027" in done


def test_where_no_number_is_on_file_the_page_says_what_to_do_instead_of_asking(leeds):
    _, hari = at_rotherham()
    written_down(hari, leeds)
    with acting_for(operator(leeds.id), "test"):
        Contact.objects.update(telephone="")
    ewan = signed_in(factories.person(role=Role.NOMINATED_OFFICER, name="Ewan Pike"))
    with factories.acting(factories.person()):
        change = ContactChange.objects.get()

    said = words(ewan.get(reverse("confirm_contact_change", args=[change.id])))

    assert "No number of this authority is on file" in said
    assert "Who there said it to you?" not in said


def test_a_change_is_withdrawn(leeds):
    _, hari = at_rotherham()
    written_down(hari, leeds)
    with factories.acting(factories.person()):
        change = ContactChange.objects.get()

    said = hari.post(reverse("withdraw_contact_change", args=[change.id]), follow=True)

    assert "It is withdrawn" in words(said)
    assert "None waits." in words(said)


def test_an_entry_is_confirmed_today(leeds):
    _, hari = at_rotherham()
    with factories.acting(factories.person()):
        contact = Contact.objects.get()

    said = hari.post(reverse("still_right", args=[contact.id]), {"spoke_to": "The desk"}, follow=True)

    assert "1 December 2026, The desk; asked by Priya Nair" in words(said)


def test_a_file_is_shown_first_and_its_bad_rows_are_left_out_only_when_told(leeds):
    _, manager = at_rotherham(Role.MANAGER)
    text = f"{HEAD}E99,duty_desk,a@b.example,,2026-01-01\nE08000039,duty_desk,desk@sheffield.example,,2026-01-01\n"

    shown = manager.post(reverse("import_contacts"), {"file": SimpleUploadedFile("contacts.csv", text.encode())})

    said = words(shown)
    assert "Nothing has been taken in yet. 1 row cannot be read: put it right" in said
    assert "2 E99 is no authority that we know." in said
    assert "3 Sheffield Duty desk" in said
    refused = manager.post(reverse("take_in_contacts"), {"csv": text})
    assert refused.status_code == 422
    assert "Nothing was taken in. Row 2: E99 is no authority that we know." in words(refused)

    done = manager.post(reverse("take_in_contacts"), {"csv": text, "leave_out_bad_rows": "on"}, follow=True)
    assert "1 new, 0 the same, 0 wait for a call back. Left out: 1 row that cannot be read." in words(done)


def test_a_whole_file_may_be_pasted_and_is_taken_in_as_it_was_shown(leeds):
    _, manager = at_rotherham(Role.MANAGER)
    shown = manager.post(reverse("import_contacts"), {"csv": f"{HEAD}E08000039,duty_desk,a@b.example,,2026-01-01\n"})
    assert "Leave out" not in words(shown)
    done = manager.post(reverse("take_in_contacts"), {"csv": shown.context["form"]["csv"].value()}, follow=True)
    assert "1 new" in words(done)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose a file, or paste its text: one of the two."),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfea\x00")}, "not written in UTF-8"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty."),
        ({"csv": "name,email\n"}, "lacks the columns"),
    ],
)
def test_what_is_no_file_of_contacts_is_said_so_at_once(sent, why, leeds):
    _, manager = at_rotherham(Role.MANAGER)
    assert why in words(manager.post(reverse("import_contacts"), sent))


def test_a_drill_is_sent_and_the_board_shows_who_answered_after_how_long(leeds):
    _, manager = at_rotherham(Role.MANAGER)
    address = reverse("drill") + "?name=Leeds"

    manager.post(address, {"authorities": [str(leeds.id)]})

    assert "No reply yet" in words(manager.get(reverse("readiness"), {"name": "Leeds"}))
    _, nadia = at_leeds()
    inbox = words(nadia.get("/inbox/"))
    assert "Fire drill, about no child" in inbox


def test_every_role_reads_the_board_and_only_some_send_a_drill(leeds):
    _, auditor = at_rotherham(Role.AUDITOR)

    assert auditor.get(reverse("readiness")).status_code == 200
    assert auditor.get(reverse("drill")).status_code == 403
