"""Is whoever does not answer followed up, whatever their system says, until a person has read it?"""

from datetime import date, timedelta

import pytest

from accounts.acting import acting_for, operator, service
from accounts.models import Membership
from accounts.roles import Role
from db import clock
from duties.models import Closing, Duty
from notifications import documents
from notifications.delivery import delivery
from notifications.ladder import climbing, ladder
from notifications.models import Climb, Contact, Document, Rung
from tests import factories
from tests.notifications.post import RECIPIENT_CODE, SENDER_CODE, compose, host_officer

# Counted by hand in ladders.toml.
STEPS_OF = {"ordinary": 5, "question": 5, "urgent": 5, "quiet": 1}
ONE_KIND_OF_EACH_LADDER = (Document.Kind.PLACEMENT_NOTICE, Document.Kind.CONSULTATION, Document.Kind.ANSWER)
FOLLOW_UPS = {"notice_follow_up", "notice_call", "notice_not_acknowledged"}


@pytest.fixture
def officer(post):
    """Whoever sends, a member of the sender; and a manager there."""
    factories.person(SENDER_CODE, Role.MANAGER, "Tom Oakes")
    return factories.person(SENDER_CODE)


@pytest.fixture
def notice(post, officer):
    with acting_for(officer, "test"):
        return compose(post.sender.id, post.recipient.id)


def let_pass(days: float) -> None:
    clock.set_to(clock.now() + timedelta(days=days))


def duties(post) -> dict[str, Duty]:
    with acting_for(service(post.sender.id), "test"):
        return {one.kind: one for one in Duty.objects.filter(subject_kind="document").select_related("owner")}


def rungs(post) -> list[str]:
    with acting_for(service(post.sender.id), "test"):
        return list(Rung.objects.order_by("number").values_list("step", flat=True))


def climb(post) -> Climb:
    with acting_for(service(post.sender.id), "test"):
        return Climb.objects.get()


def test_a_partner_that_answers_200_to_everything_still_climbs(post, notice, officer, worker, receiver):
    with worker():
        delivery.deliver_due()
        assert receiver.taken
        let_pass(7)
        assert climbing.climb_due() == 1
    assert rungs(post) == ["email_after_failure", "named_person", "deputy", "call_script", "manager"]
    found = duties(post)
    assert set(found) == FOLLOW_UPS
    assert found["notice_follow_up"].owner_id == officer.person_id
    end = found["notice_not_acknowledged"]
    assert end.owner is not None, "the end of the ladder is somebody's"
    assert end.role == Role.MANAGER
    assert "no reply yet" in end.title
    assert not any("late" in duty.title for duty in found.values())


def test_a_step_is_taken_when_it_is_due_and_once(post, notice, worker):
    with worker():
        assert climbing.climb_due() == 0
        let_pass(0.2)
        climbing.climb_due()
        climbing.climb_due()
    assert rungs(post) == ["email_after_failure", "named_person"]


@pytest.mark.parametrize("urgency", Document.Urgency)
@pytest.mark.parametrize("kind", [*ONE_KIND_OF_EACH_LADDER])
def test_every_ladder_is_climbed_step_by_step_to_a_task_of_a_person_by_name(kind, urgency, post, officer, worker):
    with acting_for(officer, "test"):
        compose(post.sender.id, post.recipient.id, kind=kind, urgency=urgency, body={})
    expected = ladder.ladder_for(kind, urgency, composed_at=clock.now(), due_on=date(2026, 12, 29))
    assert len(expected) == STEPS_OF[ladder.name_of(kind, urgency)]
    for number, step in enumerate(expected, start=1):
        clock.set_to(step.at - timedelta(seconds=1))
        with worker():
            climbing.climb_due()
        assert len(rungs(post)) < number, f"{step.step} before its time"
        clock.set_to(step.at + timedelta(seconds=1))
        with worker():
            climbing.climb_due()
        assert step.step in rungs(post)
    assert rungs(post) == [one.step for one in expected]
    end = duties(post)["notice_not_acknowledged"]
    assert (end.owner.name, end.role, end.closed_at) == ("Tom Oakes", Role.MANAGER, None)


