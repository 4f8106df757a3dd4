"""Does an emergency move take five answers, and say who signs, whom to ring and by when before anything is saved?"""

from datetime import UTC, date, datetime

import pytest

from accounts.acting import acting_for, operator
from accounts.models import Draft, User
from accounts.roles import Role
from audit.models import LogEntry
from db import clock
from duties.models import Duty
from notifications.models import Contact, Document
from placements.actions.placements import end
from placements.models import Approval, Child, Placement, Screening
from tests import factories
from tests.factories import PlaceTo, placement_at
from tests.web.browser import at_leeds, at_rotherham, day, signed_in, title, words
from tests.web.test_sign_in import add_membership

pytestmark = pytest.mark.usefixtures("committing")
FORM, CHECK = "/emergency/", "/emergency/check/"
KAYLA = {
    "who": "kayla",
    "line": "CANARY-LARCH",
    "postcode": "ls1 8ed",
    "kind": "childrens_home",
    "when": "tonight",
    "why_not_wait": "Nowhere else tonight.",
}


def add_contact(code: str, purpose: Contact.Purpose, telephone: str) -> None:
    owner = factories.authority(code).id
    with acting_for(operator(owner), "test"):
        Contact.objects.create(
            authority_id=owner,
            purpose=purpose,
            telephone=telephone,
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 1, 1),
            confirmed_by="Priya Nair",
        )


@pytest.fixture
def jo():
    """Jo Fenn, out of hours, at a browser at 22:00 on Thursday 17 December 2026; Kayla is in the register."""
    actor, browser = at_rotherham(Role.DUTY_DESK)
    factories.person(role=Role.DIRECTOR, name="Dr Helen Marsh")
    add_contact(factories.ROTHERHAM, Contact.Purpose.DIRECTOR, "01632 960103")
    add_contact(factories.LEEDS, Contact.Purpose.OUT_OF_HOURS, "01632 960301")
    kayla = factories.child(actor)
    placement_at(Placement.Status.STARTED, actor, of=kayla, place=PlaceTo.IN_AREA)
    clock.set_to(datetime(2026, 12, 17, 22, 0, tzinfo=UTC))
    return actor, browser


def rows_of(actor, model) -> list:
    with factories.acting(actor):
        return list(model.objects.filter(authority_id=actor.authority_id))


def test_five_answers_tell_who_signs_whom_to_ring_and_by_when_before_anything_is_saved(jo):
    actor, browser = jo
    before = len(rows_of(actor, Duty))

    assert browser.post(FORM, KAYLA).url == CHECK
    page = words(browser.get(CHECK))

    assert "Nothing is saved yet, and nobody has been told." in page
    assert "Out of area and at a distance" in page
    assert "The director of children's services must approve before the child is placed, in an emergency too." in page
    assert "26.3 miles from home: over 20 miles (a statistic; it decides nothing)." in page
    assert "Director of children's services: 01632 960103" in page
    assert "Dr Helen Marsh" in page
    assert "Out of hours: 01632 960301" in page
    assert "This does not hold up the move." in page
    assert len(rows_of(actor, Placement)) == 1
    assert len(rows_of(actor, Duty)) == before
    assert rows_of(actor, Approval) == []
    with factories.acting(actor):
        assert not Document.objects.exists()


def test_no_code_of_the_return_no_judgement_and_no_upload_is_asked(jo):
    _, browser = jo

    page = browser.get(FORM).content.decode()

    assert "place_code" not in page
    assert "SSDA903" not in page
    assert 'type="file"' not in page
    assert "judgement" not in page.lower()


@pytest.mark.parametrize(
    "said",
    [
        "Thursday 24 December 2026",  # five working days of an approval, and of an arrival, on Thursday 17 December
        "Tuesday 29 December 2026",  # of an arrival after midnight: Christmas Day and the substitute are skipped
        "Fri 25 December 2026, Christmas Day",
        "Mon 28 December 2026, Boxing Day (substitute day)",
        "Friday 25 December 2026",  # the first visit: a week is a week
        "A judgement is owed by Thursday 24 December 2026, or Tuesday 29 December 2026 (our own rule).",
    ],
)
def test_check_page_counts_both_sides_of_midnight(jo, said):
    _, browser = jo
    browser.post(FORM, KAYLA)

    assert said in words(browser.get(CHECK))


