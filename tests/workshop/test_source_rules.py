"""Are the project's own rules about its source noticed when broken?"""

import pytest

from workshop import source_rules
from workshop.folders import CHECKOUT


@pytest.fixture
def checkout(tmp_path):
    rules = tmp_path / "placements" / "rules"
    rules.mkdir(parents=True)
    (rules / "ages.py").write_text("from datetime import date\nfrom placements.rules.finding import Finding\n")
    others = tmp_path / "leaving_care" / "rules"
    others.mkdir(parents=True)
    (others / "status.py").write_text("from leaving_care import policy\nfrom placements.rules.ages import birthday\n")
    return tmp_path


def test_short_and_pure_files_raise_no_complaint(checkout):
    assert source_rules.complaints(checkout) == []


def test_a_file_that_reaches_400_lines_is_named_unless_it_is_a_test_or_a_migration(checkout):
    (checkout / "web").mkdir()
    (checkout / "web" / "almost.py").write_text("pass\n" * 399)
    (checkout / "web" / "views.py").write_text("pass\n" * 400)
    for place in ("tests", "web/migrations", ".venv/lib"):
        (checkout / place).mkdir(parents=True)
        (checkout / place / "long.py").write_text("pass\n" * 500)
    (complaint,) = source_rules.complaints(checkout)
    assert complaint.startswith("web/views.py has 400 lines; a file stays under 400")


@pytest.mark.parametrize("room", ["placements/rules", "leaving_care/rules"])
@pytest.mark.parametrize(
    "line", ["import django", "from geo.areas import relation_between", "from placements import models"]
)
def test_a_rule_of_law_that_imports_more_than_the_standard_library_is_named(checkout, room, line):
    (checkout / room / "area.py").write_text(f"def decide():\n    {line}\n")
    (complaint,) = source_rules.complaints(checkout)
    assert complaint.startswith(f"{room}/area.py imports ")


def test_the_rules_of_this_checkout_are_pure():
    assert [text for text in source_rules.complaints(CHECKOUT) if " imports " in text] == []
