"""Does the worker, in its own role, take in what a host answered, with or without a nudge?"""

from datetime import timedelta

import pytest

from accounts.roles import Role
from db import clock
from duties.models import Duty
from notifications.models import Document
from placements import tasks
from placements.actions import missing
from placements.actions.missing_answers import answer
from placements.missing import Word
from placements.models import MissingReport, Placement
from placements.return_interviews import KIND
from tests import databases, factories
from tests.placements.losing import lose_open_duties


@pytest.mark.parametrize("is_nudged", [True, False])
def test_a_worker_takes_in_what_the_host_took_on(committing, is_nudged):
    yusuf = factories.person(role=Role.DUTY_DESK)
    dele = factories.person(factories.LEEDS, Role.MANAGER)
    placement = factories.placement_at(Placement.Status.STARTED, yusuf)
    back_at = placement.started_at + timedelta(hours=2)
    clock.set_to(back_at)
    with factories.acting(yusuf):
        report = missing.report_missing(
            child_id=placement.child_id,
            missing_since=placement.started_at,
            last_seen="Town",
            returned_at=back_at,
            by=yusuf,
            at=back_at,
        )
        missing.ask_host(report_id=report.id, by=yusuf, at=back_at)
    with factories.acting(dele):
        notice = Document.objects.get(subject_id=report.id, superseded_by=None)
        answer(document_id=notice.id, word=Word.ACCEPTS, post="Manager", by=dele, at=back_at)

    with databases.as_role("WORKER_DATABASE_URL"):
        if is_nudged:
            tasks.take_in_missing(str(yusuf.authority_id))
        else:
            tasks.take_in_all_missing.run()

    with factories.acting(yusuf):
        assert MissingReport.objects.get().interview_owner_id == dele.authority_id


@pytest.mark.parametrize("is_taken_on", [True, False])
def test_an_interview_whose_duty_was_lost_is_owed_again_by_whoever_has_it(committing, is_taken_on):
    yusuf = factories.person(role=Role.DUTY_DESK)
    dele = factories.person(factories.LEEDS, Role.MANAGER)
    placement = factories.placement_at(Placement.Status.STARTED, yusuf)
    back_at = placement.started_at + timedelta(hours=2)
    clock.set_to(back_at)
    with factories.acting(yusuf):
        report = missing.report_missing(
            child_id=placement.child_id,
            missing_since=placement.started_at,
            last_seen="Town",
            returned_at=back_at,
            by=yusuf,
            at=back_at,
        )
        missing.ask_host(report_id=report.id, by=yusuf, at=back_at)
    if is_taken_on:
        with factories.acting(dele):
            notice = Document.objects.get(subject_id=report.id, superseded_by=None)
            answer(document_id=notice.id, word=Word.ACCEPTS, post="Manager", by=dele, at=back_at)
    tasks.take_in_all_missing.run()
    holder, other = (dele, yusuf) if is_taken_on else (yusuf, dele)
    before = interviews_owed(holder)
    assert len(before) == 1

    lose_open_duties(holder)
    assert interviews_owed(holder) == []
    tasks.take_in_all_missing.run()

    assert interviews_owed(holder) == before
    assert interviews_owed(other) == []


def interviews_owed(by) -> list:
    with factories.acting(by):
        return list(Duty.objects.filter(kind=KIND, closed_at=None).values_list("key", "due_at"))
