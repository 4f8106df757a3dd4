"""Does docs/law.md name only functions, tests and decisions that exist, and every decision that the rules cite?"""

import importlib
import re

import pytest

from tests.rules.facts import PROJECT

LAW = (PROJECT / "docs" / "law.md").read_text(encoding="utf-8")
HEADS = ("| provision", "| milestone", "| ---")
PROVISIONS, MILESTONES = (
    [line for line in part.splitlines() if line.startswith("| ") and not line.startswith(HEADS)]
    for part in LAW.split("## Milestones of leaving care")
)
ADRS = {path.name[:4]: path for path in (PROJECT / "docs" / "adr").glob("*.md")}


def cells(row):
    return [cell.strip() for cell in row.strip("|").split(" | ")]


@pytest.mark.parametrize("row", PROVISIONS, ids=lambda row: cells(row)[0])
def test_row_names_functions_and_a_test_that_exist(row):
    _, functions, test, *_ = cells(row)

    for storey, module, name in re.findall(r"`(?:(leaving_care)\.)?(?:(\w+)\.)?(\w+)`", functions):
        if module:
            assert hasattr(importlib.import_module(f"{storey or 'placements'}.rules.{module}"), name)
    if test != "the same":
        folder, file, name = re.fullmatch(r"`(?:(leaving_care)/)?(\w+\.py)::(\w+)`", test).groups()
        assert f"def {name}(" in (PROJECT / "tests" / (folder or "rules") / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", MILESTONES, ids=lambda row: cells(row)[0])
def test_milestone_names_functions_and_tests_that_exist(row):
    _, _, where, tests = cells(row)

    for module, name in re.findall(r"`(\w+)\.(\w+)`", where):
        assert hasattr(importlib.import_module(f"leaving_care.rules.{module}"), name)
    for path in re.findall(r"`(\w+(?:/\w+)+\.py)`", where):
        assert (PROJECT / path).exists()
    for path, name in re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", tests):
        found = PROJECT / path if "/" in path else PROJECT / "tests" / "leaving_care" / path
        assert f"def {name}" in found.read_text(encoding="utf-8")


def test_every_decision_that_a_rule_cites_exists_and_stands_on_the_page():
    rooms = (PROJECT / "placements" / "rules", PROJECT / "leaving_care" / "rules")
    sources = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))

    for number in set(re.findall(r"ADR (\d{4})", sources)):
        assert number in ADRS
        assert f"adr/{ADRS[number].name}" in LAW


def test_every_link_of_the_page_leads_to_a_file():
    for target in re.findall(r"\]\((adr/[^)]+)\)", LAW):
        assert (PROJECT / "docs" / target).exists()
