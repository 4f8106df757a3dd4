"""Which children do Norrowshire's authorities look after, and what happened to them? Walked by the real actions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from accounts.acting import Actor
from accounts.models import Membership, User
from duties.actions import close_as_met
from duties.models import Duty
from example import answers
from example.moments import Step, born_on, day, moment
from example.people import parts_of
from example.sharing import ASHFORD
from example.tables import rows
from geo.areas import authority_by_code
from notifications import documents
from notifications.models import Document
from placements.actions import placements as actions
from placements.actions.approvals import decide
from placements.actions.children import register_child
from placements.actions.grants import give_grant
from placements.approving import approvals
from placements.models import Child, Placement
from placements.place.places import Place
from placements.rules.satisfied_of import Answer

TIME_TO_DRIVE = timedelta(minutes=50)
ON_FILE = Answer(evidence="On the child's file.", reason="Asked by telephone; the care plan follows.")


def steps(start: date) -> list[Step]:
    """Every child's registration, and everything that happened to every placement."""
    children = {row["reference"]: row for row in rows("children.csv")}
    found = []
    for row in rows("placements.csv"):
        found += _Course(row, children[row["child"]], start).steps()
    return [*found, _let_read(start), *answers.of_the_night(start)]


def _let_read(start: date) -> Step:
    """Remy's social worker may read the closed address too: a supervisor, who may not, lets him."""

    def do(by: Actor, at: datetime) -> None:
        (sam,) = parts_of("Sam Ortiz")
        give_grant(
            placement_id=Placement.objects.get(child__reference="AG-2218").id,
            person_id=User.objects.get_by_natural_key(sam.email).id,
            reason="Remy's social worker.",
            by=by,
            at=at,
        )

    return Step(moment("-24 14:00", start), authority_by_code(ASHFORD), "Ruth Adeyemi", do)


class _Course:
    """The course of one placement. Its id is known to the later steps once the first was done."""

    def __init__(self, row: dict[str, str], child: dict[str, str], start: date) -> None:
        self.row = row
        self.child = child
        self.start = start
        self.authority = authority_by_code(child["authority"])
        self.placement: Placement | None = None

    def steps(self) -> list[Step]:
        happened = {
            "registered": self._register,
            "approved": self._approve,
            "completed": self._complete,
            "ends": self._end,
            "withdrawn": self._withdraw,
        }
        found = [self._step(column, do) for column, do in happened.items() if self.row[column]]
        if self._has_begun_as_planned():
            found.append(self._step("starts", self._begin))
        if self.row["acknowledged"]:
            found.append(self._acknowledgement())
        return [*found, *answers.steps(self.row, self.authority, self.start, self._as_it_stands)]

    def _as_it_stands(self) -> Placement:
        self.placement.refresh_from_db()
        return self.placement

    def _has_begun_as_planned(self) -> bool:
        starts_on = moment(self.row["starts"], self.start).date()
        return self.row["how"] == "planned" and not self.row["withdrawn"] and starts_on < self.start

    def _step(self, column: str, do: Callable[[Actor, datetime], None]) -> Step:
        return Step(moment(self.row[column], self.start), self.authority, self.row["by"], do)

    def _register(self, by: Actor, at: datetime) -> None:
        given = {
            "child_id": self._child(by, at).id,
            "place": Place(**{name: self.row[name] for name in ("line", "postcode", "home_postcode", "urn")}),
            "place_code": self.row["place_code"],
            "provider_code": self.row["provider_code"],
            "legal_status": self.child["legal_status"],
            "is_restricted": self.row["restricted"] == "yes",
            "by": by,
            "at": at,
        }
        starts_at = moment(self.row["starts"], self.start)
        if self.row["how"] == "emergency":
            why = "The place before ended at once; no other bed was free."
            self.placement = actions.record_emergency_start(started_at=starts_at, why_not_wait=why, **given)
        else:
            why = {"reason_for_distance": self.row["why_there"]}
            self.placement = actions.propose(planned_start_on=starts_at.date(), tell_host=True, **why, **given)

    def _child(self, by: Actor, at: datetime) -> Child:
        known = Child.objects.filter(authority_id=by.authority_id, reference=self.child["reference"]).first()
        return known or register_child(
            reference=self.child["reference"],
            given_name=self.child["given_name"],
            family_name=self.child["family_name"],
            born_on=born_on(self.child["years_old"], self.start),
            sex=self.child["sex"],
            looked_after_since=day(self.child["in_care_since"], self.start),
            legal_status=self.child["legal_status"],
            by=by,
            at=at,
        )

    def _begin(self, by: Actor, at: datetime) -> None:
        self.placement.refresh_from_db()
        is_breach = self.placement.approver_needed and not self.placement.is_approved
        reason = "The approver could not be reached in time." if is_breach else ""
        actions.start(placement_id=self.placement.id, started_at=at, breach_reason=reason, by=by, at=at)

    def _end(self, by: Actor, at: datetime) -> None:
        actions.end(placement_id=self.placement.id, ended_at=at, by=by, at=at)

    def _withdraw(self, by: Actor, at: datetime) -> None:
        actions.withdraw(placement_id=self.placement.id, reason="The carers have fallen ill.", by=by, at=at)

    def _approve(self, by: Actor, at: datetime) -> None:
        """Whoever registered it records what the approver decided, by telephone."""
        for approval in approvals.current(self.placement):
            officer = Membership.objects.get(authority_id=by.authority_id, role=approval.grade)
            answers = {item.requirement.code: ON_FILE for item in approvals.items(approval, {}, at=at)}
            decide(
                approval_id=approval.id,
                decision="approved",
                answers=answers,
                decider_id=officer.user_id,
                decided_at=self._decided_at(at),
                is_by_telephone=True,
                by=by,
                at=at,
            )

    def _decided_at(self, recorded_at: datetime) -> datetime:
        """An emergency is approved on the telephone before the child is there, and recorded once there is time."""
        if self.row["how"] != "emergency":
            return recorded_at
        return moment(self.row["starts"], self.start) - TIME_TO_DRIVE

    def _complete(self, by: Actor, at: datetime) -> None:
        owed = Duty.objects.get(subject_id=self.placement.id, kind="notice_to_host")
        evidence = "Our assessment, our reasons and care plan version 1 supplied by secure e-mail."
        close_as_met(owed.id, evidence=evidence, by=by.name, at=at)

    def _acknowledgement(self) -> Step:
        (person,) = parts_of(self.row["acknowledged_by"])

        def do(by: Actor, at: datetime) -> None:
            document = Document.objects.get(recipient_id=by.authority_id, subject_id=self.placement.id)
            documents.open_document(document.id, actor=by, at=at)
            documents.acknowledge(document.id, actor=by, post=person.part, at=at)

        return Step(moment(self.row["acknowledged"], self.start), person.authority, person.name, do)
