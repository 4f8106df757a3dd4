"""A large file of areas: a row first; a worker reads it, looks ahead and brings it in, whatever stops; it says how far."""

from datetime import timedelta

import pytest

from accounts.acting import acting_for
from accounts.roles import Role
from audit.models import ClockTimestamp
from db import clock
from hotspots.exceptions import FileRefused, PreviewsSpent, UploadHasItsAnswer, UploadIsWorkedOn
from hotspots.files import importing, uploads
from hotspots.files.uploads import How
from hotspots.models import Hotspot, Preview, Upload
from hotspots.overlay import previews
from placements import tasks
from placements.overlay import effect, large_files
from tests import databases, factories
from tests.hotspots import world as areas

OWN, OTHER = factories.ROTHERHAM, factories.LEEDS
LARGE = "x" * (uploads.AT_ONCE_BYTES + 1)
PUBLISHED = How(is_published=True)


@pytest.fixture
def ravi(db):
    return factories.person(OWN, Role.HOTSPOT_ANALYST, name="Ravi Shah")


def large(*features) -> bytes:
    return areas.file(*features, padding=LARGE)


def good() -> bytes:
    return large(areas.square("A1"), areas.square("A2", geometry=areas.polygon(areas.EAST + 5_000)))


def send(by, content: bytes) -> Upload:
    with acting_for(by, "a test"):
        return uploads.receive(content, name="areas.geojson", by=by, at=clock.now())


def work(by) -> int:
    return large_files.work_on_waiting(by.authority_id, at=clock.now())


def now(by, upload: Upload) -> Upload:
    with acting_for(by, "a test"):
        return Upload.objects.get(id=upload.id)


def asked(by, do, upload: Upload, *more):
    with acting_for(by, "a test"):
        return do(upload.id, *more, by=by, at=clock.now())


def states_of_areas(by) -> dict[str, str]:
    with acting_for(by, "a test"):
        return dict(Hotspot.objects.values_list("reference", "state"))


def read_by_a_worker(by, content: bytes) -> Upload:
    sent = send(by, content)
    assert work(by) == 1
    return now(by, sent)


def test_a_small_file_is_read_while_its_sender_waits(ravi):
    assert send(ravi, areas.file(areas.square("A1"))).state == Upload.State.WAITING
    assert work(ravi) == 0


def test_a_large_file_is_a_row_first_and_read_by_a_worker(ravi):
    sent = send(ravi, good())
    assert (sent.state, sent.would) == (Upload.State.READING, None)
    assert work(ravi) == 1
    read = now(ravi, sent)
    assert read.state == Upload.State.WAITING
    assert (read.rows, read.rows_read) == (2, 2)
    assert read.would == {"added": ["A1", "A2"], "changed": [], "unchanged": 0, "notes": []}
    assert read.lease is None
    assert not states_of_areas(ravi)


def test_no_more_than_twenty_files_wait_at_once(ravi):
    """Each may be 64 MiB: whoever sends one after another would fill the disk that everybody's notices need."""
    sent = [send(ravi, good()) for _ in range(uploads.MOST_KEPT)]
    with pytest.raises(FileRefused, match="20 files wait for their answer") as refused:
        send(ravi, good())
    assert refused.value.reason == "too_many_wait"
    asked(ravi, uploads.drop, sent[0])
    assert send(ravi, good()).state == Upload.State.READING


def test_a_large_file_that_is_refused_says_why_and_keeps_nothing(ravi):
    read = read_by_a_worker(
        ravi, large(areas.square("A1", geometry=areas.polygon(width=5)), areas.square("A2", name=7))
    )
    assert (read.state, bytes(read.content), read.done_by) == (Upload.State.REFUSED, b"", "Placewatch")
    assert read.refused["code"] == "rows"
    assert [row.split(":")[0] for row in read.refused["rows"]] == ["Row 1", "Row 2"]
    with pytest.raises(UploadHasItsAnswer):
        asked(ravi, uploads.bring_in, read)


def test_a_large_file_of_no_format_is_refused_whole(ravi):
    read = read_by_a_worker(ravi, b"ref,wkt\n" + b" " * uploads.AT_ONCE_BYTES)
    assert (read.state, read.refused["code"]) == (Upload.State.REFUSED, "format_not_accepted")
    assert "Accepted are GeoJSON" in read.refused["sentence"]


def test_nothing_but_dropping_is_done_with_a_file_that_is_worked_on(ravi):
    sent = send(ravi, good())
    with pytest.raises(UploadIsWorkedOn, match="Being read: look again"):
        asked(ravi, uploads.bring_in, sent)
    assert asked(ravi, uploads.drop, sent).state == Upload.State.DROPPED
    assert work(ravi) == 0


