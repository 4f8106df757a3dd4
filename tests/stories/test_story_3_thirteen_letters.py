"""Story 3, thirteen letters and a dead mailbox: every letter in one go, the father is not told, the bounce is a task."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.acting import Actor, acting_for, service
from db import clock
from duties.actions import close_as_met
from duties.models import Closing, Duty
from geo.areas import authority_by_code
from notifications import documents
from notifications.delivery import delivery, emails
from notifications.directory import contacts, directory
from notifications.exceptions import AnotherPersonNeeded
from notifications.guests import guests
from notifications.models import Contact, Delivery, Document
from placements import queries
from placements.actions import placements as actions
from placements.actions.approvals import decide
from placements.actions.children import register_child
from placements.actions.complete_notices import complete_notice
from placements.actions.endings import record_ending
from placements.actions.withholdings import withhold
from placements.approving import approvals
from placements.letters import check, correspondents, given, prepare, printing
from placements.letters.check import About, Standing
from placements.letters.exceptions import NotWrittenTo
from placements.letters.left_out import plain
from placements.models import Approval, Letter, Placement
from placements.place.places import Place
from placements.rules.satisfied_of import Answer
from placements.telling import bounced
from placements.telling.care_plans import CarePlan
from storm.notify import API_KEY, TEMPLATE_ID
from tests import databases
from tests.notifications import notify as notifies
from tests.placements.letters import pdf
from tests.stories.conftest import BRACKWATER, who

DUNMERE = "X06000003"
OLD, NEW, SWITCHBOARD = "ooa@dunmere-old.example", "placements.in@dunmere.example", "01632 960400"
CANARIES = ("Quince", "DM3 8RS")
FATHER = "Sam Tolland"
BY_EMAIL = {"channel": "secure_email"}
TO_WRITE_TO = (
    ("child", "Bea Tolland", {"channel": "by_hand"}),
    ("parents", "Ros Tolland", {"channel": "post", "postal_address": "8 Chapel Walk\nBrackwater"}),
    ("contact_in_care", "Ann Tolland", {"channel": "post", "postal_address": "2 Quay Street\nBrackwater"}),
    ("previous_carer", "Jan Ode", {"channel": "by_hand"}),
    ("health_body_now", "NHS Norrow West ICB", BY_EMAIL | {"email": "cic@norrow-west.example"}),
    ("health_body_to_be", "NHS Norrow East ICB", BY_EMAIL | {"email": "cic@norrow-east.example"}),
    ("gp_now", "Mill Surgery", BY_EMAIL | {"email": "mill@surgery.example"}),
    ("gp_to_be", "Lock Surgery", BY_EMAIL | {"email": "lock@surgery.example"}),
    ("school", "Brackwater High", BY_EMAIL | {"email": "office@high.example"}),
    ("iro", "Pat Hume", {"channel": "in_product"}),
    ("school_to_be", "Dunmere High", BY_EMAIL | {"email": "office@dunmere-high.example"}),
    ("police", "Norrowshire Police, missing coordinator", BY_EMAIL | {"email": "missing@norrowshire.example"}),
)
HOW = {"post": ("posted", 22), "secure_email": ("sent", 22), "by_hand": ("handed_over", 24)}


def at(day: int, hour: int, minute: int, month: int = 3) -> datetime:
    """An instant of March 2027, before summer time begins on Sunday 28, or of May an hour behind London."""
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


class Week:
    """Bea's week from Monday 22 March 2027, one method a step."""

    def __init__(self):
        self.hari, self.ewan = who("Hari Lal", BRACKWATER), who("Ewan Pike", BRACKWATER)
        self.dunmere = authority_by_code(DUNMERE)
        with acting_for(self.hari, "test"):
            bea = register_child(
                reference="BW-0317",
                given_name="Bea",
                family_name="Tolland",
                born_on=date(2013, 6, 2),
                looked_after_since=date(2025, 3, 3),
                legal_status="C2",
                by=self.hari,
                at=at(8, 9, 0),
            )
            self.old = self._old_placement(bea.id)
            self.move = actions.propose(
                child_id=bea.id,
                planned_start_on=date(2027, 3, 30),
                place=Place(line="Quince Cottage", postcode="DM3 8RS", home_postcode="BK2 2BB"),
                place_code="U6",
                provider_code="PR4",
                tell_host=False,
                by=self.hari,
                at=at(12, 10, 0),
            )
            self._decide("b", FATHER, "notice")
            self._decide("b", "Ros Tolland", "address")
            self._decide("c", "Ann Tolland", "address")
            self.people = {code: self._list(self.move, code, name, how) for code, name, how in TO_WRITE_TO}
            mother = self.people["parents"]
            [about_the_father] = [
                one for one in correspondents.decisions_of(self.move, "parents") if one.what == "notice"
            ]
            correspondents.say_about(
                correspondent_id=mother.id,
                withholding_id=about_the_father.id,
                is_the_one=False,
                by=self.hari,
                at=at(15, 10, 0),
            )

    def _old_placement(self, child_id) -> Placement:
        """With foster carers of Brackwater's own; what was owed for that is done."""
        place = Place(line="Ode House", postcode="BK2 2BB", home_postcode="BK2 2BB")
        made = {"place_code": "U6", "provider_code": "PR1", "by": self.hari}
        old = actions.propose(child_id=child_id, planned_start_on=date(2027, 3, 9), place=place, **made, at=at(8, 9, 5))
        actions.start(placement_id=old.id, started_at=at(9, 9, 0), by=self.hari, at=at(9, 9, 5))
        for duty in Duty.objects.filter(subject_id=old.id, closed_at=None):
            close_as_met(duty.id, evidence="Before.", by="Hari Lal", at=at(9, 9, 10))
        return Placement.objects.get(id=old.id)

    def _decide(self, paragraph: str, person: str, what: str) -> None:
        withhold(
            placement_id=self.move.id,
            paragraph=paragraph,
            person=person,
            what=what,
            reason="It would put Bea at risk of significant harm.",
            decided_by="Tess Varley, team manager",
            decided_on=date(2027, 3, 15),
            look_again_on=date(2027, 9, 15),
            by=self.hari,
            at=at(15, 9, 30),
        )

    def _list(self, placement: Placement, code: str, name: str, how: dict):
        arguments = {"placement_id": placement.id, "code": code, "name": name}
        return correspondents.add(**arguments, **how, by=self.hari, at=at(15, 9, 40))

    def lines(self, about: About = About.PLACEMENT, on: date = date(2027, 3, 22)) -> list[check.Line]:
        with acting_for(self.hari, "test"):
            return check.lines(Placement.objects.select_related("child").get(id=self.move.id), about, on=on)

    def write(self, placement: Placement, people, about: str = "placement", moment: datetime | None = None):
        with acting_for(self.hari, "test"):
            return prepare.prepare(
                placement_id=placement.id,
                about=about,
                correspondent_ids=[one.id for one in people],
                by=self.hari,
                at=moment or at(22, 9, 0),
            )

    def give(self, letters: list[Letter], *, last: datetime) -> None:
        """By post and by e-mail on Monday, by hand on Wednesday."""
        with acting_for(self.hari, "test"):
            for channel, (fact, day) in HOW.items():
                ids = [one.id for one in letters if one.correspondent.channel == channel]
                moment = at(22, 9, 30) if day == 22 else last
                if ids:
                    given.mark(letter_ids=ids, fact=fact, on=moment.date(), by=self.hari, at=moment)

    def tell_dunmere(self) -> Document:
        with acting_for(self.hari, "test"):
            return complete_notice(
                placement_id=self.move.id,
                needs_and_suitability="Her needs, and why there.",
                care_plan=CarePlan("3", at(22, 9, 0), "With the notice"),
                by=self.hari,
                at=at(22, 9, 0),
            )

    def duty(self, kind: str, placement: Placement | None = None) -> Duty:
        with acting_for(self.hari, "test"):
            of = (placement or self.move).id
            return Duty.objects.exclude(closing="replaced").get(kind=kind, subject_id=of, key=f"{kind}:{of}")

    def notified(self, moment: datetime) -> str:
        """What stands on Ewan's page of the area authority."""
        with acting_for(self.ewan, "test"):
            [approval] = approvals.current(self.move)
            items = {one.requirement.code: one for one in approvals.items(approval, {}, at=moment)}
            return items["area_authority_notified"].sentence