def test_saving_registers_the_move_asks_the_director_and_tells_nobody_yet(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA)

    saved = browser.post(CHECK)

    with factories.acting(actor):
        move = Placement.objects.get(status="proposed")
        assert saved.url == f"/placements/{move.id}/"
        assert (move.is_emergency, move.place_code, move.why_not_wait) == (True, "K2", "Nowhere else tonight.")
        assert Approval.objects.get(placement=move).grade == "director"
        assert not Document.objects.filter(subject_id=move.id).exists()
        assert not Draft.objects.exists()


def test_draft_is_as_she_left_it_after_signing_out_and_in_again(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA)
    browser.post("/sign-out/")

    again = signed_in(actor)

    assert "You were in the middle of an emergency move" in words(again.get("/"))
    assert 'value="CANARY-LARCH"' in again.get(FORM).content.decode()
    assert again.get(CHECK).status_code == 200
    with factories.acting(actor):
        assert b"CANARY" not in bytes(Draft.objects.get().sealed)


def test_half_an_answer_is_kept_too(jo):
    _, browser = jo

    refused = browser.post(FORM, KAYLA | {"why_not_wait": ""})

    assert refused.status_code == 400
    assert 'value="CANARY-LARCH"' in browser.get(FORM).content.decode()


def test_jo_acting_for_the_other_authority_finds_no_kayla_and_no_draft(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA)
    leeds = add_membership(actor, factories.LEEDS, Role.DUTY_DESK)
    browser.post("/choose-authority/", {"membership": leeds.id})

    assert "in the middle of" not in words(browser.get("/"))
    assert "CANARY" not in browser.get(FORM).content.decode()
    assert browser.get(CHECK).url == FORM
    found = browser.post(FORM, {"who": "kayla"})
    assert "Brent" not in words(found)
    assert "This child is not in the register." in words(found)
    browser.post("/children/", {"words": "kayla"})
    assert "Brent" not in words(browser.get("/children/"))


def test_somebody_elses_draft_is_not_seen(jo):
    _, browser = jo
    browser.post(FORM, KAYLA)

    _, colleague = at_rotherham(Role.DUTY_DESK)

    assert "CANARY" not in colleague.get(FORM).content.decode()


def test_several_children_of_a_name_are_offered(jo):
    actor, browser = jo
    other = factories.child(actor, family_name="Lund")

    asked = browser.post(FORM, KAYLA)
    chosen = browser.post(FORM, KAYLA | {"child": other.id})

    assert "Which child is it?" in words(asked)
    assert chosen.url == CHECK
    assert "Kayla Lund" in words(browser.get(CHECK))


def test_child_who_is_not_in_the_register_is_recordable(jo):
    actor, browser = jo

    asked = browser.post(FORM, KAYLA | {"who": "Sami Noor"})
    browser.post(FORM, KAYLA | {"who": "Sami Noor", "about_age": "16"})
    browser.post(CHECK)

    assert "Give about how old the child is" in words(asked)
    with factories.acting(actor):
        sami = Child.objects.get(given_name="Sami")
        assert sami.family_name == "Noor"
        assert sami.reference.startswith("PROVISIONAL-")
        assert (sami.born_on, sami.is_born_on_estimated) == (date(2010, 12, 17), True)
        assert Placement.objects.filter(child=sami, is_emergency=True).count() == 1
        assert Duty.objects.get(kind="identify_child").subject_id == sami.id


def test_nothing_of_an_unknown_child_is_kept_before_the_check_page_is_sent(jo):
    actor, browser = jo

    browser.post(FORM, KAYLA | {"who": "Sami Noor", "about_age": "16"})
    browser.get(CHECK)

    with factories.acting(actor):
        assert not Child.objects.filter(given_name="Sami").exists()


def test_unknown_postcode_is_recordable(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA | {"postcode": "", "line": "a friend in Leeds", "kind": "somewhere_else"})

    page = words(browser.get(CHECK))
    browser.post(CHECK)

    assert "Who must approve cannot be told until the place is known" in page
    with factories.acting(actor):
        assert Placement.objects.filter(status="proposed").count() == 1
        assert Duty.objects.filter(kind="find_the_place").exists()


