"""Two people decide about one approval at the same moment: one wins, the other is told who."""

import threading

import pytest
from django.db import connection

from accounts.roles import Role
from placements.actions.approvals import decide
from placements.approving import approvals
from placements.exceptions import DecidedAlready
from placements.models import Approval, Placement
from placements.rules.satisfied_of import Answer
from tests.factories import NOON, ROTHERHAM, acting, person, placement_at


@pytest.mark.parametrize("decision", ["approved", "declined"])
def test_of_two_who_decide_at_the_same_moment_one_wins_and_the_other_is_told(committing, decision):
    priya = person()
    made = placement_at(Placement.Status.PROPOSED, priya)
    directors = [person(ROTHERHAM, Role.DIRECTOR, name) for name in ("Ada One", "Bea Two")]
    with acting(priya):
        approval = Approval.objects.get(placement=made)
        answers = {one.requirement.code: Answer("On file.", "Said.") for one in approvals.items(approval, {}, at=NOON)}
    together, won, told = threading.Barrier(2), [], []

    def decide_as(director):
        given = {"decision": decision, "answers": answers, "words": "So decided."}
        together.wait()
        try:
            with acting(director):
                won.append(decide(approval_id=approval.id, **given, by=director, at=NOON).decided_by)
        except DecidedAlready as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide_as, args=[director]) for director in directors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [winner], [words] = won, told
    assert words.startswith(f"{decision.capitalize()} by {winner} on Tue 1 December 2026, 12:00")
    with acting(priya):
        kept = Approval.objects.get(id=approval.id)
    assert (kept.decided_by, kept.decision) == (winner, decision)
