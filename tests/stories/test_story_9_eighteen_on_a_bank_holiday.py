"""Story 9, eighteen on a bank holiday with the adviser on leave: nothing falls off, and the other council has read it."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.acting import acting_for, operator
from db import clock
from duties.models import Duty
from geo.areas import authority_by_code
from leaving_care import milestone_duties
from leaving_care.actions.advisers import appoint
from leaving_care.actions.handovers import Written, begin, send, write
from leaving_care.actions.homes import record_move, say_who_provides
from leaving_care.actions.hosting import answer_handover, keep_offer
from leaving_care.actions.telling import tell_authority
from leaving_care.actions.work import record_step
from leaving_care.entitlements import entitlement_of
from leaving_care.models import Handover, HandoverPart
from notifications import documents
from notifications.models import Document
from placements.actions import placements as actions
from placements.actions.children import register_child
from placements.exceptions import DoesNotFit
from placements.models import CarePeriod, Child
from placements.place.places import Place
from tests.stories.conftest import BRACKWATER, CARROWBY, who
from tests.stories.telling import told

LONDON = ZoneInfo("Europe/London")
PAST = "CANARY-PAST"


def at(day: int, month: int, hour: int, minute: int = 0, year: int = 2027) -> datetime:
    """An instant by London's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def authority(code: str):
    return authority_by_code(code)


class Months:
    """Shanice's spring of 2027, one method a step."""

    def __init__(self):
        self.lewis, self.kofi, self.carla = who("Lewis Grant"), who("Kofi Mensah"), who("Carla Dunn")
        self.priya, self.beth = who("Priya Nair"), who("Beth Lorne", CARROWBY)
        self.began = at(2, 11, 9, year=2026)
        with acting_for(self.priya, "test"):
            self.shanice = register_child(
                reference="AG-1402",
                given_name="Shanice",
                family_name="Hart",
                born_on=date(2009, 5, 3),
                looked_after_since=date(2025, 9, 1),
                legal_status="C2",
                by=self.priya,
                at=self.began,
            )
            placement = actions.record_emergency_start(
                child_id=self.shanice.id,
                started_at=self.began,
                place=Place(line="Quay House", postcode="CY5 1DT", home_postcode="AG2 5HJ"),
                place_code="K3",
                provider_code="PR4",
                by=self.priya,
                at=self.began,
            )
        self.placement = placement
        with acting_for(operator(self.shanice.authority_id), "test"):
            CarePeriod.objects.create(
                authority_id=self.shanice.authority_id,
                child=self.shanice,
                starts_on=date(2025, 1, 10),
                ends_on=date(2025, 2, 20),
                end_code="E4A",
            )
        with acting_for(self.carla, "test"):
            day = {"by": self.carla, "at": at(12, 2, 17)}
            appoint(child_ids=[self.shanice.id], person_id=self.lewis.person_id, starts_on=date(2026, 11, 9), **day)
            for kind, on in (
                ("needs_assessed", date(2026, 1, 12)),
                ("plan_made", date(2026, 2, 12)),
                ("reviewed", date(2026, 8, 12)),
                ("reviewed", date(2027, 2, 12)),
            ):
                record_step(child_id=self.shanice.id, kind=kind, done_on=on, **day)

    def sweep(self, moment: datetime) -> None:
        clock.set_to(moment)
        milestone_duties.keep_all(self.shanice.authority_id, at=moment)

    def hand_over(self) -> Document:
        with acting_for(self.lewis, "test"):
            draft = begin(
                child_id=self.shanice.id,
                host_id=authority(CARROWBY).id,
                by=self.lewis,
                at=at(22, 4, 15),
            )
            write(
                handover_id=draft.id,
                parts={
                    "accommodation": Written(words="Quay House, checked and suitable.", is_agreed=True),
                    "health": Written(words="Registered with the quay surgery.", is_agreed=True),
                    "judgements": Written(
                        words=f"{PAST}: what was done to her.",
                        is_agreed=False,
                        written_by="Carla Dunn",
                        written_on=date(2026, 12, 1),
                    ),
                },
                by=self.lewis,
                at=at(22, 4, 15, 30),
            )
            return send(handover_id=draft.id, is_agreed_early=True, by=self.lewis, at=at(26, 4, 10))

    def read_in_carrowby(self, sent: Document) -> Document:
        with acting_for(self.beth, "test"):
            documents.open_document(sent.id, actor=self.beth, at=at(27, 4, 9))
            documents.acknowledge(sent.id, actor=self.beth, post="leaving care", at=at(27, 4, 9, 5))
            offer = keep_offer(
                title="Council tax",
                words="No council tax to 25: ring us.",
                review_on=date(2028, 4, 1),
                by=self.beth,
                at=at(27, 4, 9, 10),
            )
            return answer_handover(
                document_id=sent.id,
                contact_name="Beth Lorne",
                contact_telephone="01632 960302",
                offer_ids=[offer.id],
                question="Does she have a bank account?",
                post="leaving care",
                by=self.beth,
                at=at(27, 4, 9, 15),
            )

    def turn_eighteen(self) -> None:
        self.sweep(at(4, 5, 8))

    def confirm(self) -> Document:
        with acting_for(self.lewis, "test"):
            say_who_provides(
                child_id=self.shanice.id, from_on=date(2027, 5, 3), power="s24B", by=self.lewis, at=at(4, 5, 9)
            )
            return tell_authority(
                child_id=self.shanice.id, area_id=authority(CARROWBY).id, by=self.lewis, at=at(4, 5, 9, 10)
            )

    def move(self, power: str = "s24B") -> None:
        with acting_for(self.kofi, "test"):
            record_move(
                child_id=self.shanice.id,
                moved_on=date(2027, 5, 20),
                line="Flat 2",
                postcode="BK3 3NN",
                power=power,
                how_they_are="She is well.",
                by=self.kofi,
                at=at(20, 5, 16),
            )

    def owed(self, **filters) -> dict[str, date | None]:
        with acting_for(self.carla, "test"):
            kinds = {"kind__in": milestone_duties.KINDS} | filters
            rows = Duty.objects.filter(subject_id=self.shanice.id, closed_at=None, **kinds)
            return {row.kind: row.due_on for row in rows}

    def open_duty(self, kind: str, **filters) -> Duty:
        with acting_for(self.carla, "test"):
            return Duty.objects.get(subject_id=self.shanice.id, kind=kind, closed_at=None, **filters)


