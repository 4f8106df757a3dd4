"""Does the menu hold few rooms, each page in one of them, and only what may be opened?"""

from collections import Counter
from uuid import uuid4

from django.urls import reverse

from accounts import policy
from web.presenters.navigation import ROOMS, menu

EVERYTHING = {operation for pages in ROOMS.values() for _, _, operation in pages}


def texts(items) -> list[str]:
    return [item.text for item in items]


def here(items) -> list[str]:
    return [item.text for item in items if item.is_here]


def test_every_page_stands_once_and_asks_for_an_operation_that_there_is():
    names = Counter(name for pages in ROOMS.values() for name, _, _ in pages)

    assert set(names.values()) == {1}
    assert set(policy.operations()) >= EVERYTHING


def test_whoever_may_do_everything_reads_no_more_than_seven_rooms():
    assert 2 <= len(menu(EVERYTHING, "/").rooms) <= 7


def test_a_room_shows_its_pages_and_those_of_no_other():
    shown = menu(EVERYTHING, reverse("sent"))

    assert here(shown.rooms) == ["Notices"]
    assert here(shown.pages) == ["Sent"]
    assert "Children" not in texts(shown.pages)


def test_a_page_deeper_in_belongs_to_the_page_above_it():
    shown = menu(EVERYTHING, reverse("leaving_care") + "appoint/")

    assert here(shown.rooms) == ["Leaving care"]
    assert here(shown.pages) == ["Young people"]


def test_the_leaving_care_of_a_child_and_a_handover_belong_to_leaving_care_and_not_to_the_children():
    for name, key in (("young_person", "child_id"), ("tell_authority", "child_id"), ("handover", "handover_id")):
        shown = menu(EVERYTHING, reverse(name, kwargs={key: uuid4()}))

        assert here(shown.rooms) == ["Leaving care"]
        assert here(shown.pages) == ["Young people"]


def test_a_room_leads_to_the_first_page_that_may_be_opened():
    shown = menu({"home.read", "notices.sent"}, "/")

    assert [(room.text, room.href) for room in shown.rooms] == [
        ("What needs me now", reverse("home")),
        ("Notices", reverse("sent")),
    ]


def test_a_page_outside_every_room_opens_none():
    shown = menu(EVERYTHING, reverse("about"))

    assert (here(shown.rooms), shown.pages) == ([], ())