@pytest.fixture
def week(county) -> Week:
    clock.set_to(at(22, 9, 0))
    return Week()


def everything(letter: Letter) -> str:
    held = bytes(letter.content)
    return plain(pdf.everything(held).decode("latin-1")) + plain(pdf.text(held)) + plain(letter.html)


def test_one_page_has_thirteen_lines_of_letters_and_the_father_is_withheld_and_cannot_be_ticked(week):
    found = week.lines()

    assert [line.standing for line in found].count(Standing.READY) == 12
    [father] = [line for line in found if line.standing is Standing.WITHHELD]
    assert father.correspondent is None
    assert "decided by Tess Varley, team manager on Mon 15 March 2027" in father.sentence
    assert "to be looked at again on Wed 15 September 2027" in father.sentence
    shown = {line.name: line.shows_address for line in found if line.correspondent}
    assert [name for name, is_shown in shown.items() if not is_shown] == ["Ros Tolland", "Ann Tolland"]


def test_every_letter_is_made_in_one_go_kept_and_a_dated_line_and_the_duty_closes_on_the_last(week):
    owed = week.duty("notice_to_people")
    assert owed.late_from == date(2027, 3, 30)
    assert any("Last working day before: Thu 25 March 2027" in one for one in owed.working)
    assert any("Fri 26" in one and "Good Friday" in one for one in owed.working)

    letters = week.write(week.move, week.people.values())
    week.give(letters, last=at(24, 16, 0))

    assert len(letters) == 12
    closed = week.duty("notice_to_people")
    assert (closed.closing, closed.done_at.date()) == (Closing.MET, date(2027, 3, 24))
    with acting_for(week.hari, "test"):
        said = [(line.words, line.happened_at.date()) for line in queries.timeline(week.move)]
    [bea] = [one for one in letters if one.correspondent.code == "child"]
    assert (f"Letter {bea.reference} to Bea Tolland: handed over: By Hari Lal", date(2027, 3, 24)) in said
    assert "Dear Bea," in bea.html
    assert "Tuesday 30 March 2027" in bea.html


