"""Letters on the pages: one check page, each letter opened, one job for the printer, files, marks, and who is withheld."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.letters import correspondents
from placements.models import Letter, LetterFact, Placement
from tests import factories
from tests.placements.letters.world import FATHER, decided_as_in_the_story, listed
from tests.web.browser import at_rotherham, day, signed_in, words


@pytest.fixture
def hari(db):
    return at_rotherham()


@pytest.fixture
def plan(hari) -> Placement:
    return factories.placement_at(Placement.Status.PROPOSED, hari[0])


@pytest.fixture
def people(plan, hari):
    decided_as_in_the_story(plan, hari[0])
    return listed(plan, hari[0])


def page(browser, name: str, *where, **query) -> str:
    return words(browser.get(reverse(name, args=where), query))


def prepared(browser, plan, *people):
    ids = [str(one.id) for one in people]
    return browser.post(reverse("prepare_letters", args=[plan.id]), {"correspondents": ids}, follow=True)


def test_the_check_page_ticks_who_can_be_written_to_and_shows_who_is_withheld_without_a_box(plan, people, hari):
    browser = hari[1]

    shown = browser.get(reverse("prepare_letters", args=[plan.id]))

    said = words(shown)
    assert FATHER in said
    assert "Withheld: decided by Tom Oakes on Mon 30 November 2026" in said
    assert said.count("without the address") >= 1
    ticked = shown.content.decode().count('name="correspondents"')
    assert ticked == 11, "ten of the law and the coordinator; the mother waits for a word about the father"


def test_saying_that_the_decision_is_about_somebody_else_lets_the_mother_be_ticked(plan, people, hari):
    browser, mother = hari[1], people["parents"]
    with factories.acting(hari[0]):
        [about_father] = [one for one in correspondents.decisions_of(plan, "parents") if one.what == "notice"]
    assert FATHER in page(browser, "say_about", mother.id)

    browser.post(reverse("say_about", args=[mother.id]), {"withholding": str(about_father.id), "is_the_one": "no"})

    assert prepared(browser, plan, mother).status_code == 200
    with factories.acting(hari[0]):
        assert not Letter.objects.get().shows_address


def test_a_letter_opens_before_it_is_made_and_nothing_is_kept_of_that(plan, people, hari):
    opened = hari[1].get(reverse("preview_letter", args=[people["school"].id]))

    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert opened.content.startswith(b"%PDF-")
    with factories.acting(hari[0]):
        assert not Letter.objects.exists()


def test_letters_are_printed_as_one_job_taken_as_files_and_marked_with_the_day(plan, people, hari):
    actor, browser = hari
    batch_page = prepared(browser, plan, people["child"], people["school"], people["gp_now"])
    assert "3 letters are made" in words(batch_page)
    with factories.acting(actor):
        letters = {one.correspondent.code: one for one in Letter.objects.select_related("correspondent")}
    batch = letters["child"].batch

    job = browser.get(reverse("print_letters", args=[batch]))
    files = browser.get(reverse("letter_files", args=[batch]))
    marked = browser.post(
        reverse("letter_batch", args=[batch]),
        {"letters": [str(letters["child"].id)], "fact": "handed_over", "done_by": "Ana", **day("on", 1, 12, 2026)},
        follow=True,
    )

    assert job.content.startswith(b"%PDF-")
    assert "filename" in job["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive:
        wanted = {f"{letters[code].reference}.pdf" for code in ("school", "gp_now")}
        assert set(archive.namelist()) == wanted | {"list.csv"}
    assert "Handed over Tuesday 1 December 2026, by Ana" in words(marked)
    with factories.acting(actor):
        assert LetterFact.objects.get().on == date(2026, 12, 1)


def test_the_exact_copy_is_opened_from_the_letters_of_the_placement(plan, people, hari):
    actor, browser = hari
    prepared(browser, plan, people["school"])
    with factories.acting(actor):
        letter = Letter.objects.get()

    assert letter.reference in page(browser, "letters", plan.id)
    assert browser.get(reverse("letter_file", args=[letter.id])).content == bytes(letter.content)


def test_who_is_withheld_is_refused_on_the_server_with_the_date_and_the_way_on(plan, people, hari):
    said = hari[1].post(
        reverse("add_correspondent", args=[plan.id]), {"code": "parents", "name": FATHER, "channel": "by_hand"}
    )

    assert said.status_code == 422
    assert "decided by Tom Oakes on Mon 30 November 2026" in words(said)
    assert "look at the decision again" in words(said)


def test_a_line_that_is_not_offered_cannot_be_ticked_by_hand(plan, people, hari):
    said = prepared(hari[1], plan, people["parents"])

    assert said.status_code == 400
    with factories.acting(hari[0]):
        assert not Letter.objects.exists()


def test_many_children_are_written_about_at_once(plan, people, hari):
    second = factories.placement_at(Placement.Status.PROPOSED, hari[0])
    listed(second, hari[0])

    said = hari[1].post(reverse("many_letters"), {"placements": [str(plan.id), str(second.id)]}, follow=True)

    assert "23 letters are made" in words(said)


def test_the_reviewing_officer_reads_the_letters_and_makes_none(plan, people, hari):
    prepared(hari[1], plan, people["iro"])
    officer = signed_in(factories.person(role=Role.INDEPENDENT_REVIEWING_OFFICER, name="Pat Hume"))

    assert "L-" in page(officer, "letters", plan.id)
    assert officer.get(reverse("prepare_letters", args=[plan.id])).status_code == 403


def test_the_page_says_by_when_and_what_is_left(plan, people, hari):
    said = page(hari[1], "letters", plan.id)

    assert "Last working day before: Fri 4 December 2026" in said
    assert "Brackwater High has no letter yet." in said
    assert "Take off the list" in said


def test_a_list_is_taken_over_from_another_placement_on_its_page(plan, people, hari):
    with factories.acting(hari[0]):
        bea = plan.child
    other = factories.placement_at(Placement.Status.PROPOSED, hari[0], of=bea)

    said = hari[1].post(reverse("take_over_list", args=[other.id]), {"from_placement": str(plan.id)}, follow=True)

    assert "12 lines were taken over" in words(said)
