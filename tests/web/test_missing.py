"""Do both sides see on their pages who is missing, and with whom the interview is? Summer time begins in between."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from db import clock
from notifications.models import Document
from placements import return_interviews
from placements.actions.placements import record_emergency_start
from placements.models import MissingReport, Placement
from placements.place.places import Place
from tests import factories
from tests.databases import NOON
from tests.web.browser import at_leeds, day, signed_in, words


@pytest.fixture
def yusuf(committing):
    return factories.person(role=Role.DUTY_DESK, name="Yusuf Karim")


@pytest.fixture
def placement(yusuf) -> Placement:
    """Tia, placed by Rotherham in Leeds; it is Saturday 27 March 2027, 22:20."""
    tia = factories.child(yusuf, given_name="Tia", family_name="Sallow", reference="CB-0912")
    made = factories.placement_at(Placement.Status.STARTED, yusuf, of=tia)
    clock.set_to(datetime(2027, 3, 27, 22, 20, tzinfo=UTC))
    return made


def night(hour: str, on: int = 27) -> dict:
    return day("on", on, 3, 2027) | {"at_time": hour}


def reported(yusuf, placement, **changes) -> MissingReport:
    form = {"kind": "missing", "last_seen": "The bus station", **night("21:00")} | changes
    response = signed_in(yusuf).post(reverse("report_missing", args=[placement.child_id]), form)
    assert response.status_code == 302, words(response)
    with factories.acting(yusuf):
        return MissingReport.objects.get()


def returned(yusuf, report) -> None:
    clock.set_to(datetime(2027, 3, 28, 9, 0, tzinfo=UTC))
    response = signed_in(yusuf).post(reverse("missing_return", args=[report.id]), night("23:30"))
    assert response.status_code == 302, words(response)


def notice_of(report) -> Document:
    with factories.acting(factories.person(factories.LEEDS, Role.HOST_OFFICER)):
        return Document.objects.get(subject_id=report.id, superseded_by=None)


def test_the_child_is_reported_in_one_form_and_the_host_reads_it_in_its_inbox(yusuf, placement):
    report = reported(yusuf, placement)
    _, host = at_leeds(Role.DUTY_DESK)

    inbox = words(host.get("/inbox/"))
    page = words(host.get(reverse("received_notice", args=[notice_of(report).id])))

    assert "A child is missing Urgent" in inbox
    assert "Missing since Saturday 27 March 2027, 21:00" in page
    assert "Where last seen The bus station" in page
    assert "3 Invented Road" not in page


def test_the_list_and_the_childs_record_say_who_is_missing_since_when(yusuf, placement):
    reported(yusuf, placement)

    for where in ("/missing/", reverse("child", args=[placement.child_id])):
        page = words(signed_in(yusuf).get(where))
        assert "Missing Saturday 27 March 2027, 21:00 not back Not owed before the return" in page


def test_a_form_without_its_answers_says_what_is_missing(yusuf, placement):
    page = signed_in(yusuf).post(
        reverse("report_missing", args=[placement.child_id]), night("21:00") | day("back_on", 27, 3, 2027)
    )

    assert page.status_code == 400
    for sentence in (
        "Say whether it is known where the child is.",
        "Say where the child was last seen, or that nobody knows.",
        "Give both the day and the time of the return, or leave both empty.",
    ):
        assert sentence in words(page)


def test_a_second_open_report_is_refused_with_the_way_on(yusuf, placement):
    reported(yusuf, placement)

    page = signed_in(yusuf).post(
        reverse("report_missing", args=[placement.child_id]),
        {"kind": "missing", "last_seen": "Town", **night("21:30")},
    )

    assert page.status_code == 422
    assert "This child is reported missing already, since Sat 27 March 2027, 21:00 GMT." in words(page)


def test_both_sides_read_the_same_line_about_the_interview(yusuf, placement):
    report = reported(yusuf, placement)
    returned(yusuf, report)
    here = reverse("missing_report", args=[report.id])
    assert "with Rotherham, due 31 March 00:30" in words(signed_in(yusuf).get(here))

    signed_in(yusuf).post(reverse("missing_ask_host", args=[report.id]))
    _, manager = at_leeds(Role.MANAGER)
    received = reverse("received_notice", args=[notice_of(report).id])
    assert "Are you asked to hold the interview? Yes" in words(manager.get(received))
    assert "The interview after the return is with Rotherham, due 31 March 00:30." in words(manager.get(received))
    response = manager.post(
        reverse("missing_answer", args=[notice_of(report).id]),
        {"word": "accepts_interview", "post": "Duty manager", **night("10:00", 28)},
    )

    assert response.status_code == 302, words(response)
    assert "with Leeds, due 31 March 00:30" in words(signed_in(yusuf).get(here))
    assert "The interview after the return is with Leeds, due 31 March 00:30." in words(manager.get(received))
    assert "We will do the interview" in words(signed_in(yusuf).get(here))
    assert "Wednesday 31 March 2027, 00:30" in words(manager.get("/duties/"))


def test_the_end_of_the_interview_comes_back_with_its_note(yusuf, placement):
    report = reported(yusuf, placement)
    returned(yusuf, report)
    signed_in(yusuf).post(reverse("missing_ask_host", args=[report.id]))
    _, manager = at_leeds(Role.MANAGER)
    answers = reverse("missing_answer", args=[notice_of(report).id])
    manager.post(answers, {"word": "accepts_interview", "post": "Duty manager", **night("10:00", 28)})
    clock.set_to(datetime(2027, 3, 30, 15, 0, tzinfo=UTC))
    manager.post(
        answers, {"word": "interview_done", "post": "Manager", "words": "She was with friends", **night("16:00", 30)}
    )
    return_interviews.take_in(yusuf.authority_id, at=clock.now())

    page = words(signed_in(yusuf).get(reverse("missing_report", args=[report.id])))
    assert "Interview completed Nadia Clarke, Manager, Leeds Tuesday 30 March 2027, 16:00" in page
    assert "within the 72 hours." in page
    assert "Statutory guidance" in page
    assert "She was with friends" in page


def test_declined_is_recorded_with_its_reason_and_is_not_done(yusuf, placement):
    report = reported(yusuf, placement)
    returned(yusuf, report)
    form = {"ending": "declined", "interviewed_by": "Ana Reyes", **night("08:00", 28)}

    refused = signed_in(yusuf).post(reverse("missing_interview", args=[report.id]), form)
    assert refused.status_code == 422
    assert "Say why the interview was not done, and who decided it." in words(refused)
    signed_in(yusuf).post(reverse("missing_interview", args=[report.id]), form | {"words": "She would not talk."})

    page = words(signed_in(yusuf).get(reverse("missing_report", args=[report.id])))
    assert "Offered, and the child declined" in page
    assert "She would not talk. Not done." in page


def test_the_message_to_the_police_is_a_text_to_copy_and_its_giving_is_kept(yusuf, placement):
    report = reported(yusuf, placement)
    address = reverse("police_message", args=[report.id])

    page = words(signed_in(yusuf).get(address))
    assert "Placewatch sends nothing to the police." in page
    assert "Missing since: Sat 27 March 2027, 21:00 GMT" in page
    signed_in(yusuf).post(address, {"given_to": "Operator 7", **night("22:15")})

    page = words(signed_in(yusuf).get(reverse("missing_report", args=[report.id])))
    assert "Saturday 27 March 2027, 22:15 Yusuf Karim Operator 7" in page


def test_neither_host_nor_third_opens_the_report_and_a_third_finds_no_notice(yusuf, placement):
    report = reported(yusuf, placement)
    notice = notice_of(report)
    _, host = at_leeds(Role.DUTY_DESK)
    third = signed_in(factories.person(factories.SHEFFIELD, Role.DUTY_DESK))

    for browser in (host, third):
        assert browser.get(reverse("missing_report", args=[report.id])).status_code == 404
        assert browser.get(reverse("police_message", args=[report.id])).status_code == 404
    for name in ("received_notice", "missing_answer"):
        assert third.get(reverse(name, args=[notice.id])).status_code == 404
    assert notice.reference not in words(third.get("/inbox/"))


def test_who_may_not_know_a_closed_address_does_not_learn_its_area_from_the_report(yusuf):
    colleague = factories.person(role=Role.DUTY_DESK, name="Jo Fenn")
    ren = factories.child(yusuf, given_name="Ren")
    with factories.acting(yusuf):
        closed = record_emergency_start(
            child_id=ren.id,
            started_at=NOON,
            place=Place(line="CANARY-REN", postcode="LS1 8ED"),
            is_restricted=True,
            by=yusuf,
            at=NOON,
        )
    clock.set_to(datetime(2027, 3, 27, 22, 20, tzinfo=UTC))
    report = reported(yusuf, closed)
    returned(yusuf, report)

    for where in (reverse("missing_report", args=[report.id]), "/missing/", reverse("child", args=[ren.id])):
        assert "Leeds" not in words(signed_in(colleague).get(where))
    seen = words(signed_in(yusuf).get(reverse("missing_report", args=[report.id])))
    assert "Leeds" in seen
    for where in (reverse("missing_report", args=[report.id]), reverse("police_message", args=[report.id])):
        assert "CANARY" not in words(signed_in(yusuf).get(where))