def test_no_byte_for_mother_and_grandmother_says_where_and_none_at_all_names_the_father(week):
    letters = week.write(week.move, week.people.values())
    by_code = {one.correspondent.code: one for one in letters}

    for code in ("parents", "contact_in_care"):
        held = everything(by_code[code])
        assert not [canary for canary in (*CANARIES, "Dunmere") if plain(canary) in held]
    assert all(plain(FATHER) not in everything(one) for one in letters)
    assert plain("DM3 8RS") in everything(by_code["school"])
    on_paper = [one.html for one in letters if one.correspondent.channel in ("by_hand", "post")]
    assert len(on_paper) == 4
    assert plain(FATHER) not in plain(pdf.text(printing.job(on_paper)))


def bounce(week: Week, server) -> Document:
    """The notice goes to the dead mailbox, and comes back at 14:05."""
    document = week.tell_dunmere()
    with databases.as_role("WORKER_DATABASE_URL"):
        clock.set_to(at(22, 14, 5))
        delivery.deliver_due()
        server.record.write("update email set ending = ?, taken_at = taken_at - 60", ["permanent-failure"])
        with acting_for(service(week.hari.authority_id), "test"):
            Delivery.objects.filter(state="posted").update(next_at=clock.now() - timedelta(seconds=1))
        emails.ask_due()
    return document


@pytest.fixture
def dead_mailbox(week, settings, tmp_path):
    """GOV.UK Notify, at which every e-mail to Dunmere comes back."""
    with notifies.running(tmp_path) as server:
        settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID, settings.NOTIFY_URL = API_KEY, TEMPLATE_ID, server.url
        yield bounce(week, server), server


def test_the_bounce_is_a_task_with_whom_to_ring_and_what_to_say_and_the_notice_counts_as_not_given(week, dead_mailbox):
    document, server = dead_mailbox
    bounced.look_at(week.hari.authority_id, at=at(22, 14, 6))

    with acting_for(week.hari, "test"):
        [task] = Duty.objects.filter(kind="notice_not_delivered", closed_at=None)
    assert task.title == f"Dunmere has not been told: an e-mail to it came back ({document.reference})"
    assert task.due_on == date(2027, 3, 22)
    assert f"Ring Placement notices: {SWITCHBOARD}." in task.working
    assert any("Say no child’s name until the right desk answers" in one for one in task.working)
    assert week.duty("notice_to_host").closed_at is None
    assert week.notified(at(22, 14, 30)) == "Dunmere has not been notified yet."
    sent = str(server.record.read("select * from email"))
    assert OLD in sent
    assert not [canary for canary in (*CANARIES, "Bea", "Tolland") if canary in sent]


def ring_back(week: Week, *, by: Actor) -> Contact:
    with acting_for(week.hari, "test"):
        [change] = contacts.waiting(week.hari.authority_id)
    with acting_for(by, "test"):
        return contacts.confirm_change(
            change_id=change.id, number_rung=SWITCHBOARD, spoke_to="R. Pell", by=by, at=at(23, 10, 35)
        )


def new_address(week: Week) -> None:
    with acting_for(week.hari, "test"):
        contacts.propose(
            of_id=week.dunmere.id,
            purpose=Contact.Purpose.PLACEMENT_NOTICES,
            email=NEW,
            telephone=SWITCHBOARD,
            said_by="R. Pell, on the telephone",
            by=week.hari,
            at=at(23, 10, 10),
        )


def test_the_new_address_waits_for_a_second_person_and_a_call_back(week):
    new_address(week)
    with acting_for(week.hari, "test"):
        assert directory.current_contact(week.dunmere.id, "placement_notices", date(2027, 3, 23)).email == OLD
    with pytest.raises(AnotherPersonNeeded):
        ring_back(week, by=week.hari)

    ring_back(week, by=week.ewan)

    with acting_for(week.hari, "test"):
        assert directory.current_contact(week.dunmere.id, "placement_notices", date(2027, 3, 23)).email == NEW


