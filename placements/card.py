"""What does an authority's worker need on paper when the service is down? By the same rules, and with no child in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from geo.areas import adjoining_authorities
from geo.models import Authority, Country
from notifications.directory import directory
from notifications.models import Contact
from placements.owed import calendar
from placements.policy import JUDGEMENT
from placements.rules.approval import required_approver
from placements.rules.area import Country as CountryOfPlace
from placements.rules.area import PlaceFacts, Relation, area_of
from placements.rules.judgement_due import Occasion, judgement_due
from placements.rules.notice import emergency_notice_due
from placements.rules.placement_facts import Carer, Manner, PlacementFacts
from placements.rules.right_approver import NAMES
from placements.rules.visits import VisitFacts, visit_clocks
from placements.rules.working_days import Holidays

DAYS_COUNTED = 10
HOLIDAYS_NAMED = 4
AT_NIGHT = (Contact.Purpose.OUT_OF_HOURS, Contact.Purpose.DUTY_DESK, Contact.Purpose.PLACEMENT_NOTICES)
OURS = (Contact.Purpose.DIRECTOR, Contact.Purpose.NOMINATED_OFFICER, *AT_NIGHT)
ELSEWHERE, OUR_OWN = "elsewhere", "our own"


@dataclass(frozen=True)
class Number:
    """Whom to ring, and on which number; blank where none is on file."""

    who: str
    telephone: str


@dataclass(frozen=True)
class Counted:
    """What a start on a day obliges to by when: the notices and the plan, the judgement, the first visit."""

    starts_on: date
    five_working_days: date
    judgement_on: date
    first_visit_on: date


@dataclass(frozen=True)
class Card:
    """One side of A4. `approvers` say for each kind of area who approves, `neighbours` which areas adjoin."""

    authority: Authority
    on: date
    approvers: tuple[tuple[str, str], ...]
    ours: tuple[Number, ...]
    neighbours: tuple[Number, ...]
    counted: tuple[Counted, ...]
    holidays: tuple[tuple[date, str], ...]


def card(authority: Authority, *, on: date) -> Card:
    """The card of an authority on a day; how its own approvers are reached is told only while acting for it.

    Raises CalendarNotKnown where the bank holidays do not reach ten days ahead and more.
    """
    holidays = calendar.holidays()
    return Card(
        authority=authority,
        on=on,
        approvers=_approvers(authority, on),
        ours=tuple(_number(authority, purpose, on) for purpose in OURS),
        neighbours=tuple(_neighbour(one, on) for one in adjoining_authorities(authority, on)),
        counted=tuple(_counted(on + timedelta(days=days), holidays) for days in range(DAYS_COUNTED)),
        holidays=tuple((day, name) for day, name in sorted(holidays.titles.items()) if day >= on)[:HOLIDAYS_NAMED],
    )


def _approvers(authority: Authority, on: date) -> tuple[tuple[str, str], ...]:
    """By the rule itself, for a place in each kind of area."""
    kinds = (
        ("In our own area", Relation.SAME),
        ("In the area of a neighbour named below", Relation.ADJOINING_LAND),
        ("Anywhere else", Relation.NOT_ADJOINING),
    )
    found = []
    for words, relation in kinds:
        answer = area_of(
            PlaceFacts(
                responsible_authority=OUR_OWN,
                host_authority=OUR_OWN if relation is Relation.SAME else ELSEWHERE,
                relation=relation,
                country=CountryOfPlace.ENGLAND,
            )
        )
        facts = PlacementFacts(manner=Manner.EMERGENCY, starts_on=on, carer=Carer.OTHER)
        approver = required_approver(area=answer, placement=facts)
        found.append((words, NAMES[approver] if answer.is_out_of_area else "nobody under reg. 11"))
    return tuple(found)


def _number(authority: Authority, purpose: Contact.Purpose, on: date) -> Number:
    contact = directory.current_contact(authority.id, purpose, on)
    return Number(purpose.label, contact.telephone if contact else "")


def _neighbour(authority: Authority, on: date) -> Number:
    """The first number on file by which a neighbour is reached at night."""
    contacts = [directory.current_contact(authority.id, purpose, on) for purpose in AT_NIGHT]
    telephone = next((one.telephone for one in contacts if one and one.telephone), "")
    outside = "" if authority.country == Country.ENGLAND else " (outside England)"
    return Number(f"{authority.name}{outside}", telephone)


def _counted(starts_on: date, holidays: Holidays) -> Counted:
    first_visit = visit_clocks(facts=VisitFacts(starts_on=starts_on), holidays=holidays)[0]
    owned = judgement_due(occasion=Occasion.EMERGENCY_START, on=starts_on, rule=JUDGEMENT, holidays=holidays)
    return Counted(
        starts_on=starts_on,
        five_working_days=emergency_notice_due(starts_on=starts_on, holidays=holidays).due_on,
        judgement_on=owned.due_on,
        first_visit_on=first_visit.due.due_on,
    )