@pytest.mark.parametrize("kind", Document.Kind)
def test_the_ladder_of_every_kind_is_in_the_file_and_ends_with_a_person(kind):
    named = ladder.name_of(kind, Document.Urgency.ORDINARY)
    assert named in STEPS_OF
    assert named == ladder.DEFAULT or kind in ladder._read()["kinds"]


def test_the_managers_task_is_raised_by_the_managers_step_and_says_what_was_done(post, notice, officer, worker):
    with worker():
        let_pass(7)
        climbing.climb_due()
    end = duties(post)["notice_not_acknowledged"]
    with acting_for(service(post.sender.id), "test"):
        manager_step = Rung.objects.get(step="manager")
    assert manager_step.words == "Tom Oakes, the manager of whoever sent it, has a task to settle it."
    assert sum("Whoever sent it has a task to follow it up." in line for line in end.working) == 1
    assert "Say nothing about a child until you know whom you speak to" in " ".join(end.working)


def test_of_two_managers_the_one_of_the_senders_team_has_it_and_not_one_who_has_left(post, notice, officer, worker):
    theirs = factories.person(SENDER_CODE, Role.MANAGER, "Ann Team")
    gone = factories.person(SENDER_CODE, Role.MANAGER, "Bo Gone")
    with acting_for(operator(post.sender.id), "test"):
        of_the_team = Membership.objects.filter(user_id__in=[theirs.person_id, gone.person_id, officer.person_id])
        of_the_team.update(team="North")
        Membership.objects.filter(user_id=gone.person_id).update(starts_on=date(2019, 1, 1), ends_on=date(2026, 12, 2))
    with worker():
        let_pass(7)
        climbing.climb_due()
    assert duties(post)["notice_not_acknowledged"].owner.name == "Ann Team"


def test_where_nobody_is_the_manager_whoever_sent_it_has_the_task(post, notice, officer, worker):
    with acting_for(operator(post.sender.id), "test"):
        Membership.objects.filter(role=Role.MANAGER).update(ends_on=date(2026, 12, 1))
    with worker():
        let_pass(7)
        climbing.climb_due()
    assert duties(post)["notice_not_acknowledged"].owner_id == officer.person_id


def test_a_persons_answer_ends_it_and_closes_what_was_to_be_followed_up(post, notice, worker):
    with worker():
        let_pass(7)
        climbing.climb_due()
    host = host_officer(post.recipient.id)
    with acting_for(host, "test"):
        documents.acknowledge(notice.id, actor=host, post="Notifications officer", at=clock.now())
    with worker():
        climbing.look_at(notice.id, post.sender.id)
    assert climb(post).ending == Climb.Ending.ANSWERED
    found = duties(post)
    assert {one.closing for one in found.values()} == {Closing.MET}
    assert found["notice_call"].evidence == "Acknowledged by Nadia Clarke, Notifications officer"


def test_an_answer_of_which_nobody_told_the_worker_is_found_by_the_sweep(post, notice, worker):
    host = host_officer(post.recipient.id)
    with acting_for(host, "test"):
        documents.acknowledge(notice.id, actor=host, post="Officer", at=clock.now())
    with worker():
        let_pass(1)
        climbing.climb_due()
    assert (climb(post).ending, rungs(post)) == (Climb.Ending.ANSWERED, [])


def test_past_its_end_it_is_still_looked_at(post, notice, worker):
    with worker():
        let_pass(7)
        climbing.climb_due()
        host = host_officer(post.recipient.id)
        with acting_for(host, "test"):
            documents.acknowledge(notice.id, actor=host, post="Officer", at=clock.now())
        let_pass(0.1)
        climbing.climb_due()
    assert duties(post)["notice_not_acknowledged"].closing == Closing.MET