def test_the_pack_goes_by_a_one_time_link_is_read_by_name_and_then_ewan_may_approve(week, dead_mailbox):
    document, _ = dead_mailbox
    bounced.look_at(week.hari.authority_id, at=at(22, 14, 6))
    clock.set_to(at(23, 10, 40))
    with acting_for(week.hari, "test"):
        made = guests.invite(document_id=document.id, number=SWITCHBOARD, by=week.hari, at=at(23, 10, 40))
    bounced.look_at(week.hari.authority_id, at=at(23, 10, 41))
    owed = week.duty("notice_to_host")
    assert (owed.closing, owed.done_at) == (Closing.MET, at(23, 10, 40))

    clock.set_to(at(24, 11, 20))
    client = Client()
    assert "Bea" not in client.get(reverse("guest", args=[made.token])).content.decode()
    shown = client.post(reverse("guest", args=[made.token]), {"code": made.code}, follow=True).content.decode()
    assert "Quince Cottage" in shown
    client.post(reverse("guest_read", args=[made.token]), {"person": "R. Pell", "post": "Notifications"})

    with acting_for(week.hari, "test"):
        facts = {one.fact: one for one in documents.sent(week.hari.authority_id).get(id=document.id).facts.all()}
    assert (facts["acknowledged"].person, facts["acknowledged"].source) == ("R. Pell", "guest")
    assert week.notified(at(24, 15, 0)) == "Dunmere: notified 23 March 10:40."
    assert approve(week).decision == Approval.Decision.APPROVED


def approve(week: Week) -> Approval:
    with acting_for(week.ewan, "test"):
        [approval] = approvals.current(week.move)
        listed = approvals.items(approval, {}, at=at(24, 15, 0))
        answers = {one.requirement.code: Answer(evidence="On file.", reason="Asked.") for one in listed}
        decide(approval_id=approval.id, decision="approved", answers=answers, by=week.ewan, at=at(24, 15, 0))
        approval.refresh_from_db()
        return approval


def test_the_former_placement_owes_its_own_notice_of_intention_before_the_move(week):
    with acting_for(week.hari, "test"):
        taken = correspondents.take_over(
            placement_id=week.old.id, from_placement_id=week.move.id, by=week.hari, at=at(22, 9, 5)
        )
        carer = week._list(week.old, "carer", "Jan Ode", {"channel": "by_hand"})
    told = [one for one in taken if one.code in ("child", "parents", "gp_now", "school", "iro")]
    for one in taken:
        if one not in told:
            with acting_for(week.hari, "test"):
                correspondents.remove(correspondent_id=one.id, by=week.hari, at=at(22, 9, 6))
    assert week.duty("ending_notice_to_people", week.old).late_from == date(2027, 3, 30)

    letters = week.write(week.old, [*told, carer], about="intention", moment=at(22, 9, 10))
    week.give(letters, last=at(24, 16, 0))

    assert week.duty("ending_notice_to_people", week.old).closing == Closing.MET
    assert all("Tuesday 30 March 2027" in one.html for one in letters)
    assert not [one for one in letters if "Quince" in one.html]


def test_the_ending_letters_come_from_the_same_list_the_father_still_withheld(week, dead_mailbox):
    with acting_for(week.hari, "test"):
        guests.invite(document_id=dead_mailbox[0].id, number=SWITCHBOARD, by=week.hari, at=at(23, 10, 40))
    approve(week)
    week.give(week.write(week.move, week.people.values()), last=at(24, 16, 0))
    with acting_for(week.hari, "test"):
        actions.start(placement_id=week.move.id, started_at=at(30, 15, 0), by=week.hari, at=at(30, 15, 10))
        record_ending(
            placement_id=week.move.id, how="by_us", planned_on=date(2027, 5, 17), by=week.hari, at=at(3, 9, 0, month=5)
        )

    found = week.lines(About.INTENTION, on=date(2027, 5, 3))

    assert [line.name for line in found if line.standing is Standing.WITHHELD] == [FATHER]
    assert len([line for line in found if line.standing is Standing.READY]) == 12
    with (
        acting_for(week.hari, "test"),
        pytest.raises(NotWrittenTo, match=r"Mon 15 March 2027.*look at the decision again"),
    ):
        correspondents.add(
            placement_id=week.move.id,
            code="parents",
            name=FATHER,
            channel="by_hand",
            by=week.hari,
            at=at(3, 9, 10, month=5),
        )
    letters = week.write(week.move, week.people.values(), about="intention", moment=at(3, 9, 20, month=5))
    mother = next(one for one in letters if one.correspondent.code == "parents")
    assert not [canary for canary in CANARIES if plain(canary) in everything(mother)]