def test_director_who_cannot_be_reached_holds_up_no_child(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA)
    assert "The child’s bed does not wait" in words(browser.get(CHECK))
    browser.post(CHECK)
    with factories.acting(actor):
        move = Placement.objects.get(status="proposed")

    browser.post(
        f"/placements/{move.id}/start/",
        {
            **day("on", 17, 12, 2026),
            "at_time": "21:30",
            "version": move.version,
            "breach_reason": "Dr Marsh and her deputy were rung at 20:40 and 21:05; nobody answered.",
        },
    )

    with factories.acting(actor):
        move.refresh_from_db()
        assert move.status == "started"
        assert "nobody answered" in move.breach_reason


def test_child_who_is_there_already_is_recorded_with_the_time_and_the_host_is_told(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA | {"when": "there", **day("arrived_on", 17, 12, 2026), "arrived_at_time": "21:40"})
    browser.post(CHECK)

    with factories.acting(actor):
        move = Placement.objects.get(is_emergency=True)
        assert move.status == "started"
        assert move.started_at.isoformat() == "2026-12-17T21:40:00+00:00"
        assert Document.objects.filter(subject_id=move.id).count() == 1
    _, host = at_leeds()
    told = words(host.get("/inbox/"))
    assert "Rotherham" in told


def test_what_was_shown_is_disclosed_though_nothing_was_saved(jo):
    actor, browser = jo
    browser.post(FORM, KAYLA)
    with factories.acting(actor):
        before = Screening.objects.count()

    browser.get(CHECK)

    with factories.acting(actor):
        assert Screening.objects.count() == before
        assert LogEntry.objects.filter(operation="hotspots.overlay").exists()


def test_the_directors_number_is_nobody_elses_to_read(jo):
    _, host = at_leeds()

    page = words(host.post("/place/", {"postcode": "S65 1SB", **day("on", 17, 12, 2026)}))

    assert "960103" not in page
    with acting_for(operator(factories.authority(factories.LEEDS).id), "test"):
        assert not Contact.objects.filter(purpose="director").exists()
    assert User.objects.filter(name="Dr Helen Marsh").exists()


def test_why_it_cannot_wait_and_when_and_what_are_the_only_answers_that_must_be_given(jo):
    _, browser = jo

    page = words(browser.post(FORM, {"who": "kayla"}))

    assert "Choose the kind of place, or that nobody knows yet." in page
    assert "Say when the child moves." in page
    assert "Say in a line why it cannot wait." in page
    assert "Enter the postcode" not in page


def test_host_sees_the_child_and_the_home_and_never_why_nor_our_judgement_nor_how_the_last_place_ended(jo):
    actor, browser = jo
    with factories.acting(actor):
        old = Placement.objects.get(status="started")
        end(
            placement_id=old.id,
            ended_at=datetime(2026, 12, 17, 21, 15, tzinfo=UTC),
            how="immediate_risk",
            by=actor,
            at=datetime(2026, 12, 17, 22, 0, tzinfo=UTC),
        )
    why = KAYLA | {"why_not_wait": "CANARY-AUNT was found by her uncle at 5 Aunt Road"}
    browser.post(FORM, why | {"when": "there", **day("arrived_on", 17, 12, 2026), "arrived_at_time": "21:40"})
    browser.post(CHECK)
    _, host = at_leeds()

    with acting_for(operator(factories.authority(factories.LEEDS).id), "test"):
        notice = Document.objects.get(kind="placement_notice")
    told = words(host.get(f"/inbox/{notice.id}/"))

    assert "Kayla" in told
    assert "CANARY-LARCH" in told
    assert "Children's home" in told
    for kept_back in ("CANARY-AUNT", "uncle", "immediate", "judgement", "S65 1SB"):
        assert kept_back not in told
    for page in ("/", "/inbox/", "/children/", "/placements/", "/duties/"):
        assert "CANARY" not in host.get(page).content.decode()


def test_nothing_of_a_child_stands_in_an_address_or_a_title(jo):
    _, browser = jo

    sent = browser.post(FORM, KAYLA)

    assert "kayla" not in sent.url.lower()
    for page in (browser.get(FORM), browser.get(CHECK)):
        assert "Kayla" not in title(page)
        assert "LS1" not in title(page)
