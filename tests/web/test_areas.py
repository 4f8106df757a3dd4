"""Can an owner draw, change, share and take back an area on pages without a script, and learn who was shown it?"""

import pytest

from accounts.roles import Role
from db import clock
from hotspots.models import Agreement, Hotspot, Share, Shown, Version
from hotspots.overlay import overlay
from tests import factories
from tests.factories import LEEDS, ROTHERHAM
from tests.hotspots import world as areas
from tests.web.browser import after_a_look, at_leeds, at_rotherham, day, look, words

pytestmark = pytest.mark.django_db
CORNERS = "430000, 433000\n430200, 433000\n430200, 433200\n430000, 433200"
FORM = {
    "reference": "BW-7",
    "kind_of_place": "canal towpath",
    "concern": "collected by car, evenings",
    "corners": CORNERS,
    "system": "27700",
    "originator": "Norrowshire Police",
    "condition_kinds": ["not_to_carers_or_providers"],
    "grading": "CANARY-GRADING",
    "narrative": "CANARY-NARRATIVE",
    **day("last_supported_on", 1, 3, 2026),
}
AGREED = {"purpose": "Placing children", "basis": "Children Act 2004 s. 10", "reference": "ISA 12"}


@pytest.fixture
def analyst():
    return at_leeds(Role.HOTSPOT_ANALYST)[1]


def drawn(browser, **changed) -> Hotspot:
    response = browser.post("/areas-of-concern/new/", FORM | changed)
    assert response.status_code == 302, words(response)
    with areas.acting(LEEDS):
        return Hotspot.objects.get(reference=changed.get("reference", "BW-7"))


def current(area) -> Version:
    with areas.acting(LEEDS):
        return Version.objects.get(hotspot=area, superseded_at=None)


def agree(browser, partner=ROTHERHAM) -> None:
    asked = AGREED | {"partner": str(factories.authority(partner).id)}
    assert browser.post("/agreements/new/", asked).status_code == 302


def asked(*, metres):
    """What Rotherham is told of a place so many metres east of the area."""
    place = overlay.Place(430_200 + metres, 433_100, frozenset([factories.authority(LEEDS).id]))
    with areas.acting(ROTHERHAM):
        (answer,) = overlay.ask([place], radius_metres=1_000, at=clock.now(), purpose="a placement")
    return [area for one in answer.authorities for area in one.areas]


def share(browser, area, level="proximity", metres="640"):
    asked = {"partners": [str(factories.authority(ROTHERHAM).id)], "level": level, "distance_metres": metres}
    return after_a_look(browser, f"/areas-of-concern/{area.id}/share/", asked)


def test_an_area_is_drawn_by_its_corners_alone_and_is_a_draft(analyst):
    area = drawn(analyst)
    page = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert "Draft" in page
    assert "Canal towpath" in page or "canal towpath" in page
    assert "Not to be passed to carers or providers without agreement" in page
    assert current(area).shape.area == 40_000


@pytest.mark.parametrize("path", ["", "change/"])
def test_a_police_grading_is_shown_on_no_page(analyst, path):
    area = drawn(analyst)
    assert "CANARY-GRADING" not in analyst.get(f"/areas-of-concern/{area.id}/{path}").content.decode()


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("corners", "430000 433000\nthe bridge", "Line 2: “the bridge” is not two numbers"),
        ("corners", "430000 433000\n430001 433000\n430001 433001", "that is one household, not an area"),
        ("corners", "0 0\n10 10\n10 0\n0 10", "not a valid area"),
        ("system", "4326", "They look like metres of the National Grid"),
        ("reference", "", "Give the area a reference of your own."),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_what_was_typed_stays(analyst, field, given, said):
    response = analyst.post("/areas-of-concern/new/", FORM | {field: given})
    assert response.status_code in (400, 422)
    assert said in words(response)
    assert "CANARY-NARRATIVE" in response.content.decode()


