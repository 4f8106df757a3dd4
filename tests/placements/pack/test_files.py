"""Pages, CSV and JSON say the same; no cell runs as a formula; from any row a child's story is two presses away, and back."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime

import pytest

from placements.pack.contents import Contents
from placements.pack.files import files
from placements.pack.table import Row, Table, plain, table
from tests import factories
from tests.placements.pack import register

pytestmark = pytest.mark.django_db
PAYLOADS = [begin + end for begin in "=+-@\t\r＝＋－＠" for end in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x")')]


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pack_of(one: Table) -> dict[str, bytes]:
    front = table("front_page", "Front page", "question answer which", [])
    return files(Contents(register.question(), front, (one,), (), (), frozenset()))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_begins_a_formula_and_what_was_said_comes_back(payload):
    content = pack_of(table("notices", "Notices", "words", [Row(None, (payload,))]))["csv/notices.csv"]

    (cell,) = (row["words"] for row in rows_of(content))

    assert cell == f"'{payload}"


def test_a_script_in_a_word_is_only_read():
    page = pack_of(table("notices", "Notices", "words", [Row(None, ("<script>alert(1)</script>",))]))["index.html"]

    assert b"<script>" not in page
    assert b"&lt;script&gt;" in page


def test_files_say_instants_in_london_time():
    assert plain(datetime(2027, 6, 14, 8, 40, tzinfo=UTC)) == "2027-06-14T09:40:00+01:00"
    assert plain(date(2027, 6, 14)) == "2027-06-14"


def test_csv_and_json_hold_the_same_rows():
    register.whole(factories.person())
    made = register.written()

    told = json.loads(made["pack.json"])

    for name in ("placements", "duties", "approvals", "story", "children_in_care", "short_breaks", "cannot_tell"):
        written = rows_of(made[f"csv/{name}.csv"])
        assert len(written) == len(told[name]) > 0
        assert list(written[0]) == list(told[name][0])


def test_every_row_about_a_child_leads_to_the_story_and_the_story_back_to_the_row():
    register.whole(factories.person())
    made = register.written()
    index = made["index.html"].decode()

    stories = set(re.findall(r'href="(children/[^"]+)"', index))

    assert stories == {path for path in made if path.startswith("children/")}
    for path in stories:
        back = re.findall(r'href="\.\./index\.html#([^"]+)"', made[path].decode())
        assert "children" in back
        assert len(back) > 1
        assert all(f'id="{anchor}"' in index for anchor in back)


def test_a_story_tells_what_happened_when_and_when_it_was_recorded():
    by = factories.person()
    placement = register.planned(by, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    register.give_complete_notice(placement, at=datetime(2026, 12, 9, 10, 0, tzinfo=UTC), evidence="Sent.", by=by)

    told = register.answer()

    (story,) = (one for one in told.stories if one.name == "story")
    lines = list(zip(story.column("happened_at"), story.column("what"), strict=True))
    assert lines == sorted(lines, key=lambda line: line[0])
    what = [words for _, words in lines]
    assert "Registered as a planned move" in what
    assert "Started" in what
    assert any(
        words.startswith("Met: Give Leeds complete written notice") and words.endswith("Sent.") for words in what
    )
    assert "Care Planning" in story.rows[-1].cells[-1]