@pytest.fixture
def spring(county):
    clock.set_to(at(12, 2, 17))
    return Months()


def test_entitlement_says_since_when_and_how_it_was_counted(spring):
    with acting_for(spring.lewis, "test"):
        answer = entitlement_of(Child.objects.get(), on=date(2027, 4, 12))

    assert (answer.status.value, answer.eligible_since) == ("eligible", date(2025, 10, 21))
    assert [(line.nights, line.running_total) for line in answer.count.lines] == [(41, 41), (50, 91)]
    assert answer.count.other.eligible_since == date(2025, 10, 19)


def test_next_review_and_the_plan_ahead_stand_on_the_board_and_belong_to_lewis(spring):
    owed = spring.owed()

    assert owed["pathway_review"] == date(2027, 8, 12)
    ahead = spring.open_duty("plan_ahead_18")
    assert (ahead.basis, ahead.due_on, ahead.owner_id) == ("practice", date(2027, 5, 3), spring.lewis.person_id)


def test_before_18_a_handover_goes_only_with_her_agreement_to_send_it_early(spring):
    with acting_for(spring.lewis, "test"):
        draft = begin(
            child_id=spring.shanice.id,
            host_id=authority(CARROWBY).id,
            by=spring.lewis,
            at=at(22, 4, 15),
        )
        with pytest.raises(DoesNotFit, match="only if the young person agrees"):
            send(handover_id=draft.id, by=spring.lewis, at=at(26, 4, 10))

        assert not Document.objects.filter(kind=Document.Kind.HANDOVER).exists()


def test_carrowby_reads_who_stays_responsible_first_and_only_what_she_agreed_to(spring):
    sent = spring.hand_over()
    answer = spring.read_in_carrowby(sent)

    with acting_for(spring.beth, "test"):
        body = Document.objects.get(id=sent.id).body
    assert body["stays_responsible"].startswith("Ashford-on-Grid stays responsible, wherever the young person lives.")
    assert [part["part"] for part in body["parts"]] == ["accommodation", "health"]
    assert body["adviser"] == "Lewis Grant"
    assert (body["lives_from"], body["address"]) == ("2026-11-02", "")
    assert PAST not in told(spring.beth)
    with acting_for(spring.lewis, "test"):
        back = Document.objects.get(id=answer.id).body
        assert (back["contact_name"], back["question"]) == ("Beth Lorne", "Does she have a bank account?")
        assert [offer["title"] for offer in back["offers"]] == ["Council tax"]
        assert HandoverPart.objects.get(part="judgements", handover__document_id=sent.id).is_agreed is False


def test_eighteen_begins_telling_carrowby_by_10_may_and_closes_nothing(spring):
    spring.hand_over()
    before = set(spring.owed())

    spring.turn_eighteen()

    owed = spring.owed()
    assert before <= set(owed)
    assert owed["tell_authority"] == date(2027, 5, 10)
    assert owed["who_provides"] == date(2027, 5, 3)
    assert spring.open_duty("tell_authority").basis == "local_rule"
    with acting_for(spring.lewis, "test"):
        answer = entitlement_of(Child.objects.get(), on=date(2027, 5, 4))
    assert (answer.status.value, answer.since) == ("former_relevant", date(2027, 5, 3))
    assert "We stay responsible to 21, Fri 3 May 2030" in answer.findings[1].sentence


