"""Letters on the pages: one check page, each letter opened, one job for the printer, files, marks, and who is withheld."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.letters import correspondents, jobs
from placements.models import Letter, LetterFact, LetterJob, Placement
from tests import factories
from tests.factories import NOON
from tests.placements.letters.world import FATHER, SENT, decide, decided_as_in_the_story, listed
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


def test_letters_of_one_way_are_marked_together_and_those_marked_before_are_left(plan, people, hari):
    actor, browser = hari
    prepared(browser, plan, people["child"], people["school"], people["gp_now"], people["gp_to_be"])
    with factories.acting(actor):
        letters = {one.correspondent.code: one for one in Letter.objects.select_related("correspondent")}
    batch = reverse("letter_batch", args=[letters["child"].batch])
    sent = {"fact": "sent", **day("on", 1, 12, 2026)}
    browser.post(batch, {"letters": [str(letters["school"].id)], **sent})
    assert "Secure e-mail: all 2 that are not recorded as given yet" in words(browser.get(batch))

    said = browser.post(batch, {"together": ["secure_email"], **sent}, follow=True)

    assert "Recorded for 2 letters" in words(said)
    with factories.acting(actor):
        assert LetterFact.objects.filter(fact="sent").count() == 3
        assert not LetterFact.objects.filter(letter=letters["child"]).exists()
    assert browser.post(batch, sent).status_code == 400


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


def asked_for_many(browser, *plans, **more) -> str:
    """Where the page of a job stands."""
    sent = browser.post(reverse("many_letters"), {"placements": [str(one.id) for one in plans], **more})
    assert sent.status_code == 302
    return sent["Location"]


def test_many_children_are_written_about_at_once_by_a_worker_while_the_page_says_how_far_it_is(plan, people, hari):
    actor, browser = hari
    second = factories.placement_at(Placement.Status.PROPOSED, actor)
    listed(second, actor)
    third = factories.placement_at(Placement.Status.PROPOSED, actor)
    with factories.acting(actor):
        child = correspondents.add(placement_id=third.id, code="school", name="A school", by=actor, at=NOON, **SENT)
        decided_as_in_the_story(third, actor)
        correspondents.remove(correspondent_id=child.id, by=actor, at=NOON)
        correspondents.add(
            placement_id=third.id,
            code="parents",
            name="Eve",
            channel="post",
            postal_address="1 Road",
            by=actor,
            at=NOON,
        )
        name = f"{third.child.reference}, {third.child.name}"

    where = asked_for_many(browser, plan, second, third)
    assert "Done for 0 of 3 children." in words(browser.get(where))

    jobs.make_waiting(actor.authority_id, at=NOON)

    said = words(browser.get(where))
    assert "For these children no letter was made" in said
    assert name in said
    assert "Print, in the order of the envelopes" in said
    printed = browser.get(f"{where}print/")
    assert printed.content.startswith(b"%PDF-")
    with factories.acting(actor):
        assert Letter.objects.count() == 23
    assert "No letters wait to be written." not in words(browser.get(reverse("many_letters")))


def test_whose_letters_are_made_does_not_wait_to_be_written_about(plan, people, hari):
    where = asked_for_many(hari[1], plan)
    assert "No letters wait to be written." in words(hari[1].get(reverse("many_letters")))
    jobs.make_waiting(hari[0].authority_id, at=NOON)
    assert "Letters made together" in words(hari[1].get(where))


def test_nobody_ticked_is_said_at_the_boxes(plan, people, hari):
    assert "Tick at least one child." in words(hari[1].post(reverse("many_letters"), {}))


def test_a_decision_since_takes_a_letter_out_of_the_file_for_the_printer(plan, people, hari):
    actor, browser = hari
    where = asked_for_many(browser, plan)
    jobs.make_waiting(actor.authority_id, at=NOON)
    assert browser.get(f"{where}print/").status_code == 200

    with factories.acting(actor):
        decide(plan, actor, "c", "Ann Tolland", "notice")

    assert browser.get(f"{where}print/").status_code == 409
    assert "Make the file for the printer again" in words(browser.get(where))
    browser.post(f"{where}print-again/")
    jobs.make_waiting(actor.authority_id, at=NOON)
    with factories.acting(actor):
        held = LetterJob.objects.get().holds
        grandmother = people["contact_in_care"].letters.get()
    assert grandmother.reference not in held
    assert len(held) == 2, "the child and the carer; the mother waits for a word about the father"
    assert browser.get(f"{where}print/").status_code == 200


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
