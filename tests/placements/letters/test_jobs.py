"""Letters for many children: rows first, a worker makes them, whatever stops; one file for the printer, kept for a week."""

from datetime import timedelta

import pytest

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import ClockTimestamp, LogEntry
from db import clock
from placements import tasks
from placements.exceptions import PlacementNotFound, UnreadableField
from placements.letters import jobs, offered, prepare
from placements.letters.exceptions import NothingToWrite, PrintNotReady
from placements.models import Letter, LetterJob, LetterJobLine, Placement
from tests import factories
from tests.factories import NOON, acting, placement_at
from tests.placements.letters import pdf
from tests.placements.letters.world import decided_as_in_the_story, listed


@pytest.fixture
def hari(db):
    return factories.person(role=Role.PLACEMENT_OFFICER, name="Hari Lal")


@pytest.fixture
def plans(hari) -> list[Placement]:
    """Two children with thirteen lines each, and one whose list is empty."""
    found = [placement_at(Placement.Status.PROPOSED, hari) for _ in range(3)]
    for one in found[:2]:
        decided_as_in_the_story(one, hari)
        listed(one, hari)
    return found


def ask(hari, *plans, about="placement") -> LetterJob:
    with acting(hari):
        return jobs.ask(placement_ids=[one.id for one in plans], about=about, by=hari, at=NOON)


def make(hari) -> int:
    return jobs.make_waiting(hari.authority_id, at=NOON)


def now(hari, job: LetterJob) -> LetterJob:
    with acting(hari):
        return LetterJob.objects.get(id=job.id)


def lines(hari, job) -> list[LetterJobLine]:
    with acting(hari):
        return list(job.lines.order_by("number"))


def test_nothing_is_made_in_the_request_and_everything_by_the_worker(hari, plans):
    job = ask(hari, *plans)
    with acting(hari):
        assert jobs.progress(job).done == 0
        assert not Letter.objects.exists()

    assert make(hari) == 3

    with acting(hari):
        told = jobs.progress(job)
        assert (told.children, told.done, told.is_finished) == (3, 3, True)
        assert [(one.placement_id, bool(one.refused)) for one in told.refused] == [(plans[2].id, True)]
        made = list(Letter.objects.all())
    assert {(one.batch, one.composed_by) for one in made} == {(job.id, "Hari Lal")}
    assert make(hari) == 0, "nothing is made twice"


def test_the_file_for_the_printer_holds_the_paper_letters_child_by_child_in_the_order_of_the_envelopes(hari, plans):
    job = ask(hari, *reversed(plans[:2]))
    make(hari)
    with acting(hari):
        going = offered.to_go_out(offered.of_batch(job.id))
        content = jobs.printed(now(hari, job), going, at=NOON)
        on_paper = offered.on_paper(going)
    assert [one.correspondent.code for one in on_paper] == ["child", "contact_in_care", "previous_carer"] * 2
    assert [one.placement.child.reference for one in on_paper] == sorted(
        one.placement.child.reference for one in on_paper
    )
    read = pdf.text(content)
    places = [read.index(one.reference) for one in on_paper]
    assert places == sorted(places)


def test_the_file_is_forgotten_after_a_week_and_made_again_when_asked_for(hari, plans):
    job = ask(hari, plans[0])
    make(hari)
    later = now(hari, job).expires_at
    with acting(hari):
        going = offered.to_go_out(offered.of_batch(job.id))
        jobs.printed(now(hari, job), going, at=later - timedelta(seconds=1))
        with pytest.raises(PrintNotReady):
            jobs.printed(now(hari, job), going, at=later)

    jobs.make_waiting(hari.authority_id, at=later)
    assert now(hari, job).content is None
    with acting(hari):
        assert Letter.objects.filter(batch=job.id).count() == len(going), "the letters themselves stay"
        assert LogEntry.objects.filter(operation="letters.forget").count() == 1
        jobs.print_anew(job_id=job.id, by=hari, at=later)
    make(hari)
    assert bytes(now(hari, job).content).startswith(b"%PDF-")


def test_a_worker_that_died_leaves_its_child_to_the_next_one(hari, plans):
    job = ask(hari, *plans[:2])
    taken = jobs._taken(job)
    assert taken.placement_id == plans[0].id
    assert make(hari) == 1, "the other child does not wait for it"
    assert now(hari, job).made_at is None

    with acting(hari):
        LetterJobLine.objects.filter(id=taken.id).update(leased_until=ClockTimestamp())
    assert make(hari) == 1
    assert now(hari, job).made_at is not None
    assert jobs._make(job, taken) is False, "the first worker comes back, and its lease holds no more"


@pytest.mark.parametrize("how", ["a fault", "a worker that dies each time"])
def test_a_child_at_which_something_breaks_is_given_up_after_three_tries_and_holds_up_no_other(
    how, hari, plans, monkeypatch
):
    job = ask(hari, *plans[:2])
    real = prepare.prepare

    def broken(**arguments):
        if arguments["placement_id"] == plans[0].id:
            raise RuntimeError("a fault")
        return real(**arguments)

    if how == "a fault":
        monkeypatch.setattr(prepare, "prepare", broken)
    else:
        for _ in range(jobs.MOST_TRIES):
            jobs._taken(job)
            with acting(hari):
                LetterJobLine.objects.filter(tries__gt=0).update(leased_until=ClockTimestamp())
    make(hari)

    first, second = lines(hari, job)
    assert (first.refused, second.refused) == (jobs.FAULT, "")
    assert now(hari, job).made_at is not None


def test_a_task_lets_other_work_have_its_turn_and_the_next_one_goes_on(hari, plans, monkeypatch):
    monkeypatch.setattr(jobs, "MAKING_SECONDS", 0.0)
    nudged = []
    monkeypatch.setattr(jobs.outbox, "nudge", lambda *words: nudged.append(words))
    ask(hari, *plans)
    assert [make(hari), make(hari), make(hari), make(hari)] == [1, 1, 1, 0]
    assert nudged == [(jobs.MAKE, str(hari.authority_id))] * 3


def test_only_readable_lists_of_ones_own_placements_are_asked_for(hari, plans, monkeypatch):
    stranger = factories.person(factories.LEEDS, Role.PLACEMENT_OFFICER)
    with pytest.raises(PlacementNotFound):
        ask(stranger, plans[0])
    with pytest.raises(NothingToWrite):
        ask(hari)
    with pytest.raises(NotPermitted):
        ask(factories.person(role=Role.HOST_OFFICER), plans[0])
    monkeypatch.setattr(jobs, "CHILDREN_AT_ONCE", 2)
    with pytest.raises(UnreadableField, match="2 children at most"):
        ask(hari, *plans)


def test_another_authority_sees_neither_the_job_nor_its_file(hari, plans):
    ask(hari, plans[0])
    make(hari)
    stranger = factories.person(factories.LEEDS, Role.PLACEMENT_OFFICER)
    with acting(stranger):
        assert not LetterJob.objects.exists()
        assert not LetterJobLine.objects.exists()


def test_the_worker_in_its_own_role_makes_what_was_asked_for(as_worker):
    clock.set_to(NOON)
    hari = factories.person(role=Role.PLACEMENT_OFFICER, name="Hari Lal")
    plan = placement_at(Placement.Status.PROPOSED, hari)
    listed(plan, hari)
    job = ask(hari, plan)

    tasks.make_letters(str(hari.authority_id))

    assert bytes(now(hari, job).content).startswith(b"%PDF-")
    tasks.make_all_letters()
