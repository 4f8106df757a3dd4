"""Does the whole meaning of a place read as the stories tell it, and go out as JSON?"""

import ast
import json
import sys
from datetime import UTC, datetime

import pytest

from placements.rules.approval import requirements
from placements.rules.area import Country, Relation, State
from placements.rules.codes import is_restricted, placement_facts
from placements.rules.distance import GridPoint, distance_from_home
from placements.rules.ending import HowEnded, ending_notice
from placements.rules.key_stage_four import key_stage_four
from placements.rules.meaning import meaning
from placements.rules.missing import interview_answer
from placements.rules.not_practicable import NotPracticable
from placements.rules.notice import host_notice
from placements.rules.people_to_tell import people_to_tell
from placements.rules.periods_of_care import PeriodOfCare
from placements.rules.placement_facts import Carer, Manner, PlacementFacts
from placements.rules.placement_plan import placement_plan
from placements.rules.reg_39 import ceasing
from placements.rules.satisfied_of import Evidence, HostRecord, satisfied_of
from placements.rules.telling import telling
from placements.rules.thirteen_weeks import thirteen_weeks
from placements.rules.timeliness import timeliness
from placements.rules.visits import VisitFacts, visit_clocks
from tests.rules.facts import ADJOINING, AT_A_DISTANCE, HOLIDAYS, IN_AREA, NOWHERE, PROJECT, day, place

FORBIDDEN_WORDS = {"safe", "clear", "risk level", "low", "medium", "high", "score", "no risk"}


def findings_of(area, **facts):
    return meaning(area=area, placement=PlacementFacts(**facts), holidays=HOLIDAYS)


def codes(area, **facts):
    return [finding.code for finding in findings_of(area, **facts)]


def test_planned_distant_move_of_story_2_reads_in_the_order_in_which_people_act():
    findings = findings_of(AT_A_DISTANCE, carer=Carer.OTHER, manner=Manner.PLANNED, starts_on=day("2027-02-01"))

    assert [finding.code for finding in findings] == [
        "out_of_area_distant",
        "director_approves",
        "area_authority_consulted_before_approval",
        "notice_owed",
        "host_notice_if_planned",
        "people_notice",
        "people_notice_if_planned",
    ]
    assert findings[2].sentence == "Before approval: ask Carrowby and give it the care plan."
    assert (
        findings[4].sentence == "To be given before Mon 1 February 2027. Last working day before: Fri 29 January 2027."
    )


def test_enquiry_that_does_not_know_the_manner_gets_both_roads_and_both_clocks():
    findings = {
        finding.code: finding for finding in findings_of(AT_A_DISTANCE, carer=Carer.OTHER, starts_on=day("2026-12-18"))
    }

    assert findings["host_notice_if_planned"].due.due_on == day("2026-12-18")
    assert findings["host_notice_if_emergency"].due.due_on == day("2026-12-29")
    assert findings["host_notice_if_emergency"].sentence.startswith("If made in an emergency: By Tue 29 December")
    assert {"area_authority_consulted_before_approval", "area_authority_consulted_after_emergency"} <= set(findings)


def test_emergency_move_is_not_told_the_planned_road():
    answer = codes(ADJOINING, carer=Carer.OTHER, manner=Manner.EMERGENCY, starts_on=day("2026-12-18"))

    assert not [code for code in answer if code.endswith(("if_planned", "before_approval"))]
    assert "host_notice_if_emergency" in answer


def test_enquiry_without_a_start_says_the_rules_and_dates_nothing():
    assert all(finding.due is None for finding in findings_of(AT_A_DISTANCE, carer=Carer.OTHER))


def test_place_in_our_own_area_owes_the_people_and_no_host():
    assert codes(IN_AREA, manner=Manner.PLANNED) == [
        "in_area",
        "approval_not_owed",
        "notice_not_owed_in_area",
        "people_notice",
    ]


def test_place_that_cannot_be_told_says_so_three_times_and_guesses_nothing():
    assert codes(NOWHERE)[:3] == ["cannot_tell", "approver_cannot_be_told", "notice_cannot_tell"]
    assert NOWHERE.state is State.CANNOT_TELL


@pytest.mark.parametrize(
    ("placement_code", "provider_code", "carer"),
    [
        ("U1", "PR1", Carer.CONNECTED_PERSON),
        ("U3", "PR4", Carer.CONNECTED_PERSON_APPROVED_ELSEWHERE),
        ("U2", "", Carer.NOT_KNOWN),
        ("U4", "PR1", Carer.OWN_FOSTER_CARER),
        ("U6", "PR1", Carer.OWN_FOSTER_CARER),
        ("U6", "PR4", Carer.OTHER),
        ("U5", "", Carer.NOT_KNOWN),
        ("K2", "PR1", Carer.OTHER),
        ("Q2", "PR1", Carer.OWN_FOSTER_CARER),
        ("", "", Carer.NOT_KNOWN),
    ],
)
def test_codes_say_who_cares_only_as_far_as_they_say_it(placement_code, provider_code, carer):
    assert placement_facts(placement_code=placement_code, provider_code=provider_code).carer is carer


@pytest.mark.parametrize(
    ("legal_status", "in_care"), [("C1", True), ("C2", True), ("V2", False), ("J1", False), ("E1", None), ("", None)]
)
def test_placement_order_leaves_in_care_unknown(legal_status, in_care):
    assert placement_facts(placement_code="K2", legal_status=legal_status).in_care is in_care


