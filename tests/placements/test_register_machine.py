"""Whatever people do, in whatever order: a child is in one place, no duty is without basis or closed without words,
nobody approves without the office, and every placement has exactly the duties that the regulations ask for.
"""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements.actions import approvals as approval_actions
from placements.actions import placements as actions
from placements.actions.amend import correct
from placements.actions.complete_notices import complete_notice
from placements.actions.endings import tell_host_of_ending
from placements.actions.new_dates import move_start
from placements.approving import approvals
from placements.exceptions import PlacementError
from placements.models import Approval, Placement
from placements.owed import sweeps
from placements.place.amendments import Changes
from placements.rules.satisfied_of import Answer
from placements.telling.care_plans import CarePlan
from tests.factories import NOON, ROTHERHAM, PlaceTo, acting, child, person
from tests.placements import naive_duties
from tests.placements.naive_duties import Facts

PLACES = {"in_area": PlaceTo.IN_AREA, "adjoining": PlaceTo.ADJOINING, "distant": PlaceTo.AT_A_DISTANCE}
CARERS = {"agency": ("U6", "PR4"), naive_duties.NOBODY_APPROVES: ("U6", "PR1"), "parents": ("P1", "PR0")}
BASES = {"law", "guidance", "local_rule", "practice"}
GONE = ("replaced", "not_owed")
hours = st.sampled_from([0, 2, 30])
which = st.integers(min_value=0, max_value=50)