def test_opening_it_is_no_answer(post, notice, worker):
    host = host_officer(post.recipient.id)
    with acting_for(host, "test"):
        documents.open_document(notice.id, actor=host, at=clock.now())
    with worker():
        let_pass(1)
        climbing.climb_due()
    assert "named_person" in rungs(post)


def test_a_dispute_is_an_answer_and_a_task_to_put_it_right(post, notice, worker):
    host = host_officer(post.recipient.id)
    with acting_for(host, "test"):
        documents.dispute(notice.id, actor=host, post="Officer", words="CANARY no such street", at=clock.now())
    with worker():
        climbing.look_at(notice.id, post.sender.id)
    found = duties(post)
    assert set(found) == {"notice_disputed"}
    assert "CANARY" not in found["notice_disputed"].title


def test_what_was_taken_back_is_followed_up_no_more(post, notice, officer, worker):
    with acting_for(officer, "test"):
        documents.recall(notice.id, sender_id=post.sender.id, at=clock.now())
    with worker():
        let_pass(1)
        climbing.climb_due()
    assert (climb(post).ending, duties(post)) == (Climb.Ending.NOT_STANDING, {})


def test_the_call_script_has_the_numbers_on_file_and_never_the_directors(post, officer, worker):
    for purpose, number in (("placement_notices", "0114 496 0001"), ("director", "0114 496 0002")):
        with acting_for(operator(post.recipient.id), "test"):
            Contact.objects.create(
                authority=post.recipient,
                purpose=purpose,
                telephone=number,
                starts_on=date(2026, 1, 1),
                confirmed_on=date(2026, 1, 1),
                confirmed_by="Nadia Clarke",
            )
    with acting_for(officer, "test"):
        compose(post.sender.id, post.recipient.id)
    with worker():
        let_pass(7)
        climbing.climb_due()
    working = " ".join(duties(post)["notice_call"].working)
    assert "0114 496 0001" in working
    assert "0114 496 0002" not in working


def test_the_ladder_of_a_notice_is_what_was_promised_when_it_was_composed(post, notice, worker, monkeypatch):
    promised = [step["step"] for step in climb(post).ladder]
    monkeypatch.setattr(climbing, "ladder_for", None)
    with worker():
        let_pass(7)
        climbing.climb_due()
    assert rungs(post) == promised


def test_two_sweeps_at_once_take_a_step_once(post, notice, worker):
    with worker():
        let_pass(7)
        climbing.climb_due()
        with acting_for(service(post.sender.id), "test"):
            Climb.objects.update(next_at=clock.now())
        climbing.climb_due()
    assert rungs(post) == ["email_after_failure", "named_person", "deputy", "call_script", "manager"]


def test_those_that_cannot_be_climbed_stand_before_nobody(post, officer, worker, monkeypatch, caplog):
    with acting_for(officer, "test"):
        first, second, third = (compose(post.sender.id, post.recipient.id) for _ in range(3))
    let_pass(0.02)
    real = climbing._climb
    bad = {climb_of.id for climb_of in climbs(post, first, second)}

    def some_cannot(climb_id, sender_id):
        if climb_id in bad:
            raise ValueError("this one cannot be climbed")
        real(climb_id, sender_id)

    monkeypatch.setattr(climbing, "_climb", some_cannot)
    monkeypatch.setattr(climbing, "AT_ONCE", 1)
    with worker():
        assert climbing.climb_due() == 3
    [taken] = climbs(post, third)
    assert taken.taken == 1
    assert all(str(one) in caplog.text for one in bad)


def climbs(post, *notices: Document) -> list[Climb]:
    with acting_for(service(post.sender.id), "test"):
        return list(Climb.objects.filter(document__in=notices))


def test_the_two_authorities_are_told_apart(post, notice):
    with acting_for(service(post.recipient.id), "test"):
        assert not Climb.objects.exists(), "how a sender follows up is its own"
    assert RECIPIENT_CODE != SENDER_CODE