@pytest.mark.parametrize(
    ("placement_code", "legal_status", "fact"),
    [
        ("U6", "V3", "is_short_break"),
        ("U6", "V4", "is_short_break"),
        ("T1", "C2", "is_temporary"),
        ("A5", "E1", "is_for_adoption"),
        ("P1", "C2", "is_with_parents"),
        ("K1", "J1", "is_on_remand"),
    ],
)
def test_codes_raise_their_own_flag_and_no_other(placement_code, legal_status, fact):
    flags = ["is_short_break", "is_temporary", "is_for_adoption", "is_with_parents", "is_on_remand"]

    facts = placement_facts(placement_code=placement_code, legal_status=legal_status)

    assert [flag for flag in flags if getattr(facts, flag)] == [fact]


def test_address_of_an_adoptive_placement_is_restricted_and_no_other():
    restricted = [code for code in ("A3", "A4", "A5", "A6", "U2", "K2", "P1") if is_restricted(placement_code=code)]

    assert restricted == ["A3", "A4", "A5", "A6"]


def test_move_to_scotland_asks_for_the_courts_approval_on_top():
    answer = codes(place(Relation.NOT_ADJOINING, country=Country.SCOTLAND), in_care=True)

    assert answer[:3] == ["out_of_area_distant", "outside_england", "abroad_court_approves"]
    assert "abroad_court_approves" not in codes(place(Relation.NOT_ADJOINING, country=Country.WALES), in_care=True)


AT_NOON = datetime(2026, 12, 18, 12, 0, tzinfo=UTC)


def everything_said():
    """One answer of each kind."""
    emergency = PlacementFacts(manner=Manner.EMERGENCY, starts_on=day("2026-12-18"))
    notice = host_notice(area=AT_A_DISTANCE, placement=emergency, holidays=HOLIDAYS)
    yield AT_A_DISTANCE
    yield notice
    yield timeliness(due=notice.due, given_on=None, today=day("2027-01-04"))
    yield distance_from_home(home=GridPoint(0, 0), place=GridPoint(3000, 4000))
    yield from people_to_tell(placement=emergency)
    yield from meaning(area=AT_A_DISTANCE, placement=emergency, holidays=HOLIDAYS)
    yield from requirements(
        area=AT_A_DISTANCE,
        placement=emergency,
        is_emergency=True,
        holidays=HOLIDAYS,
        approved_on=day("2026-12-17"),
    )
    yield ending_notice(how=HowEnded.BY_US, ends_on=day("2026-12-04"), holidays=HOLIDAYS)
    yield placement_plan(manner=Manner.NOT_KNOWN, starts_on=day("2026-12-18"), holidays=HOLIDAYS)
    yield from visit_clocks(
        facts=VisitFacts(starts_on=day("2026-12-18"), visited_on=[day("2026-12-24")]), holidays=HOLIDAYS
    )
    yield key_stage_four(is_pupil_in_key_stage_four=True, disrupts_education=True, manner=Manner.PLANNED)
    yield interview_answer(returned_at=AT_NOON, interview=None, now=AT_NOON)
    yield ceasing(
        date_of_birth=day("2010-01-01"),
        looked_after_since=day("2026-11-02"),
        ceases_on=day("2026-11-03"),
        in_care=False,
        holidays=HOLIDAYS,
    )
    yield from satisfied_of(
        requirements=requirements(area=AT_A_DISTANCE, placement=emergency, is_emergency=False),
        evidence=Evidence(at=AT_NOON, host=HostRecord(name="Carrowby", asked_at=AT_NOON)),
    )
    yield telling(recipient=people_to_tell(placement=emergency)[0], in_care=True, on=day("2026-12-18"))
    yield NotPracticable(reason="no address is known", decided_by="P. Nair", decided_on=day("2026-12-18"))
    yield thirteen_weeks(
        date_of_birth=day("2009-05-03"), periods=[PeriodOfCare(day("2025-01-01"))], on=day("2026-12-17")
    )


def test_every_answer_goes_out_as_json_and_comes_back_the_same():
    for answer in everything_said():
        assert json.loads(json.dumps(answer.as_dict())) == answer.as_dict()


def test_due_date_gives_the_days_skipped_to_a_reader_of_the_api():
    due = host_notice(
        area=AT_A_DISTANCE,
        placement=PlacementFacts(manner=Manner.EMERGENCY, starts_on=day("2026-12-18")),
        holidays=HOLIDAYS,
    ).due.as_dict()

    assert due["due_on"] == "2026-12-29"
    assert {"on": "2026-12-25", "kind": "skipped", "text": "Fri 25 December 2026, Christmas Day"} in due["working"]


RULES = sorted((PROJECT / "placements" / "rules").glob("*.py"))


@pytest.mark.parametrize("module", RULES, ids=lambda path: path.stem)
def test_rules_import_the_standard_library_and_each_other_only(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name.startswith("placements.rules") or name.split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("module", RULES, ids=lambda path: path.stem)
def test_no_rule_reads_the_clock(module):
    calls = {
        node.attr for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
    }

    assert not calls & {"today", "now", "utcnow"}


@pytest.mark.parametrize("module", RULES, ids=lambda path: path.stem)
def test_no_sentence_calls_a_place_or_a_child_safe_or_scored(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    words = " ".join(
        node.value.lower() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )

    assert not [word for word in FORBIDDEN_WORDS if f" {word} " in f" {words} "]