def test_a_change_is_a_new_version_that_keeps_the_grading_and_shows_what_was_there(analyst):
    area = drawn(analyst)
    page = analyst.get(f"/areas-of-concern/{area.id}/change/").content.decode()
    assert "430200, 433200" in page
    changed = FORM | {"number": "1", "grading": "", "concern": "collected by bicycle"}
    assert analyst.post(f"/areas-of-concern/{area.id}/change/", changed).status_code == 302
    version = current(area)
    assert (version.number, version.concern, version.grading) == (2, "collected by bicycle", "CANARY-GRADING")


def test_of_two_who_change_at_once_the_second_is_told(analyst):
    area = drawn(analyst)
    path = f"/areas-of-concern/{area.id}/change/"
    analyst.post(path, FORM | {"number": "1", "concern": "another"})
    response = analyst.post(path, FORM | {"number": "1", "concern": "a third"})
    assert response.status_code == 422
    assert "Somebody changed this area of concern" in words(response)


def test_a_correction_needs_its_words_and_stands_among_the_versions(analyst):
    area = drawn(analyst)
    path, corrected = f"/areas-of-concern/{area.id}/change/", FORM | {"number": "1", "is_correction": "on"}
    assert "Say what was wrong." in words(analyst.post(path, corrected))
    analyst.post(path, corrected | {"correction": "The street was misread."})
    page = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert "Corrects the version before: The street was misread." in page


def test_without_an_agreement_there_is_nobody_to_share_with(analyst):
    area = drawn(analyst)
    assert "Record one first" in words(analyst.get(f"/areas-of-concern/{area.id}/share/"))
    assert share(analyst, area).status_code == 400


def test_an_agreement_is_recorded_an_area_shared_and_the_partner_reads_the_agreement(analyst):
    area = drawn(analyst)
    agree(analyst)
    assert share(analyst, area).status_code == 302
    page = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert "Rotherham Near or not, within the owner's distance 640 metres ISA 12" in page
    _, partner = at_rotherham(Role.HOTSPOT_ANALYST)
    assert "Leeds Placing children Children Act 2004 s. 10 ISA 12" in words(partner.get("/agreements/"))


def test_sharing_at_the_level_nothing_ends_it(analyst):
    area = drawn(analyst)
    agree(analyst)
    share(analyst, area)
    assert share(analyst, area, level="nothing").status_code == 302
    with areas.acting(LEEDS):
        assert not Share.objects.filter(superseded_at=None).exists()
        assert Share.objects.get().superseded_by == "Nadia Clarke"
    assert "Nobody: no partner is told of this area." in words(analyst.get(f"/areas-of-concern/{area.id}/"))


def test_an_agreement_ends_and_from_then_on_nothing_is_told(analyst):
    area = drawn(analyst)
    agree(analyst)
    share(analyst, area)
    with areas.acting(LEEDS):
        agreement = Agreement.objects.get()
    assert analyst.post(f"/agreements/{agreement.id}/end/").status_code == 302
    assert "ended" in words(analyst.get("/agreements/"))
    with areas.acting(ROTHERHAM):
        assert not asked(metres=100)


def test_publishing_lapsing_and_withdrawing_stand_in_its_story_with_the_reason(analyst):
    area = drawn(analyst)
    assert after_a_look(analyst, f"/areas-of-concern/{area.id}/publish/", {}).status_code == 302
    for step, form in (("lapse", {"reason": "Quiet"}), ("withdraw", {"reason": "Source unsafe"})):
        assert analyst.post(f"/areas-of-concern/{area.id}/{step}/", form).status_code == 302
    page = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert "Withdrawn" in page
    assert "Source unsafe" in page
    assert "Quiet" in page
    assert analyst.post(f"/areas-of-concern/{area.id}/publish/").status_code == 422


def test_a_withdrawal_without_a_reason_is_not_made(analyst):
    area = drawn(analyst)
    assert "Say why it is withdrawn." in words(analyst.post(f"/areas-of-concern/{area.id}/withdraw/", {}))


