"""The directory: an address changes by a call back and two people, a file by every row or none, and silence is a duty."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.acting import acting_for, operator
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from duties.models import Duty
from notifications import documents
from notifications.directory import contact_file, contacts, directory, directory_watch, drills
from notifications.directory.contact_file import Becomes
from notifications.exceptions import (
    AnotherPersonNeeded,
    CannotBeReached,
    ChangeNotFound,
    ChangeWaits,
    ContactFileRefused,
    NobodyToDrill,
    NumberNotOnFile,
)
from notifications.models import Contact, ContactChange, Document
from tests.factories import LEEDS, NOON, ROTHERHAM, SHEFFIELD, acting, authority, person

pytestmark = pytest.mark.django_db
NOTICES = Contact.Purpose.PLACEMENT_NOTICES
SWITCHBOARD = "01632 960400"
OLD, NEW = "ooa@dunmere-old.example", "placements.in@dunmere.example"
TODAY = date(2026, 12, 1)
HEAD = "gss_code,role,team,email,telephone,last_confirmed\n"


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


@pytest.fixture
def ewan(db):
    return person(name="Ewan Pike", role=Role.NOMINATED_OFFICER)


@pytest.fixture
def dunmere(db):
    return authority(SHEFFIELD)


@pytest.fixture
def on_file(dunmere):
    return enter(dunmere.id)


def enter(authority_id, **changes):
    facts = {
        "purpose": NOTICES,
        "email": OLD,
        "telephone": SWITCHBOARD,
        "starts_on": date(2025, 2, 3),
        "confirmed_on": date(2025, 2, 3),
        "confirmed_by": "R. Pell",
    }
    with acting_for(operator(authority_id), "test"):
        return Contact.objects.create(authority_id=authority_id, **(facts | changes))


def propose(by, of, **changes):
    said = {"purpose": NOTICES, "email": NEW, "telephone": "", "said_by": "R. Pell, on the telephone"} | changes
    with acting(by):
        return contacts.propose(of_id=of.id, **said, by=by, at=NOON)


def confirm(by, change, number=SWITCHBOARD, spoke_to="The switchboard, then R. Pell"):
    with acting(by):
        return contacts.confirm_change(change_id=change.id, number_rung=number, spoke_to=spoke_to, by=by, at=NOON)


def current(by, of, on=TODAY):
    with acting(by):
        return directory.current_contact(of.id, NOTICES, on)


def test_a_new_address_waits_and_is_a_task_until_a_second_person_has_rung_back(hari, ewan, dunmere, on_file):
    change = propose(hari, dunmere)
    assert current(hari, dunmere).email == OLD
    with acting(hari):
        duty = Duty.objects.get(kind="confirm_contact_change")
    assert "On file: 01632 960400." in duty.working

    confirm(ewan, change)

    assert current(hari, dunmere).email == NEW
    assert current(hari, dunmere).confirmed_by == "The switchboard, then R. Pell, on 01632 960400; rung by Ewan Pike"
    with acting(hari):
        duty.refresh_from_db()
    assert duty.closed_at == NOON


def test_who_heard_of_it_does_not_confirm_it(hari, dunmere, on_file):
    change = propose(hari, dunmere)

    with pytest.raises(AnotherPersonNeeded):
        confirm(hari, change)
    assert current(hari, dunmere).email == OLD


def test_a_number_that_came_with_the_new_address_confirms_nothing(hari, ewan, dunmere, on_file):
    change = propose(hari, dunmere, telephone="01632 960999")

    with pytest.raises(NumberNotOnFile):
        confirm(ewan, change, number="01632 960999")


def test_what_one_authority_found_out_is_its_own(hari, ewan, dunmere, on_file):
    confirm(ewan, propose(hari, dunmere))

    other = person(LEEDS)

    assert current(other, dunmere).email == OLD
    with acting(other):
        assert not ContactChange.objects.exists()


def test_what_the_authority_itself_confirms_later_is_used_again(hari, ewan, dunmere, on_file):
    confirm(ewan, propose(hari, dunmere))
    with acting_for(operator(dunmere.id), "test"):
        Contact.objects.filter(id=on_file.id).update(confirmed_on=date(2026, 12, 2), email="own@dunmere.example")

    assert current(hari, dunmere).email == "own@dunmere.example"


def test_an_authoritys_own_entry_changes_by_two_people_too_and_the_old_one_ends(hari, ewan):
    ours = authority(ROTHERHAM)
    old = enter(ours.id, email="old@own.example")

    confirm(ewan, propose(hari, ours, email="new@own.example"))

    with acting(hari):
        old.refresh_from_db()
        new = directory.current_contact(ours.id, NOTICES, TODAY)
    assert (old.ends_on, new.email, new.starts_on, new.kept_by) == (TODAY, "new@own.example", TODAY, None)


def test_one_change_waits_at_a_time_and_a_withdrawn_one_frees_the_place(hari, ewan, dunmere, on_file):
    change = propose(hari, dunmere)
    with pytest.raises(ChangeWaits):
        propose(hari, dunmere)
    with acting(hari):
        contacts.withdraw(change_id=change.id, by=hari, at=NOON)

    propose(hari, dunmere)

    with pytest.raises(ChangeNotFound):
        confirm(ewan, change)


def test_a_change_says_where_and_who_said_so(hari, dunmere):
    for missing in ({"email": ""}, {"said_by": " "}):
        with pytest.raises(CannotBeReached):
            propose(hari, dunmere, **missing)


def test_an_analyst_proposes_nothing(dunmere, on_file):
    analyst = person(role=Role.HOTSPOT_ANALYST)
    with pytest.raises(NotPermitted):
        propose(analyst, dunmere)


def test_an_entry_that_nobody_confirmed_for_half_a_year_is_asked_about_once(hari):
    ours = authority(ROTHERHAM)
    enter(ours.id, confirmed_on=TODAY - timedelta(days=183))
    enter(ours.id, purpose="duty_desk", confirmed_on=TODAY - timedelta(days=182))

    for _ in range(2):
        directory_watch.raise_owed(ours.id, at=NOON)

    with acting(hari):
        [asked] = Duty.objects.filter(kind="confirm_contact")
    assert asked.title == "Ask whether this is still right: placement notices of Rotherham"
    with acting(hari):
        contacts.still_right(contact_id=current(hari, ours).id, spoke_to="Nadia", by=hari, at=NOON)
        asked.refresh_from_db()
    assert asked.closed_at == NOON
    assert current(hari, ours).confirmed_on == TODAY


def test_no_contact_is_a_duty_for_each_purpose_that_is_needed(hari):
    directory_watch.raise_owed(authority(ROTHERHAM).id, at=NOON)

    with acting(hari):
        titles = sorted(Duty.objects.filter(kind="enter_contact").values_list("title", flat=True))
    assert [title.rsplit("for ", 1)[1] for title in titles] == ["duty desk", "out of hours", "placement notices"]


def test_a_successor_is_reached_as_its_predecessor_was_until_it_has_an_entry_of_its_own(hari):
    cumbria, successor = authority("E10000006"), authority("E06000063")
    enter(cumbria.id, starts_on=date(2020, 1, 1), confirmed_on=date(2022, 1, 1))

    assert current(hari, successor).email == OLD
    assert current(hari, successor, on=date(2023, 3, 31)) is None
    enter(successor.id, email="own@cumberland.example", confirmed_on=date(2023, 5, 1), starts_on=date(2023, 5, 1))
    assert current(hari, successor).email == "own@cumberland.example"


def row(code=SHEFFIELD, role="oola_notifications", email=NEW, telephone="01632 960500", on="2026-09-30", team="A team"):
    return f"{code},{role},{team},{email},{telephone},{on}\n"


@pytest.fixture
def manager(db):
    return person(role=Role.MANAGER, name="Tom Oakes")


def imported(by, *rows):
    with acting(by):
        return contact_file.take_in((HEAD + "".join(rows)).encode(), by=by, at=NOON)


def test_the_command_loads_a_file_for_all_and_a_second_time_finds_the_same(tmp_path, hari, dunmere):
    file = tmp_path / "contacts.csv"
    file.write_text(HEAD + row() + row(LEEDS, "duty_desk"), encoding="utf-8")

    first, second = (_loaded(file) for _ in range(2))

    assert (first["added"], first["confirmed"]) == (2, 0)
    assert (second["added"], second["confirmed"]) == (0, 2)
    assert current(person(LEEDS), dunmere).email == NEW
    with acting_for(operator(dunmere.id), "test"):
        assert LogEntry.objects.filter(operation="contacts.import").count() == 2


def _loaded(file) -> dict:
    printed = StringIO()
    call_command("import_contacts", str(file), stdout=printed)
    return json.loads(printed.getvalue())


def test_bad_rows_are_named_by_number_and_nothing_is_loaded(tmp_path, hari, dunmere):
    file = tmp_path / "contacts.csv"
    bad = (
        row(),
        row("E99"),
        row(LEEDS, "tea_maker"),
        row(LEEDS, email="no address"),
        row(LEEDS, on="31/02/2026"),
        row(LEEDS, on="2027-01-01"),
        row(LEEDS, email="", telephone=""),
        row(),
    )
    file.write_text(HEAD + "".join(bad), encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        _loaded(file)

    said = str(refusal.value)
    for number, why in ((3, "no authority"), (4, "no purpose"), (5, "e-mail address"), (6, "no date"), (7, "ahead")):
        assert f"Row {number}: " in said
        assert why in said
    assert "Row 8: it gives neither" in said
    assert "Row 9: it says the same purpose of the same authority as row 2" in said
    assert current(hari, dunmere) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"gss_code,role\n", "lacks the columns email, telephone, last_confirmed"),
        (b"\xff\xfe", "not written in UTF-8"),
        (HEAD.encode() + b"E08000039,duty_desk\n", "Row 2: it has not as many columns"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"N\r\x1d\xc3\x9d]", "lacks the columns"),
        (HEAD.encode() + b'"' + b"x" * 200_000, "Row . cannot be read as CSV"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(content, why, manager):
    with acting(manager), pytest.raises(ContactFileRefused, match=why):
        contact_file.take_in(content, by=manager, at=NOON)


def test_a_persons_file_changes_no_entry_on_file_but_asks_for_a_call_back(manager, dunmere, on_file):
    account = imported(manager, row())

    assert (account.added, account.waiting) == (0, 1)
    assert current(manager, dunmere).email == OLD
    assert imported(manager, row()).waiting == 0


def test_of_an_authority_of_which_nothing_is_on_file_a_persons_file_is_taken_for_their_own_authority(manager, dunmere):
    assert imported(manager, row()).added == 1

    assert current(manager, dunmere).email == NEW
    assert current(person(LEEDS), dunmere) is None


def test_bad_rows_are_left_out_where_somebody_says_so_and_each_is_named(tmp_path, manager, dunmere):
    content = HEAD + row() + row("E99") + row()
    with acting(manager):
        account = contact_file.take_in(content.encode(), leave_out_bad_rows=True, by=manager, at=NOON)
    assert (account.added, [one.partition(":")[0] for one in account.left_out]) == (1, ["Row 3", "Row 4"])
    assert current(manager, dunmere).email == NEW

    file = tmp_path / "contacts.csv"
    file.write_text(content, encoding="utf-8")
    printed = StringIO()
    call_command("import_contacts", str(file), leave_out_bad_rows=True, stdout=printed)
    assert [one.partition(":")[0] for one in json.loads(printed.getvalue())["left_out"]] == ["Row 3", "Row 4"]


def test_a_preview_says_what_becomes_of_each_entry_and_does_nothing(manager, dunmere, on_file):
    content = HEAD + row() + row(LEEDS) + row("E99")
    with acting(manager):
        found = contact_file.preview(content.encode(), by=manager, on=TODAY)
        assert not ContactChange.objects.exists()
    assert [(one.number, known.email if known else None, becomes) for one, known, becomes in found.entries] == [
        (2, OLD, Becomes.WAITING),
        (3, None, Becomes.ADDED),
    ]
    assert [one.number for one in found.bad] == [4]
    assert current(manager, dunmere).email == OLD


def test_the_associations_shape_of_list_loads_whole(shared_data, dunmere):
    account = contact_file.load((shared_data / "contacts" / "synthetic_authority_contacts.csv").read_bytes(), at=NOON)

    with acting_for(operator(dunmere.id), "test"):
        found = {one.purpose: one for one in directory.current_contacts(dunmere.id, TODAY)}
    assert account.added > 153
    assert found["police_missing_coordinator"].email.endswith(".example")
    assert found[NOTICES].telephone.startswith("01632 960")


def test_a_drill_is_about_nobody_and_measures_the_time_to_a_person(hari, dunmere):
    with acting(hari):
        [sent] = drills.run(recipient_ids=[dunmere.id], by=hari, at=NOON)
    nadia = person(SHEFFIELD, role=Role.HOST_OFFICER, name="Nadia Clarke")
    with acting(hari):
        [before] = drills.board([dunmere], sender_id=hari.authority_id, on=TODAY)
    assert (before.drilled_at, before.answered_after) == (NOON, None)

    with acting(nadia):
        documents.acknowledge(sent.id, actor=nadia, post="Officer", at=NOON + timedelta(minutes=42))

    with acting(hari):
        [after] = drills.board([dunmere], sender_id=hari.authority_id, on=TODAY)
    assert (after.answered_after, after.answered_by) == (timedelta(minutes=42), "Nadia Clarke")
    assert sent.kind == Document.Kind.FIRE_DRILL
    assert sent.body["family_name"] == "Notachild-Drill"


def test_a_second_drill_begins_anew(hari, dunmere):
    later = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    with acting(hari):
        drills.run(recipient_ids=[dunmere.id], by=hari, at=NOON)
        drills.run(recipient_ids=[dunmere.id], by=hari, at=later)
        [found] = drills.board([dunmere], sender_id=hari.authority_id, on=TODAY)
    assert found.drilled_at == later


def test_nobody_drills_nobody_or_themselves(hari):
    for wanted in ([], [hari.authority_id]):
        with acting(hari), pytest.raises(NobodyToDrill):
            drills.run(recipient_ids=wanted, by=hari, at=NOON)
