"""Who left care or is about to, and what was done with them? Story 9's people, walked by the real actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts import cover
from accounts.acting import Actor
from example import people
from example.moments import Step, born_on, day, moment
from example.sharing import ASHFORD, BRACKWATER, CARROWBY
from example.tables import rows
from geo.areas import authority_by_code
from leaving_care import milestone_duties
from leaving_care.actions.advisers import appoint
from leaving_care.actions.circumstances import record_circumstance
from leaving_care.actions.handovers import Written, begin, send, write
from leaving_care.actions.homes import record_move
from leaving_care.actions.hosting import answer_handover, current_offers, keep_offer
from leaving_care.actions.telling import record_told
from leaving_care.actions.work import answer_return, record_step
from notifications import documents
from notifications.models import Document
from placements.actions.children import register_child
from placements.models import Child
from placements.owed.sweeps import raise_missing_duties
from placements.rules.ages import birthday

GLYNFA = "X06000006"
ON_THE_DAY_OF_18 = "18"
# Everything that was done before Placewatch is typed in on one day, in this order.
REGISTERED, APPOINTED, TYPED_IN, ANSWERED = "-45 10:00", " 09:00", "-1 17:00", "-1 17:30"


def steps(start: date) -> list[Step]:
    """Registrations, advisers, offers, homes and work done; three handovers; then the sweep and a cover."""
    found = [
        *(_step(row, row["by"], REGISTERED, start, _register) for row in rows("leavers.csv")),
        *(
            _step(row, row["appointed_by"], f"{row['since']}{APPOINTED}", start, _appoint)
            for row in rows("advisers.csv")
        ),
        *(_step(row, row["by"], row["kept"], start, _offer) for row in rows("local_offers.csv")),
        *_homes(start),
        *(_step(row, row["by"], TYPED_IN, start, _work) for row in rows("leaving_care_steps.csv")),
        *(_step(row, row["by"], ANSWERED, start, _answer_return) for row in rows("return_answers.csv")),
        *_handed_over(start),
        *_to_wales(start),
    ]
    return [*found, *_sweeps(start), _cover(start)]


def _step(row: dict[str, str], person: str, when: str, start: date, do: Callable) -> Step:
    return Step(moment(when, start), authority_by_code(row["authority"]), person, lambda by, at: do(row, start, by, at))


def _child(row: dict[str, str]) -> Child:
    return Child.objects.get(reference=row["child"])


def _register(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    register_child(
        reference=row["reference"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        born_on=born_on(row["years_old"], start),
        sex=row["sex"],
        looked_after_since=day(row["in_care_since"], start),
        legal_status=row["legal_status"],
        by=by,
        at=at,
    )


def _appoint(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    adviser = people.actor(row["adviser"], authority_by_code(row["authority"]))
    appoint(child_ids=[_child(row).id], person_id=adviser.person_id, starts_on=day(row["since"], start), by=by, at=at)


def _offer(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    said = {name: row[name] for name in ("title", "words", "address")}
    keep_offer(**said, review_on=day(row["review"], start), by=by, at=at)


def _homes(start: date) -> list[Step]:
    """In the order of the moves: a later one ends the one before."""
    given = list(rows("homes_after_care.csv"))
    return [
        _step(row, row["by"], f"-39 {10 + number // 6:02}:{number % 6}0", start, _move)
        if row["moved"] == ON_THE_DAY_OF_18 or int(row["moved"]) < -39
        else _step(row, row["by"], f"{row['moved']} 16:00", start, _move)
        for number, row in enumerate(given)
    ]


def _move(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    child = _child(row)
    is_at_18 = row["moved"] == ON_THE_DAY_OF_18
    moved_on = birthday(date_of_birth=child.born_on, age=18).on if is_at_18 else day(row["moved"], start)
    said = {name: row[name] for name in ("line", "postcode", "power", "how_they_are")}
    record_move(child_id=child.id, moved_on=moved_on, **said, by=by, at=at)


def _work(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    done_on = day(row["done"], start)
    record_step(child_id=_child(row).id, kind=row["what"], done_on=done_on, words=row["words"], by=by, at=at)


def _answer_return(row: dict[str, str], start: date, by: Actor, at: datetime) -> None:
    said = {name: row[name] for name in ("in_touch", "activity", "accommodation")}
    on = day(row["made"], start)
    answer_return(child_id=_child(row).id, age=int(row["age"]), **said, on=on, by=by, at=at)


@dataclass(frozen=True)
class _Handover:
    """One handover: of whom, from and to which authority, what they agree to, and when it went."""

    child: str
    sender: str
    by: str
    host: str
    sent: str
    parts: dict[str, Written]
    is_early: bool = False

    def send(self, by: Actor, at: datetime) -> None:
        child = Child.objects.get(reference=self.child)
        draft = begin(child_id=child.id, host_id=authority_by_code(self.host).id, by=by, at=at - timedelta(days=1))
        write(handover_id=draft.id, parts=self.parts, by=by, at=at - timedelta(hours=20))
        send(handover_id=draft.id, is_agreed_early=self.is_early, by=by, at=at)


SHANICE = _Handover(
    child="AG-1402",
    sender=ASHFORD,
    by="Lewis Grant",
    host=CARROWBY,
    sent="-10 10:00",
    parts={
        "accommodation": Written(words="Quay House, checked with her and suitable.", is_agreed=True),
        "health": Written(words="Registered with the quay surgery.", is_agreed=True),
        "own_view": Written(words="I want to stay here. Ring, do not write.", is_agreed=True),
        "judgements": Written(
            words="CANARY-PAST: what was done to her.",
            is_agreed=False,
            written_by="Carla Dunn",
            written_on=date(2026, 3, 2),
        ),
    },
    is_early=True,
)
MARCUS = _Handover(
    child="AG-0871",
    sender=ASHFORD,
    by="Lewis Grant",
    host=BRACKWATER,
    sent="-18 11:00",
    parts={
        "accommodation": Written(words="A tenancy of ours, paid by us until he works full time.", is_agreed=True),
        "education_and_work": Written(words="A warehouse job in Brackwater from Monday.", is_agreed=True),
    },
)
COLE = _Handover(
    child="BW-0210",
    sender=BRACKWATER,
    by="Nell Forde",
    host=ASHFORD,
    sent="-7 15:00",
    parts={
        "accommodation": Written(words="A room in a shared house, checked with him and suitable.", is_agreed=True),
        "education_and_work": Written(
            words="He starts at the mill.", dates={"course_begins": date(2027, 1, 4)}, is_agreed=True
        ),
        "own_view": Written(words="Is there a football club?", is_agreed=True),
    },
)


def _handed_over(start: date) -> list[Step]:
    sent = [
        Step(moment(one.sent, start), authority_by_code(one.sender), one.by, one.send)
        for one in (SHANICE, MARCUS, COLE)
    ]
    return [*sent, Step(moment("-9 09:00", start), authority_by_code(CARROWBY), "Beth Lorne", _beth_answers)]


def _beth_answers(by: Actor, at: datetime) -> None:
    document = Document.objects.get(recipient_id=by.authority_id, kind=Document.Kind.HANDOVER)
    documents.open_document(document.id, actor=by, at=at)
    documents.acknowledge(document.id, actor=by, post="leaving care", at=at)
    answer_handover(
        document_id=document.id,
        contact_name=by.name,
        contact_telephone="01632 960302",
        offer_ids=[one.id for one in current_offers().filter(authority_id=by.authority_id)],
        question="Does she have a bank account?",
        post="leaving care",
        by=by,
        at=at + timedelta(minutes=20),
    )


def _to_wales(start: date) -> list[Step]:
    """Rosa moved to Wales: told by letter, and supported past 21 because she asked."""

    def do(by: Actor, at: datetime) -> None:
        rosa = Child.objects.get(reference="AG-0422")
        record_circumstance(
            child_id=rosa.id,
            kind="support_asked_for",
            starts_on=day("-500", start),
            words="She wrote on the day.",
            by=by,
            at=at,
        )
        record_told(
            child_id=rosa.id,
            area_id=authority_by_code(GLYNFA).id,
            told_on=day("-198", start),
            words="By letter to the leaving-care team of Glynfa.",
            by=by,
            at=at,
        )

    return [Step(moment("-38 12:00", start), authority_by_code(ASHFORD), "Kofi Mensah", do)]


def _sweeps(start: date) -> list[Step]:
    """What is owed, found at night by each authority's own sweep."""

    def sweep(by: Actor, at: datetime) -> None:
        raise_missing_duties(by.authority_id, at=at)
        milestone_duties.keep_all(by.authority_id, at=at)

    return [Step(moment("-1 18:00", start), authority_by_code(code), "", sweep) for code in (ASHFORD, BRACKWATER)]


def _cover(start: date) -> Step:
    """Kofi is on leave for two weeks; Lewis covers."""

    def do(by: Actor, at: datetime) -> None:
        lewis = people.actor("Lewis Grant", authority_by_code(ASHFORD))
        cover.set_cover(
            person_id=by.person_id,
            covered_by_id=lewis.person_id,
            starts_on=day("-2", start),
            ends_on=day("12", start),
            by=by,
            at=at,
        )

    return Step(moment("-5 16:00", start), authority_by_code(ASHFORD), "Kofi Mensah", do)