def test_the_owner_reads_who_was_shown_it_in_days_and_no_place_or_number(analyst):
    area = drawn(analyst)
    agree(analyst)
    share(analyst, area)
    for metres in (100, 200, 300):
        asked(metres=metres)
    page = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert "Rotherham Near or not, within the owner's distance a placement 1 day" in page
    whole = words(analyst.get("/areas-of-concern/shown/"))
    assert "Who keeps asking Authority Asked on, of the last 30 days" in whole
    assert "Rotherham 1 day 1 day" in whole
    with areas.acting(LEEDS):
        assert Shown.objects.count() == 1


def test_what_we_share_is_said_and_read_by_all(analyst):
    said = {"shares": "yes", "scope": "Streets of the town", **day("last_looked_on", 1, 11, 2026)}
    assert analyst.post("/sharing/ours/", said).status_code == 302
    _, browser = at_rotherham(Role.SOCIAL_WORKER)
    assert "Leeds Shares Streets of the town 1 November 2026" in words(browser.get("/sharing/"))


def test_nobody_says_that_it_looked_tomorrow(analyst):
    said = {"shares": "no", **day("last_looked_on", 1, 11, 2080)}
    assert "a day that is still to come" in words(analyst.post("/sharing/ours/", said))


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.AUDITOR])
def test_who_may_not_draw_is_refused(role):
    _, browser = at_leeds(role)
    assert browser.get("/areas-of-concern/new/").status_code == 403


def versions_of(area) -> int:
    with areas.acting(LEEDS):
        return Version.objects.filter(hotspot=area).count()


def state_of(area) -> str:
    with areas.acting(LEEDS):
        return Hotspot.objects.get(id=area.id).state


NOTHING_NEAR = "Newly near: 0 of our own. Of partner authorities: fewer than five."


def test_a_change_and_a_share_are_looked_at_first_and_nothing_is_saved(analyst):
    """Leeds has no placement near and neither has Rotherham: 0, and fewer than five."""
    area = drawn(analyst)
    agree(analyst)
    path = f"/areas-of-concern/{area.id}/"
    words_of_change = words(look(analyst, f"{path}change/", FORM | {"number": "1", "concern": "another"})[0])
    asked = {"partners": [str(factories.authority(ROTHERHAM).id)], "level": "contact", "distance_metres": "500"}
    words_of_share = words(analyst.post(f"{path}share/", asked))
    for told in (words_of_change, words_of_share):
        assert NOTHING_NEAR in told
        assert "Nothing is saved yet." in told
    assert current(area).number == 1
    with areas.acting(LEEDS):
        assert not Share.objects.exists()


def test_an_area_is_not_published_before_somebody_read_what_it_would_bring_about(analyst):
    area = drawn(analyst)
    path = f"/areas-of-concern/{area.id}/publish/"
    for blind in ({}, {"act": "yes"}, {"unseen": "yes"}, {"act": "yes", "preview_id": str(area.id)}):
        page = analyst.post(path, blind)
        assert (page.status_code, state_of(area)) == (200, "draft"), blind
        assert NOTHING_NEAR in words(page)
    assert after_a_look(analyst, path, {}).status_code == 302
    assert state_of(area) == "shared"
    told = words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert f"{NOTHING_NEAR} Published Tuesday 1 December 2026" in told
    assert "Nothing was published after it" in told


def test_a_change_of_what_is_shared_is_published_once_however_often_the_form_is_sent(analyst):
    area = drawn(analyst)
    after_a_look(analyst, f"/areas-of-concern/{area.id}/publish/", {})
    path = f"/areas-of-concern/{area.id}/change/"
    changed = FORM | {"number": "1", "corners": CORNERS.replace("430200", "430300")}
    page, preview_id = look(analyst, path, changed)
    assert NOTHING_NEAR in words(page)
    for _ in range(3):
        assert analyst.post(path, changed | {"act": "yes", "preview_id": preview_id}).status_code == 302
    assert "This was done already. Nothing was done twice." in words(analyst.get(f"/areas-of-concern/{area.id}/"))
    assert versions_of(area) == 2