def test_lewis_confirms_on_4_may_and_carrowby_sees_that_ashford_stays_responsible(spring):
    spring.hand_over()
    spring.turn_eighteen()

    notice = spring.confirm()

    owed = spring.owed()
    assert "tell_authority" not in owed
    assert "who_provides" not in owed
    assert (owed["home_visit"], owed["home_review"]) == (date(2027, 5, 10), date(2027, 5, 31))
    with acting_for(spring.beth, "test"):
        body = Document.objects.get(id=notice.id).body
    assert body["no_longer_looked_after_since"] == "2027-05-03"
    assert body["lives_from"] == "2026-11-02"
    assert body["stays_responsible"].startswith("Ashford-on-Grid stays responsible")


def test_move_of_20_may_in_four_answers_makes_the_lines_of_the_table(spring):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()

    spring.move()

    owed = spring.owed(raised_at=at(20, 5, 16))
    assert owed == {
        "tell_authority": date(2027, 5, 27),
        "tell_left": date(2027, 5, 27),
        "home_visit": date(2027, 5, 27),
        "home_review": date(2027, 6, 17),
    }
    with acting_for(spring.carla, "test"):
        gone = Duty.objects.get(kind="home_review", closing="not_owed")
    assert "A move on Thu 20 May 2027, recorded by Kofi Mensah." in gone.reason


def test_tenancy_of_her_own_makes_neither_visit_nor_review(spring):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()

    spring.move(power="their_own")

    assert set(spring.owed(raised_at=at(20, 5, 16))) == {"tell_authority", "tell_left"}


def test_brackwater_gets_a_new_handover_made_from_the_old_one_without_what_she_kept_back(spring):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()
    spring.move()
    brackwater = authority(BRACKWATER)
    officer = who("Nadia Clarke", BRACKWATER)
    assert told(officer).count("Shanice") == 0

    with acting_for(spring.kofi, "test"):
        new = Handover.objects.get(child_id=spring.shanice.id, host=brackwater, sent_at=None)
        assert (new.made_from.host.name, new.begun_by) == ("Carrowby", "Kofi Mensah")
        with pytest.raises(DoesNotFit, match="A handover to Brackwater is begun already"):
            begin(child_id=spring.shanice.id, host_id=brackwater.id, by=spring.kofi, at=at(20, 5, 16, 5))
        sent = send(handover_id=new.id, by=spring.kofi, at=at(20, 5, 16, 10))

    with acting_for(officer, "test"):
        body = Document.objects.get(id=sent.id).body
    assert (body["postcode"], body["lives_from"]) == ("BK3 3NN", "2027-05-20")
    assert [part["part"] for part in body["parts"]] == ["health"]
    assert "Quay House" not in told(officer)
    assert body["housing"][0] == (
        "Brackwater may not keep this person off its housing register for want of local connection until 25, "
        "3 May 2034 (SI 2025/706). It says nothing about priority."
    )
    assert body["housing"][1] == "Homelessness has its own rule (Housing Act 1996 s. 199): ask housing."
    assert PAST not in told(officer)
    assert "tell_authority" not in spring.owed()


def test_draft_begun_before_a_move_within_the_area_tells_the_home_of_the_day_on_which_it_is_sent(spring):
    spring.turn_eighteen()
    spring.confirm()
    with acting_for(spring.lewis, "test"):
        draft = begin(child_id=spring.shanice.id, host_id=authority(CARROWBY).id, by=spring.lewis, at=at(5, 5, 9))
        record_move(
            child_id=spring.shanice.id,
            moved_on=date(2027, 5, 6),
            line="5 Invented Wharf",
            postcode="CY5 1DT",
            power="their_own",
            by=spring.lewis,
            at=at(6, 5, 9),
        )
        body = send(handover_id=draft.id, by=spring.lewis, at=at(6, 5, 10)).body

    assert (body["address"], body["lives_from"]) == ("5 Invented Wharf", "2027-05-06")


def test_carrowby_is_told_that_she_has_left_and_not_where_she_lives_now(spring):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()
    spring.move()

    with acting_for(spring.kofi, "test"):
        notice = tell_authority(
            child_id=spring.shanice.id,
            area_id=authority(CARROWBY).id,
            has_left=True,
            by=spring.kofi,
            at=at(21, 5, 9),
        )

    assert "tell_left" not in spring.owed()
    with acting_for(spring.beth, "test"):
        body = Document.objects.get(id=notice.id).body
    assert body["left_on"] == "2027-05-20"
    for canary in ("BK3 3NN", "Flat 2", "Brackwater", PAST):
        assert canary not in told(spring.beth)
        assert canary not in json.dumps(body)


def test_nothing_of_it_is_seen_by_ashford_s_neighbour_before_20_may(spring):
    spring.hand_over()
    spring.turn_eighteen()
    spring.confirm()

    assert "Shanice" not in told(who("Nadia Clarke", BRACKWATER))


def test_sweep_run_twice_or_after_three_days_raises_each_thing_once(spring):
    spring.turn_eighteen()
    first = spring.owed()

    spring.sweep(at(4, 5, 9))
    spring.sweep(at(7, 5, 9))

    with acting_for(spring.carla, "test"):
        keys = list(Duty.objects.filter(subject_id=spring.shanice.id).values_list("key", flat=True))
    assert spring.owed() == first
    assert len(keys) == len(set(keys))
