"""The same question gives the same bytes, whatever was recorded since; and what was recorded since is in the next question."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from accounts.roles import Role
from notifications import documents
from notifications.models import Document
from placements.actions.amend import Changes, amend
from placements.actions.placements import end
from placements.pack.files import MANIFEST, copy_for, sha256, zipped
from tests import factories
from tests.placements.pack import register

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def priya(db):
    return factories.person()


def change_everything(placement, by) -> None:
    """Met, opened by the host, changed and ended: all of it recorded after the question's instant."""
    register.give_complete_notice(placement, at=LATER, evidence="Sent at last.", by=by)
    host = factories.person(factories.LEEDS, Role.HOST_OFFICER, name="Nadia Clarke")
    with factories.acting(host):
        notice = Document.objects.get(subject_id=placement.id)
        documents.open_document(notice.id, actor=host, at=LATER)
        documents.acknowledge(notice.id, actor=host, post="Officer", at=LATER)
    with factories.acting(by):
        changes = Changes(place_code="K2", place=factories.PlaceTo.ADJOINING)
        amend(placement_id=placement.id, changes=changes, reason="She moved on.", by=by, at=LATER)
        end(placement_id=placement.id, ended_at=LATER, by=by, at=LATER)


def test_what_was_recorded_later_changes_no_byte(priya):
    placement = register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    asked = register.question(ends_on=date(2026, 12, 8), as_at=THEN)
    before = register.written(asked)

    change_everything(placement, priya)

    after = register.written(asked)
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert zipped(before) == zipped(after)


def test_what_was_recorded_later_is_in_a_later_question(priya):
    placement = register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)
    change_everything(placement, priya)

    told = register.answer()

    listed = told.tables[0]
    assert listed.column("ended_on") == [date(2026, 12, 15)]
    assert listed.column("host") == ["Sheffield"]


def test_the_manifest_holds_the_hash_of_every_other_file(priya):
    register.emergency(priya, "AA-1")
    made = register.written()

    listed = json.loads(made[MANIFEST])["files"]

    assert set(listed) == set(made) - {MANIFEST}
    assert all(entry["sha256"] == sha256(made[path]) for path, entry in listed.items())


def test_a_copy_says_whose_it_is_and_leaves_every_other_file_as_it_was(priya):
    register.emergency(priya, "AA-1")
    made = register.written()

    with zipfile.ZipFile(io.BytesIO(copy_for(zipped(made), "Copy taken by Ingrid Vale."))) as copy:
        assert copy.read("copy.txt") == b"Copy taken by Ingrid Vale."
        assert {name: copy.read(name) for name in copy.namelist() if name != "copy.txt"} == made
        assert {entry.date_time for entry in copy.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_start_recorded_after_the_instant_is_not_open_yet(priya):
    register.planned(priya, "AA-1", factories.PlaceTo.AT_A_DISTANCE)

    told = register.answer(register.question(ends_on=date(2026, 12, 6), as_at=datetime(2026, 12, 6, 9, tzinfo=UTC)))

    assert told.tables[0].rows == ()