def test_what_differs_from_what_was_looked_at_is_looked_at_again(analyst):
    area = drawn(analyst)
    after_a_look(analyst, f"/areas-of-concern/{area.id}/publish/", {})
    path = f"/areas-of-concern/{area.id}/change/"
    changed = FORM | {"number": "1", "corners": CORNERS.replace("430200", "430300")}
    _, preview_id = look(analyst, path, changed)
    other = changed | {"corners": CORNERS.replace("430200", "430400")}
    page = analyst.post(path, other | {"act": "yes", "preview_id": preview_id})
    assert "It is not what you looked at" in words(page)
    assert versions_of(area) == 1


def test_with_no_look_left_a_second_person_is_named_and_publishing_is_still_possible(analyst):
    area = drawn(analyst)
    after_a_look(analyst, f"/areas-of-concern/{area.id}/publish/", {})
    path = f"/areas-of-concern/{area.id}/change/"
    for east in range(300, 305):
        page, _ = look(analyst, path, FORM | {"number": "1", "corners": CORNERS.replace("430200", f"430{east}")})
    last = FORM | {"number": "1", "corners": CORNERS.replace("430200", "430399")}
    page, preview_id = look(analyst, path, last)
    assert preview_id is None
    assert "ask a second person" in words(page)
    assert "without looking ahead" in words(page)
    assert analyst.post(path, last | {"unseen": "yes"}).status_code == 302
    assert versions_of(area) == 2


def shared_with_rotherham() -> dict[str, tuple[str, int]]:
    with areas.acting(LEEDS):
        rows = Share.objects.filter(superseded_at=None, partner=factories.authority(ROTHERHAM))
        return {one.hotspot.reference: (one.level, one.distance_metres) for one in rows.select_related("hotspot")}


def test_many_areas_are_shared_at_once_after_one_look(analyst):
    """Those that the list was narrowed to: two of three."""
    for reference, east in (("BW-7", 430_000), ("BW-8", 431_000), ("CD-1", 432_000)):
        areas.load(LEEDS, areas.square(reference, geometry=areas.polygon(east, 433_000)))
    agree(analyst)
    where = "/areas-of-concern/share/?words=bw"
    form = {"partners": [str(factories.authority(ROTHERHAM).id)], "level": "contact", "distance_metres": "700"}
    assert "What you choose holds for 2 areas." in words(analyst.get(where))
    page, preview_id = look(analyst, where, form)
    assert "Newly near: 0 of our own." in words(page)
    assert not shared_with_rotherham()
    for _ in range(2):
        assert analyst.post(where, form | {"act": "yes", "preview_id": preview_id}).status_code == 302
    assert shared_with_rotherham() == {"BW-7": ("contact", 700), "BW-8": ("contact", 700)}
    after_a_look(analyst, where, form | {"level": "nothing"})
    assert not shared_with_rotherham()


def test_many_areas_that_changed_since_the_look_are_looked_at_again(analyst):
    areas.load(LEEDS, areas.square("BW-7", geometry=areas.polygon(430_000, 433_000)))
    agree(analyst)
    form = {"partners": [str(factories.authority(ROTHERHAM).id)], "level": "contact", "distance_metres": "700"}
    _, preview_id = look(analyst, "/areas-of-concern/share/", form)
    areas.load(LEEDS, areas.square("BW-7", geometry=areas.polygon(430_500, 433_000)))
    again = analyst.post("/areas-of-concern/share/", form | {"act": "yes", "preview_id": preview_id})
    assert "It is not what you looked at" in words(again)
    assert not shared_with_rotherham()


def test_no_area_that_can_be_shared_is_said(analyst):
    assert "None of your own areas that can be shared is like this." in words(
        analyst.get("/areas-of-concern/share/?words=none", follow=True)
    )