class Register(RuleBasedStateMachine):
    """Two children, and a worker, a director, a nominated officer and a manager who come and go through the actions."""

    @initialize()
    def open(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.worker, self.director, self.officer, self.manager = self.people
        self.children = [child(self.worker) for _ in range(2)]
        self.now = NOON
        self.placements = []
        self.facts = {}
        self.refused = 0

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # What people do

    @rule(
        number=st.sampled_from([0, 0, 0, 1]),
        where=st.sampled_from(sorted(PLACES)),
        carer=st.sampled_from(sorted(CARERS)),
        days=st.integers(0, 30),
        is_emergency=st.booleans(),
        is_in_key_stage_four=st.booleans(),
    )
    def propose(self, number, where, carer, days, is_emergency, is_in_key_stage_four):
        planned_on = naive_duties.on(self.now + timedelta(days=days))
        made = self.do(
            actions.propose,
            child_id=self.children[number].id,
            planned_start_on=planned_on,
            place=PLACES[where],
            place_code=CARERS[carer][0],
            provider_code=CARERS[carer][1],
            is_emergency=is_emergency,
            why_not_wait="Nowhere else." if is_emergency else "",
            is_in_key_stage_four=is_in_key_stage_four,
        )
        self.know(made, Facts(where, carer, is_emergency, is_in_key_stage_four, planned_on))

    @rule(
        number=st.sampled_from([0, 0, 0, 1]),
        where=st.sampled_from(sorted(PLACES)),
        carer=st.sampled_from(sorted(CARERS)),
        ago=hours,
    )
    def start_in_emergency(self, number, where, carer, ago):
        made = self.do(
            actions.record_emergency_start,
            child_id=self.children[number].id,
            started_at=self.now - timedelta(hours=ago),
            place=PLACES[where],
            place_code=CARERS[carer][0],
            provider_code=CARERS[carer][1],
            why_not_wait="Nowhere else.",
        )
        if made:
            self.know(made, Facts(where, carer, True, False, None))

    @precondition(lambda self: self.placements)
    @rule(of=which, by=st.sampled_from([0, 1, 2, 3]), decision=st.sampled_from(["approved", "declined"]), ago=hours)
    def decide(self, of, by, decision, ago):
        placement = self.pick(of)
        with acting(self.worker):
            waiting = list(Approval.objects.filter(placement=placement, superseded_at=None))
            if not waiting:
                return
            approval = waiting[of % len(waiting)]
            items = approvals.items(approval, {}, at=self.now)
        answers = {one.requirement.code: Answer("On file.", "Asked by telephone.") for one in items}
        who = self.people[by]
        given = {"approval_id": approval.id, "decision": decision, "answers": answers, "words": "So decided."}
        if ago:
            decided_at = self.now - timedelta(hours=ago)
            self.do(approval_actions.decide, **given, decider_id=who.person_id, decided_at=decided_at)
        else:
            self.do(approval_actions.decide, **given, by=who)

    @precondition(lambda self: self.placements)
    @rule(of=which, ago=hours, has_reason=st.booleans())
    def start(self, of, ago, has_reason):
        reason = "Nobody could be reached." if has_reason else ""
        started_at = self.now - timedelta(hours=ago)
        self.do(actions.start, placement_id=self.pick(of).id, started_at=started_at, breach_reason=reason)

    @precondition(lambda self: self.placements)
    @rule(of=which, ago=hours)
    def end(self, of, ago):
        self.do(actions.end, placement_id=self.pick(of).id, ended_at=self.now - timedelta(hours=ago))

    @precondition(lambda self: self.placements)
    @rule(of=which)
    def withdraw(self, of):
        self.do(actions.withdraw, placement_id=self.pick(of).id, reason="The carer is ill.")

    @precondition(lambda self: self.placements)
    @rule(of=which, days=st.integers(0, 30))
    def give_a_new_date(self, of, days):
        on = naive_duties.on(self.now + timedelta(days=days))
        if self.do(move_start, placement_id=self.pick(of).id, planned_start_on=on, reason="The carer is ill."):
            self.facts[self.pick(of).id].planned_on = on

    @precondition(lambda self: self.placements)
    @rule(of=which, where=st.sampled_from(sorted(PLACES)))
    def correct_the_place(self, of, where):
        changes = Changes(place=PLACES[where])
        if self.do(correct, placement_id=self.pick(of).id, changes=changes, reason="A slip of the pen."):
            self.facts[self.pick(of).id].where = where

    @precondition(lambda self: self.placements)
    @rule(of=which)
    def complete_the_notice(self, of):
        plan = CarePlan("3", self.now, "Secure e-mail")
        self.do(complete_notice, placement_id=self.pick(of).id, needs_and_suitability="Her needs.", care_plan=plan)

    @precondition(lambda self: self.placements)
    @rule(of=which)
    def tell_of_the_ending(self, of):
        self.do(tell_host_of_ending, placement_id=self.pick(of).id)

    @rule(by=st.sampled_from([1, 26, 24 * 9]))
    def wait(self, by):
        self.now += timedelta(hours=by)

    @rule()
    def sweep(self):
        sweeps.raise_missing_duties(self.worker.authority_id, at=self.now)

    # What always holds

    @invariant()
    def a_child_is_in_one_place_at_a_time(self):
        for one in self.children_or_none():
            stays = sorted(
                (made.started_at, made.ended_at or datetime.max.replace(tzinfo=made.started_at.tzinfo))
                for made in self.rows()
                if made.child_id == one.id and made.status in ("started", "ended")
            )
            assert all(before[1] <= after[0] for before, after in pairwise(stays))

    @invariant()
    def every_duty_has_its_basis_and_every_closed_one_its_words(self):
        for duty in self.duties():
            assert duty.basis in BASES
            assert duty.citation
            if duty.closed_at:
                assert duty.evidence or duty.reason
                assert (duty.closing == "met") == (duty.done_at is not None)

    @invariant()
    def nobody_approves_without_the_office(self):
        held = {self.people[1].person_id: "director", self.people[2].person_id: "nominated_officer"}
        for approval in self.approvals():
            if approval.decision:
                office = held[approval.decider_id]
                assert approval.decided_as == office
                assert office in (approval.grade, "director")

    @invariant()
    def what_is_asked_is_what_the_regulations_ask(self):
        for made in self.rows():
            asked = [one for one in self.approvals() if one.placement_id == made.id and not one.superseded_at]
            current = {one.under: one.grade for one in asked}
            assert current == naive_duties.approvals_needed(self.fact(made))

    @invariant()
    def a_start_without_approval_before_it_is_a_breach_and_no_other_is(self):
        for made in self.rows():
            facts = self.fact(made)
            if facts.started_at and facts.is_live:
                lacking = [
                    under
                    for under in naive_duties.approvals_needed(facts)
                    if facts.approvals[under][0] != "approved" or facts.approvals[under][1] >= facts.started_at
                ]
                assert bool(made.breach_reason) == bool(lacking)

    @invariant()
    def every_placement_has_exactly_the_duties_that_the_rules_demand(self):
        approvals_of = {f"approval:{one.id}": one for one in self.approvals() if not one.superseded_at}
        for made in self.rows():
            facts = self.fact(made)
            standing = {}
            for duty in self.duties():
                if duty.subject_id != made.id or duty.closing in GONE or duty.basis == "local_rule":
                    continue
                if duty.key.endswith(f"replaced {duty.id}"):
                    continue
                if duty.kind.startswith("approval_by_"):
                    if duty.key in approvals_of:
                        standing[f"approval under {approvals_of[duty.key].under}"] = duty
                    continue
                assert duty.kind not in standing
                standing[duty.kind] = duty
            if not facts.is_live:
                assert not [kind for kind, duty in standing.items() if not duty.closed_at]
                continue
            wanted = naive_duties.owed(facts)
            assert set(standing) == set(wanted)
            for kind, due_on in wanted.items():
                if due_on and not standing[kind].closed_at:
                    assert (kind, standing[kind].due_on) == (kind, due_on)

    @invariant()
    def no_host_keeps_sight_of_a_plan_that_is_off(self):
        for made in self.rows():
            if made.status in ("withdrawn", "declined"):
                with acting(self.worker):
                    assert not Document.objects.filter(
                        subject_id=made.id, kind="placement_notice", recalled_at=None
                    ).exists()

    # How the machine looks and acts

    def do(self, action, **given):
        """Do it as somebody; what a rule refuses leaves everything as it was, which the invariants then see."""
        by = given.pop("by", self.worker)
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic(), acting(by):
                return action(**given, by=by, at=self.now)
        except (PlacementError, NotPermitted):
            self.refused += 1
            return None

    def know(self, made, facts):
        if made:
            self.placements.append(made)
            self.facts[made.id] = facts

    def pick(self, number) -> Placement:
        return self.placements[number % len(self.placements)]

    def children_or_none(self):
        return getattr(self, "children", [])

    def rows(self) -> list[Placement]:
        if not hasattr(self, "worker"):
            return []
        with acting(self.worker):
            return list(Placement.objects.filter(id__in=self.facts))

    def duties(self) -> list[Duty]:
        if not hasattr(self, "worker"):
            return []
        with acting(self.worker):
            return list(Duty.objects.filter(subject_kind="placement"))

    def approvals(self) -> list[Approval]:
        if not hasattr(self, "worker"):
            return []
        with acting(self.worker):
            return list(Approval.objects.all())

    def fact(self, made: Placement) -> Facts:
        """The paper's facts brought up to what happened: state, start, decisions, and the child's next planned move."""
        facts = self.facts[made.id]
        facts.status, facts.started_at = made.status, made.started_at
        facts.approvals = {
            one.under: (one.decision, one.decided_at)
            for one in self.approvals()
            if one.placement_id == made.id and not one.superseded_at
        }
        ahead = [
            other.planned_start_on
            for other in self.rows()
            if other.child_id == made.child_id
            and other.status in ("proposed", "approved")
            and not other.is_emergency
            and made.starts_on
            and other.planned_start_on >= made.starts_on
        ]
        facts.next_move_on = min(ahead, default=None) if made.status == "started" else None
        return facts


@pytest.mark.django_db
def test_whatever_people_do_the_register_holds():
    roles = (Role.PLACEMENT_OFFICER, Role.DIRECTOR, Role.NOMINATED_OFFICER, Role.MANAGER)
    Register.people = [person(ROTHERHAM, role) for role in roles]
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],  # to shrink a story of fifteen steps takes minutes
            derandomize=True,
        ),
    )