def test_a_large_file_is_looked_at_and_published_once_by_a_worker_in_the_askers_name(ravi):
    read = read_by_a_worker(ravi, good())
    looking = asked(ravi, uploads.look_ahead, read, PUBLISHED)
    assert looking.state == Upload.State.LOOKING
    work(ravi)
    looked = now(ravi, read)
    assert looked.state == Upload.State.WAITING
    with acting_for(ravi, "a test"):
        found = effect.looked_at_today(looked.id, PUBLISHED, by=ravi, at=clock.now())
    assert found.sentence == "Newly near: 0 of our own. Of partner authorities: fewer than five."
    assert not states_of_areas(ravi)
    assert asked(ravi, uploads.bring_in, read, PUBLISHED).state == Upload.State.BRINGING_IN
    assert not states_of_areas(ravi)
    work(ravi)
    done = now(ravi, read)
    assert (done.state, bytes(done.content), done.done_by) == (Upload.State.BROUGHT_IN, b"", "Ravi Shah")
    assert states_of_areas(ravi) == {"A1": "shared", "A2": "shared"}


def test_what_cannot_be_brought_in_goes_on_waiting_and_says_why(ravi):
    read = read_by_a_worker(ravi, good())
    partner = factories.authority(OTHER)
    asked(ravi, uploads.bring_in, read, How(True, [partner.id]))
    work(ravi)
    waiting = now(ravi, read)
    assert waiting.state == Upload.State.WAITING
    assert waiting.refused["sentence"].startswith(f"There is no agreement with {partner.name}")
    assert not states_of_areas(ravi)
    asked(ravi, uploads.bring_in, read)
    assert now(ravi, read).refused is None


def test_looks_at_large_files_are_counted_with_all_others(ravi):
    read = read_by_a_worker(ravi, good())
    with acting_for(ravi, "a test"):
        for _ in range(previews.FILES_A_DAY):
            previews.keep(0, "fewer_than_five", asked="", by=ravi, at=clock.now())
    with pytest.raises(PreviewsSpent):
        asked(ravi, uploads.look_ahead, read, PUBLISHED)


def test_how_far_it_is_is_kept_while_it_is_read(ravi, monkeypatch):
    monkeypatch.setattr(importing, "ROWS_BETWEEN_WORDS", 1)
    monkeypatch.setattr(large_files, "SECONDS_BETWEEN_WORDS", 0.0)
    found = []
    write = large_files._word_of_progress

    def watched(upload):
        tell = write(upload)

        def told(looked_at, rows):
            tell(looked_at, rows)
            one = now(ravi, upload)
            found.append((one.rows_read, one.rows))

        return told

    monkeypatch.setattr(large_files, "_word_of_progress", watched)
    read_by_a_worker(ravi, good())
    assert found == [(1, 2), (2, 2), (2, 2)]


def test_a_file_that_is_dropped_while_it_is_read_is_read_no_further(ravi, monkeypatch):
    monkeypatch.setattr(importing, "ROWS_BETWEEN_WORDS", 1)
    sent = send(ravi, good())
    upload = large_files._taken(ravi.authority_id)
    asked(ravi, uploads.drop, sent)
    assert not large_files._work(upload)
    assert now(ravi, sent).state == Upload.State.DROPPED


def test_what_a_dead_worker_held_is_anothers_once_its_lease_is_over_and_given_up_after_three(ravi):
    sent = send(ravi, good())
    for _ in range(large_files.MOST_TRIES):
        assert large_files._taken(ravi.authority_id)
        assert work(ravi) == 0, "another holds it"
        with acting_for(ravi, "a test"):
            Upload.objects.update(leased_until=ClockTimestamp() - timedelta(seconds=1))
    work(ravi)
    given_up = now(ravi, sent)
    assert (given_up.state, given_up.refused["code"]) == (Upload.State.REFUSED, "fault")


def test_a_fault_of_ours_is_tried_three_times_and_then_said(ravi, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(importing, "read", broken)
    sent = send(ravi, good())
    work(ravi)
    given_up = now(ravi, sent)
    assert (given_up.tries, given_up.refused["sentence"]) == (3, large_files.FAULT)


def test_the_sweep_finds_what_a_lost_nudge_left(committing):
    by = factories.person(OWN, Role.HOTSPOT_ANALYST)
    sent = send(by, good())
    with databases.as_role("WORKER_DATABASE_URL"):
        assert large_files.owners_waiting() == [by.authority_id]
        tasks.work_on_all_files()
        assert large_files.owners_waiting() == []
    assert now(by, sent).state == Upload.State.WAITING


def test_another_authority_asks_and_finds_nothing(ravi):
    sent = send(ravi, good())
    other = factories.person(OTHER, Role.HOTSPOT_ANALYST)
    assert work(other) == 0
    assert now(ravi, sent).state == Upload.State.READING
    with acting_for(other, "a test"):
        assert not Upload.objects.exists()
        assert not Preview.objects.exists()
