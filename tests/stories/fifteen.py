"""Ashford-on-Grid's out-of-area placements of November 2026 to May 2027, lived through at their own instants (story 10)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from accounts.acting import acting_for, service
from db import clock
from duties import handling
from duties.models import Duty
from geo.areas import authority_by_code
from notifications import documents
from placements.actions import placements as actions
from placements.actions.approvals import confirm, decide
from placements.actions.children import register_child
from placements.actions.choose_host import choose_host
from placements.actions.complete_notices import complete_notice
from placements.actions.considered import record_place_tried
from placements.actions.consultations import record_telephone_try
from placements.actions.endings import record_ending, tell_host_of_ending
from placements.actions.judgements import latest_screening, record_conversation, write_judgement
from placements.actions.new_dates import move_start
from placements.actions.told_before import say_no_trace, state_told_before
from placements.approving import approvals
from placements.models import Child, GoLive, Placement
from placements.overlay import screening
from placements.place.places import Place
from placements.rules.satisfied_of import Answer
from placements.telling.care_plans import CarePlan
from tests.hotspots import world as areas
from tests.stories.conftest import ASHFORD, BRACKWATER, who
from tests.stories.test_story_1_at_night import Night
from tests.stories.test_story_2_asked_first import Fortnight

DUNMERE = "X06000003"
OF_THE_POLICE = {"originator": "Norrowshire Police", "conditions": "Not to carers or providers without agreement."}
ON_FILE = Answer(evidence="On the child's file.", reason="Asked by telephone; the care plan follows.")
WHY_ENDED = "Nobody knew until it had ended."
WHY_3005 = "Nobody was told in November: the officer had left, and the list was not handed over."


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of Coordinated Universal Time."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Before:
    """One that began before go-live: told before Placewatch, unless nobody knows where or no notice is owed."""

    reference: str
    postcode: str
    began_on: date
    legal_status: str = "C2"
    is_restricted: bool = False


EXTRACT = (
    Before("AG-3001", "AG1 1AA", date(2025, 9, 1)),
    Before("AG-3002", "BK2 2BB", date(2024, 9, 2)),
    Before("AG-3003", "CY1 3LL", date(2025, 2, 17)),
    Before("AG-3004", "DM1 4DD", date(2026, 11, 2)),
    Before("AG-3005", "CY1 5EE", date(2026, 11, 9)),
    Before("AG-3006", "", date(2026, 6, 1)),
    Before("AG-3007", "BK2 7GG", date(2026, 5, 4), legal_status="V4"),
    Before("AG-3008", "GA1 8HH", date(2026, 3, 9)),
)
BY_HAND = (
    Before("AG-2301", "BK4 8GS", date(2026, 7, 6)),
    Before("AG-2302", "BK7 5LD", date(2026, 8, 3)),
    Before("AG-2303", "BK4 3GS", date(2026, 9, 7), is_restricted=True),
    Before("AG-2210", "BK6 4HT", date(2026, 10, 5)),
    Before("AG-1402", "CY5 1DT", date(2026, 11, 2)),
)


class Fifteen:
    """Everything that happened until the telephone rang on Monday 14 June 2027."""

    def __init__(self):
        self.priya, self.tom, self.marsh = who("Priya Nair"), who("Tom Oakes"), who("Dr Helen Marsh")
        self.colin, self.ruth = who("Colin Reeve"), who("Ruth Adeyemi")
        self.placements: dict[str, Placement] = {}
        self.go_live()
        self.december()
        self.kayla()
        self.dean()
        self.mia()
        self.april()
        self.pia()

    def go_live(self) -> None:
        """Mon 30 November: what began before is answered; of 3005 there is no trace, and it is told the same day."""
        moment = at(2026, 11, 30, 9)
        with acting_for(self.priya, "test"):
            GoLive.objects.create(
                authority_id=self.priya.authority_id, on=date(2026, 11, 30), set_at=moment, set_by="Tom Oakes"
            )
            for one in EXTRACT:
                self._began(one, moment)
            self._told_before(("AG-3002", "AG-3003", "AG-3004", "AG-3008"), moment)
            missed = self.placements["AG-3005"]
            given = {"by": self.priya, "at": moment}
            say_no_trace(placement_ids=[missed.id], is_emergency=False, **given)
        self._approve(missed, decided_at=at(2026, 11, 6, 15), recorded_at=at(2026, 11, 30, 10), by_telephone=False)
        self._complete(missed, at(2026, 11, 30, 11))
        with acting_for(self.priya, "test"):
            duty = Duty.objects.get(subject_id=missed.id, kind="notice_to_host")
            handling.say_why_late(duty.id, words=WHY_3005, by=self.priya, at=at(2026, 11, 30, 11, 5))

    def december(self) -> None:
        """3010 as planned; 3009 an emergency, found in the second file; 3004 ended; five more keyed by hand."""
        planned = self._planned("AG-3010", "CY1 0LL", date(2026, 12, 3), at(2026, 12, 1, 9))
        self._complete(planned, at(2026, 12, 1, 10))
        self._approve(planned, decided_at=at(2026, 12, 2, 9), recorded_at=at(2026, 12, 2, 9))
        self._start(planned, at(2026, 12, 3, 15))
        ended = self.placements["AG-3004"]
        home = self._planned("AG-3004-HOME", "AG1 1AA", date(2026, 12, 4), at(2026, 12, 7, 9), child=ended.child)
        self._start(home, at(2026, 12, 4, 15), recorded_at=at(2026, 12, 7, 9))
        self._ended(ended, decided_on=date(2026, 12, 4), told_at=at(2026, 12, 8, 9))
        moment = at(2026, 12, 8, 10)
        found = self._emergency("AG-3009", "CY1 9JJ", at(2026, 12, 2, 16), moment)
        self._approve(found, decided_at=at(2026, 12, 2, 14), recorded_at=moment, by_telephone=True)
        self._complete(found, at(2026, 12, 8, 11))
        # A grant to a closed address runs by the product's clock.
        clock.set_to(at(2026, 12, 8, 12))
        with acting_for(self.priya, "test"):
            for one in BY_HAND:
                self._began(one, at(2026, 12, 8, 12))
            self._told_before([one.reference for one in BY_HAND], at(2026, 12, 8, 13))

    def kayla(self) -> None:
        """Story 1."""
        night = Night()
        night.record_the_directors_word()
        night.record_arrival()
        with acting_for(night.yusuf, "test"):
            first = documents.received(night.yusuf.authority_id).get(subject_id=night.move.id)
            documents.open_document(first.id, actor=night.yusuf, at=at(2026, 12, 18, 1, 10))
            documents.acknowledge(first.id, actor=night.yusuf, post="Out-of-hours duty", at=at(2026, 12, 18, 1, 10))
        with acting_for(self.marsh, "test"):
            asked = approvals.current(night.move).get()
            confirm(approval_id=asked.id, by=self.marsh, at=at(2026, 12, 18, 8, 40))
        with acting_for(self.priya, "test"):
            tried = {"place": "CANARY-OTHER-BED, Ashford", "why_not": "Full.", "asked_on": date(2026, 12, 17)}
            record_place_tried(placement_id=night.move.id, **tried, by=self.priya, at=at(2026, 12, 18, 9))
        self._complete(night.move, at(2026, 12, 18, 10, 5))
        self.placements["AG-2041"] = night.move

    def dean(self) -> None:
        """Story 2."""
        plan = Fortnight()
        plan.answer(plan.ask())
        self._judge(plan.move, "agrees", "He will be driven to school.", at(2027, 1, 21, 16))
        plan.approve()
        notice = plan.give_notice()
        with acting_for(plan.grace, "test"):
            documents.acknowledge(notice.id, actor=plan.grace, post="Notifications officer", at=at(2027, 1, 26, 10, 5))
        with acting_for(self.priya, "test"):
            given = {"planned_start_on": date(2027, 2, 2), "reason": "The carer is ill.", "by": self.priya}
            move_start(placement_id=plan.move.id, **given, at=at(2027, 2, 1, 8, 15))
        self._start(plan.move, at(2027, 2, 2, 16, 40))
        self.placements["AG-1877"] = plan.move

    def mia(self) -> None:
        """Left on Tue 2 March 2027; known on the 4th from the home, confirmed and told on the 8th."""
        mia = self.placements["AG-2210"]
        with acting_for(self.priya, "test"):
            actions.end(placement_id=mia.id, ended_at=at(2027, 3, 2, 10), by=self.priya, at=at(2027, 3, 8, 9))
        self._ended(mia, decided_on=date(2027, 3, 8), told_at=at(2027, 3, 8, 10))

    def april(self) -> None:
        """Brackwater shares Canal Street; Kit's worker is not worried, Lee's is although nothing is near."""
        clock.set_to(at(2027, 4, 9, 13))
        areas.publish(
            BRACKWATER,
            areas.square(
                "2BC",
                narrative="CANARY-CANAL",
                **OF_THE_POLICE,
                geometry=areas.polygon(east=610_000, north=460_000),
                review_on="2027-07-09",
            ),
            to=ASHFORD,
        )
        kit, lee = self.placements["AG-2301"], self.placements["AG-2302"]
        with acting_for(service(self.priya.authority_id), "test"):
            screening.screen([kit, lee], at=at(2027, 4, 9, 13, 10), purpose="an area that changed")
        self._judge(kit, "not_worried", "She does not go there.", at(2027, 4, 13, 10))
        self._judge(lee, "worried", "He is met at the station.", at(2027, 4, 13, 11))

    def pia(self) -> None:
        """Story 7: the wrong area chosen on 26 April, told at 09:10 on the 27th, undone at 10:34, told again at 10:50."""
        dunmere, brackwater = authority_by_code(DUNMERE), authority_by_code(BRACKWATER)
        pia = self._planned("AG-2350", "BK9 7QT", date(2027, 4, 28), at(2027, 4, 26, 9), host_id=dunmere.id)
        with acting_for(self.priya, "test"):
            given = {"rung": "Dunmere, 01632 960400", "rung_at": at(2027, 4, 26, 10), "words": "Nothing known."}
            record_telephone_try(placement_id=pia.id, **given, by=self.priya, at=at(2027, 4, 26, 10, 5))
        self._approve(pia, decided_at=at(2027, 4, 26, 14), recorded_at=at(2027, 4, 26, 14))
        self._complete(pia, at(2027, 4, 27, 8, 10))
        with acting_for(self.priya, "test"):
            why = "R. Pell rang at 10:30: Mill Lane is Brackwater's."
            given = {"host_id": brackwater.id, "why": why, "tell_host": False, "by": self.priya}
            choose_host(placement_id=pia.id, **given, at=at(2027, 4, 27, 9, 34))
        self._complete(pia, at(2027, 4, 27, 9, 50))
        self._approve(pia, decided_at=at(2027, 4, 27, 13), recorded_at=at(2027, 4, 27, 13))
        self._start(pia, at(2027, 4, 28, 15))

    def _child(self, reference: str, moment: datetime, legal_status: str) -> Child:
        return register_child(
            reference=reference,
            given_name="Given",
            family_name=reference,
            born_on=date(2012, 3, 4) if reference != "AG-1402" else date(2009, 5, 3),
            looked_after_since=date(2024, 1, 8),
            legal_status=legal_status,
            by=self.priya,
            at=moment,
        )

    def _began(self, one: Before, moment: datetime) -> None:
        child = self._child(one.reference, moment, one.legal_status)
        began_at = datetime(one.began_on.year, one.began_on.month, one.began_on.day, 12, tzinfo=UTC)
        made = actions.propose(
            child_id=child.id,
            planned_start_on=one.began_on,
            place=Place(line=f"{one.reference} Lane", postcode=one.postcode, home_postcode="AG4 4HP"),
            place_code="U6",
            provider_code="PR4",
            is_restricted=one.is_restricted,
            by=self.priya,
            at=moment,
        )
        actions.start(placement_id=made.id, started_at=began_at, by=self.priya, at=moment)
        self.placements[one.reference] = made

    def _told_before(self, references, moment: datetime) -> None:
        state_told_before(
            placement_ids=[self.placements[one].id for one in references],
            told_on=date(2026, 11, 2),
            evidence="The old spreadsheet.",
            by=self.priya,
            at=moment,
        )

    def _planned(
        self,
        reference: str,
        postcode: str,
        start_on: date,
        moment: datetime,
        *,
        child: Child | None = None,
        host_id: UUID | None = None,
    ) -> Placement:
        with acting_for(self.priya, "test"):
            made = actions.propose(
                child_id=(child or self._child(reference, moment, "C2")).id,
                planned_start_on=start_on,
                place=Place(line=f"{reference} Lane", postcode=postcode, home_postcode="AG4 4HP"),
                place_code="U6",
                provider_code="PR4" if postcode[:2] != "AG" else "PR1",
                host_id=host_id,
                tell_host=False,
                by=self.priya,
                at=moment,
            )
        self.placements[reference] = made
        return made

    def _emergency(self, reference: str, postcode: str, started_at: datetime, moment: datetime) -> Placement:
        with acting_for(self.priya, "test"):
            made = actions.record_emergency_start(
                child_id=self._child(reference, moment, "C2").id,
                started_at=started_at,
                place=Place(line=f"{reference} Lane", postcode=postcode, home_postcode="AG4 4HP"),
                place_code="U6",
                provider_code="PR4",
                why_not_wait="The carers gave notice for the same day.",
                by=self.priya,
                at=moment,
            )
        self.placements[reference] = made
        return made

    def _approve(
        self, placement: Placement, *, decided_at: datetime, recorded_at: datetime, by_telephone: bool | None = None
    ) -> None:
        """By whoever is asked; `by_telephone` None: they record it themselves."""
        with acting_for(self.priya, "test"):
            [asked] = [one for one in approvals.current(placement) if not one.decision]
            answers = {one.requirement.code: ON_FILE for one in approvals.items(asked, {}, at=recorded_at)}
        officer = self.marsh if asked.grade == "director" else self.colin
        given = {"approval_id": asked.id, "decision": "approved", "answers": answers, "at": recorded_at}
        if by_telephone is not None:
            given |= {"decider_id": officer.person_id, "decided_at": decided_at, "is_by_telephone": by_telephone}
        recorder = officer if by_telephone is None else self.priya
        with acting_for(recorder, "test"):
            decide(**given, by=recorder)

    def _complete(self, placement: Placement, moment: datetime) -> None:
        """The notice with everything that reg. 13(4) asks for."""
        with acting_for(self.priya, "test"):
            given = {"needs_and_suitability": "What is needed, and why there.", "by": self.priya, "at": moment}
            complete_notice(placement_id=placement.id, care_plan=CarePlan("1", moment, "Secure e-mail"), **given)

    def _start(self, placement: Placement, started_at: datetime, *, recorded_at: datetime | None = None) -> None:
        with acting_for(self.priya, "test"):
            given = {"started_at": started_at, "by": self.priya, "at": recorded_at or started_at}
            actions.start(placement_id=placement.id, **given)

    def _ended(self, placement: Placement, *, decided_on: date, told_at: datetime) -> None:
        with acting_for(self.priya, "test"):
            why = {"why_not_before": WHY_ENDED, "decided_by": "Tom Oakes"}
            done = {"by": self.priya, "at": told_at}
            record_ending(placement_id=placement.id, how="by_us", **why, decided_on=decided_on, **done)
            tell_host_of_ending(placement_id=placement.id, **done)

    def _judge(self, placement: Placement, agreement: str, thinks: str, moment: datetime) -> None:
        with acting_for(self.priya, "test"):
            judgement = write_judgement(
                placement_id=placement.id,
                screening_id=latest_screening(placement).id,
                supersedes_id=None,
                known_and_not_known="What is shared, and what the child says.",
                thinks_and_why=thinks,
                look_again_on=date(2027, 7, 13),
                agreement=agreement,
                by=self.priya,
                at=moment,
            )
        with acting_for(self.ruth, "test"):
            record_conversation(held_at=moment, words={judgement.id: "Agreed."}, by=self.ruth, at=moment)
