"""An operator writes a pack into a folder, and the same one later."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.acting import acting_for, operator
from audit.models import LogEntry
from db import clock
from placements.pack.files import sha256
from tests import factories
from tests.placements.pack import register

PERIOD = ("--authority", factories.ROTHERHAM, "--from", "2026-11-01", "--to", "2026-12-01")


@pytest.fixture
def filled(committing):
    clock.set_to(datetime(2026, 12, 1, 15, 0, tzinfo=UTC))
    register.emergency(factories.person(), "AA-1")


def make(folder, *arguments: str) -> str:
    told = StringIO()
    call_command("make_pack", str(folder), *PERIOD, *arguments, stdout=told)
    return told.getvalue()


def test_the_folder_holds_what_the_manifest_lists_and_the_zip(filled, tmp_path):
    told = make(tmp_path / "pack")

    listed = json.loads((tmp_path / "pack" / "manifest.json").read_text())["files"]
    assert {"index.html", "pack.json", "csv/placements.csv", "csv/front_page.csv"} <= set(listed)
    for path, entry in listed.items():
        assert sha256((tmp_path / "pack" / path).read_bytes()) == entry["sha256"]
    assert (tmp_path / "pack" / "pack.zip").is_file()
    assert "Rotherham, 2026-11-01 to 2026-12-01" in told


def test_the_same_instant_gives_the_same_zip_another_day(filled, tmp_path):
    instant = ("--as-at", "2026-12-01T12:30:00+00:00")
    make(tmp_path / "first", *instant)
    clock.set_to(datetime(2027, 6, 14, 9, 0, tzinfo=UTC))
    register.emergency(factories.person(), "AA-2", started_at=datetime(2026, 12, 1, 14, 0, tzinfo=UTC))

    make(tmp_path / "second", *instant)

    assert (tmp_path / "first" / "pack.zip").read_bytes() == (tmp_path / "second" / "pack.zip").read_bytes()


def test_the_log_book_has_a_line(filled, tmp_path):
    make(tmp_path / "pack")

    with acting_for(operator(factories.authority().id), "test"):
        line = LogEntry.objects.get(operation="packs.make")
    assert (line.purpose, line.detail["rows"] > 0) == ("making an inspection pack", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "2026-10-31"), "comes before its first"),
        (("--to", "2026-12-02"), "beyond what can be recorded yet"),
        (("--as-at", "2026-12-01T12:30:00"), "needs an offset"),
        (("--as-at", "2026-12-02T12:30:00+00:00"), "lies not ahead"),
        (("--authority", "X99999999"), "X99999999"),
    ],
)
def test_what_cannot_be_answered_is_refused_and_nothing_is_written(filled, tmp_path, arguments, said):
    with pytest.raises(CommandError, match=said):
        make(tmp_path / "pack", *arguments)

    assert not (tmp_path / "pack").exists()


def test_a_folder_that_holds_something_is_left_alone(filled, tmp_path):
    (tmp_path / "note.txt").write_text("mine")

    with pytest.raises(CommandError, match="Nothing was written"):
        make(tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["note.txt"]
