"""Is a file of areas sent, judged row by row, seen before it counts, and brought in once, all by page?"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from db import clock
from hotspots.models import Agreement, Hotspot, Share, Upload
from placements.overlay import large_files
from tests import factories
from tests.hotspots import world as areas
from tests.hotspots.making import SQUARE, shapefile
from tests.web.browser import after_a_look, at_leeds, at_rotherham, look, title, words

pytestmark = pytest.mark.django_db
SEND = "/areas-of-concern/files/send/"
GRID = {"level": "proximity", "distance_metres": "500"}


def sent(browser, content, name="areas.geojson", **fields):
    return browser.post(SEND, {"file": SimpleUploadedFile(name, content), **fields})


def rows_of(code, model=Hotspot):
    with areas.acting(code):
        return list(model.objects.all())


def three_areas():
    return areas.file(areas.square("A1", name="As it was"), areas.square("A2", name="Another name"), areas.square("A3"))


@pytest.fixture
def analyst():
    areas.load(factories.ROTHERHAM, areas.square("A1", name="As it was"), areas.square("A2", name="One name"))
    return at_rotherham(Role.HOTSPOT_ANALYST)[1]


def test_a_file_says_what_it_would_do_before_anything_is_changed(analyst):
    answer = sent(analyst, three_areas())
    assert answer.status_code == 302
    page = analyst.get(answer.url)
    told = words(page)
    assert "What the file would do" in told
    assert "New areas 1" in told
    assert "Changed areas 1" in told
    assert "Areas that stay as they are 1" in told
    assert len(rows_of(factories.ROTHERHAM)) == 2


def test_a_file_is_brought_in_as_drafts_once(analyst):
    where = sent(analyst, three_areas()).url
    done = analyst.post(where, {"then": "drafts"}, follow=True)
    assert "The file is brought in: 1 new, 1 changed, 1 as they were." in words(done)
    assert {area.reference: area.state for area in rows_of(factories.ROTHERHAM)} == dict.fromkeys(
        ("A1", "A2", "A3"), "draft"
    )
    (upload,) = rows_of(factories.ROTHERHAM, Upload)
    assert (upload.state, bytes(upload.content)) == ("brought_in", b"")
    again = analyst.post(where, {"then": "drafts"})
    assert again.status_code == 422
    assert "This file has its answer: brought in by" in words(again)
    assert "What the file did" in words(analyst.get(where))


def test_a_file_is_published_and_shared_with_partners_of_an_agreement(analyst):
    areas.publish(factories.ROTHERHAM, areas.square("B1", geometry=areas.polygon(441_000)), to=factories.LEEDS)
    where = sent(analyst, three_areas()).url
    leeds = str(factories.authority(factories.LEEDS).id)
    after_a_look(analyst, where, {"then": "published", "partners": [leeds], **GRID})
    with areas.acting(factories.ROTHERHAM):
        assert set(Hotspot.objects.values_list("state", flat=True)) == {"shared"}
        shares = Share.objects.filter(hotspot__reference="A3", superseded_at=None)
        assert [(one.partner_id, one.level, one.distance_metres) for one in shares] == [
            (factories.authority(factories.LEEDS).id, "proximity", 500)
        ]


def test_without_an_agreement_nobody_can_be_chosen_and_publishing_shares_with_nobody(analyst):
    where = sent(analyst, three_areas()).url
    assert "with whom are they shared" not in words(analyst.get(where))
    after_a_look(analyst, where, {"then": "published"})
    with areas.acting(factories.ROTHERHAM):
        assert set(Hotspot.objects.values_list("state", flat=True)) == {"shared"}
        assert not Agreement.objects.exists()


def test_a_file_is_dropped_and_nothing_is_changed(analyst):
    where = sent(analyst, three_areas()).url
    assert "Nothing was changed." in words(analyst.post(where, {"then": "dropped"}, follow=True))
    assert len(rows_of(factories.ROTHERHAM)) == 2


def test_every_bad_row_is_named_and_nothing_is_kept(analyst):
    bad = areas.file(
        areas.square("A3", geometry=areas.polygon(width=5)), areas.square("A4"), areas.square("A5", valid_to="soon")
    )
    page = sent(analyst, bad)
    told = words(page)
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert "Row 1: It is 25 square metres, smaller than 100: that is one household, not an area." in told
    assert "Row 3: Its valid_to is not a date" in told
    assert "Row 2" not in told
    assert not rows_of(factories.ROTHERHAM, Upload)


def test_a_format_that_is_not_taken_is_refused_naming_those_that_are(analyst):
    page = sent(analyst, b"ref,wkt\nA1,POLYGON EMPTY\n", name="areas.csv")
    assert page.status_code == 422
    assert "This is CSV. Accepted are GeoJSON" in words(page)


def test_a_file_without_a_system_is_taken_with_what_the_sender_says(analyst):
    content = shapefile([[SQUARE]], prj=None)
    refused = sent(analyst, content, name="areas.zip")
    assert "does not say in which coordinate system" in words(refused)
    assert sent(analyst, content, name="areas.zip", srid="27700").status_code == 302


@pytest.mark.parametrize("content", [b"", None], ids=["an empty file", "no file"])
def test_nothing_sent_is_said_to_be_nothing(analyst, content):
    page = analyst.post(SEND, {} if content is None else {"file": SimpleUploadedFile("a.json", content)})
    assert page.status_code == 400
    assert ("Choose a file." if content is None else "The file is empty.") in words(page)


def large(*features):
    return areas.file(*features, padding="x" * 2**20)


def work_on_files():
    large_files.work_on_waiting(factories.authority(factories.ROTHERHAM).id, at=clock.now())


def test_a_large_file_says_how_far_it_is_and_is_then_as_any_other(analyst):
    where = sent(analyst, large(areas.square("A2", name="Another name"), areas.square("A3"))).url
    told = words(analyst.get(where))
    assert "The file waits for its turn." in told
    assert "You need not wait" in told
    work_on_files()
    told = words(analyst.get(where))
    assert "What the file would do" in told
    assert "New areas 1 Changed areas 1" in told


def test_a_large_file_is_looked_at_and_published_by_a_worker(analyst):
    where = sent(analyst, large(areas.square("A3"))).url
    work_on_files()
    asked = analyst.post(where, {"then": "published"})
    assert (asked.status_code, asked.url) == (302, where)
    assert "The file is being looked at" in words(analyst.get(where))
    work_on_files()
    page = analyst.get(where)
    assert "Newly near: 0 of our own. Of partner authorities: fewer than five." in words(page)
    (preview_id,) = re.findall(r'name="preview_id" value="([^"]+)"', page.content.decode())
    published = analyst.post(where, {"then": "published", "act": "yes", "preview_id": preview_id}, follow=True)
    assert "The file is being brought in. You need not wait for it." in words(published)
    work_on_files()
    assert "What the file did" in words(analyst.get(where))
    assert {area.reference: area.state for area in rows_of(factories.ROTHERHAM)}["A3"] == "shared"


def test_a_large_file_with_bad_rows_names_them_when_one_comes_back(analyst):
    where = sent(analyst, large(areas.square("A3", geometry=areas.polygon(width=5)))).url
    work_on_files()
    told = words(analyst.get(where))
    assert "The file was refused" in told
    assert "Row 1: It is 25 square metres" in told
    assert "send it again" in told


def test_a_large_file_is_dropped_while_it_is_worked_on(analyst):
    where = sent(analyst, large(areas.square("A3"))).url
    assert "Nothing was changed." in words(analyst.post(where, {"then": "dropped"}, follow=True))
    assert "The file was dropped" in words(analyst.get(where))


def test_words_of_a_file_are_shown_as_words_and_never_run(analyst):
    name = "<script>alert(1)</script>"
    page = analyst.get(sent(analyst, areas.file(areas.square(name)), name=f"{name}.json").url)
    assert b"<script>alert" not in page.content
    assert name in words(page) or "&lt;script&gt;" in page.content.decode()


def test_another_authority_does_not_see_the_file(analyst):
    where = sent(analyst, three_areas()).url
    _, other = at_leeds(Role.HOTSPOT_ANALYST)
    assert other.get(where).status_code == 404
    assert other.post(where, {"then": "drafts"}).status_code == 404


def test_the_form_sends_a_file_and_shows_where_the_fault_is(analyst):
    page = analyst.get(SEND).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page


def test_what_publishing_a_file_would_bring_about_is_one_answer_and_it_is_published_once(analyst):
    """No placement of Rotherham's lies near, and it has no partner."""
    where = sent(analyst, three_areas()).url
    form = {"then": "published"}
    page, preview_id = look(analyst, where, form)
    assert "Newly near: 0 of our own. Of partner authorities: fewer than five." in words(page)
    assert len(rows_of(factories.ROTHERHAM)) == 2
    for _ in range(2):
        assert analyst.post(where, form | {"act": "yes", "preview_id": preview_id}).status_code == 302
    assert [area.state for area in rows_of(factories.ROTHERHAM)] == ["shared"] * 3


def test_a_file_that_changes_what_is_told_today_is_looked_at_also_where_new_areas_stay_drafts(analyst):
    areas.publish(factories.ROTHERHAM, areas.square("B1", geometry=areas.polygon(441_000)), to=factories.LEEDS)
    where = sent(analyst, areas.file(areas.square("B1", geometry=areas.polygon(442_000)))).url
    form = {"then": "drafts", **GRID}
    assert "Newly near" in words(analyst.post(where, form))
    assert after_a_look(analyst, where, form).status_code == 302
