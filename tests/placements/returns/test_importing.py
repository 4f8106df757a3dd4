"""An import happens once, follows earlier ones, keeps what people recorded, and closes restricted addresses."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import secrets
from accounts.acting import Actor, acting_for
from accounts.roles import Role
from audit.models import LogEntry
from duties.models import Duty
from notifications.models import Document
from placements.actions.placements import record_emergency_start
from placements.actions.told_before import state_told_before
from placements.models import (
    CarePeriod,
    Child,
    Episode,
    GoLive,
    MissingEpisode,
    Placement,
    PlacementAddress,
    RestrictedAddress,
    RestrictedEpisode,
    Return,
)
from placements.owed.sweeps import screen_pending
from placements.place.places import Place
from tests.databases import NOON
from tests.factories import SHEFFIELD, acting, authority, child, person
from tests.placements.returns.written import (
    FAR,
    HOME,
    KAYLA,
    NEAR,
    as_operator,
    episode,
    run_import,
    spans,
    write,
)

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = "01/05/2025", "01/06/2025", "01/07/2025"


def counts() -> dict[str, int]:
    kept = (Child, Return, Episode, Placement, PlacementAddress, CarePeriod, MissingEpisode, Duty, LogEntry)
    with as_operator():
        return {model.__name__: model.objects.count() for model in kept}


def test_the_same_files_twice_change_nothing_and_it_is_said(tmp_path):
    folder = write(tmp_path / "return", episode(MAY), missing=("1001,14/11/2012,M,03/05/2025,",))
    run_import(folder)
    before = counts()

    said = run_import(folder)

    assert "in the register already. Nothing was changed." in said
    assert counts() == before


def test_other_files_of_the_year_supersede_the_return_and_keep_what_is_told_alike(tmp_path):
    run_import(write(tmp_path / "first", episode(MAY, end=JUNE), episode(JUNE, "P", postcode=NEAR)))
    with as_operator():
        kept, replaced = Placement.objects.order_by("starts_on")

    run_import(write(tmp_path / "second", episode(MAY, end=JUNE), episode(JUNE, "P", "K2", postcode=NEAR)))

    with as_operator():
        assert spans() == [("U6", MAY, JUNE, FAR, False), ("K2", JUNE, "", NEAR, False)]
        assert Placement.objects.get(id=kept.id).superseded_at is None
        assert Placement.objects.get(id=replaced.id).superseded_at is not None
        assert Return.objects.filter(superseded_at=None).count() == 1
        assert Episode.objects.count() == 4


def test_next_years_return_extends_what_was_open(tmp_path):
    run_import(
        write(tmp_path / "2024", episode(MAY.replace("2025", "2024"), ls="C1"), missing=("1001,,M,03/03/2025,",)),
        year="2024-25",
    )
    with as_operator():
        first = Placement.objects.get()

    rows = [episode("01/05/2024", end=JUNE, ls="C1"), episode(JUNE, "P", postcode=NEAR)]
    run_import(write(tmp_path / "2025", *rows, missing=("1001,,M,03/03/2025,04/04/2025",)))

    with as_operator():
        assert spans() == [("U6", "01/05/2024", JUNE, FAR, False), ("U6", JUNE, "", NEAR, False)]
        assert Placement.objects.get(starts_on=date(2024, 5, 1)).id == first.id
        assert Return.objects.filter(superseded_at=None).count() == 2
        assert list(CarePeriod.objects.values_list("starts_on", "ends_on")) == [(date(2024, 5, 1), None)]
        assert list(MissingEpisode.objects.values_list("starts_on", "ends_on")) == [
            (date(2025, 3, 3), date(2025, 4, 4))
        ]


def test_what_ended_before_this_years_return_stays_in_the_register(tmp_path):
    old = [episode("01/05/2023", end="01/06/2024"), episode("01/06/2024", "P", postcode=NEAR)]
    run_import(write(tmp_path / "2024", *old), year="2024-25")

    run_import(write(tmp_path / "2025", episode("01/06/2024", "P", end=MAY, postcode=NEAR, rec="E4A")))

    with as_operator():
        assert spans() == [("U6", "01/05/2023", "01/06/2024", FAR, False), ("U6", "01/06/2024", MAY, NEAR, False)]
        assert CarePeriod.objects.get().ends_on == date(2025, 5, 1)


def test_an_earlier_year_that_comes_later_undoes_nothing(tmp_path):
    run_import(write(tmp_path / "2025", episode("01/05/2024", end=MAY, rec="E4A"), header=(KAYLA,)))

    earlier = ("1001,F,01/01/2000,WBRI,UN1,,",)
    run_import(write(tmp_path / "2024", episode("01/05/2024"), header=earlier), year="2024-25")

    with as_operator():
        assert spans() == [("U6", "01/05/2024", MAY, FAR, False)]
        assert Child.objects.get().born_on == date(2012, 11, 14)


def test_what_was_open_and_is_not_in_this_years_return_is_named(tmp_path):
    both = (KAYLA, "1002,M,01/01/2014,WBRI,UN1,,")
    old = [episode("01/05/2024"), episode("01/06/2024", child="1002")]
    run_import(write(tmp_path / "2024", *old, header=both), year="2024-25")

    said = run_import(write(tmp_path / "2025", episode("02/05/2024")))

    assert "CHILD 1001, DECOM 01/05/2024: open in the return of 2024-25 and not in this one." in said
    assert "CHILD 1002, DECOM 01/06/2024: open in the return of 2024-25 and not in this one." in said


def test_the_header_corrects_the_child(tmp_path):
    run_import(write(tmp_path / "first", episode(MAY)))
    run_import(write(tmp_path / "second", episode(MAY), header=("1001,U,15/11/2012,WBRI,UN1,,",)))

    with as_operator():
        kayla = Child.objects.get()
        assert (kayla.sex, kayla.born_on) == ("U", date(2012, 11, 15))


def test_a_move_recorded_here_after_the_year_stands(tmp_path):
    priya = person()
    run_import(write(tmp_path / "first", episode(MAY)))
    with as_operator():
        kayla = Child.objects.get()
    with acting_for(priya, "test"):
        record_emergency_start(
            child_id=kayla.id, started_at=NOON, place=Place(postcode=NEAR, home_postcode=HOME), by=priya, at=NOON
        )

    run_import(write(tmp_path / "corrected", episode(MAY, ls="C1")))

    with as_operator():
        assert spans() == [("U6", MAY, "01/12/2026", FAR, False), ("", "01/12/2026", "", NEAR, False)]
        assert Duty.objects.filter(kind="disputed_placement").count() == 0


def test_a_placement_registered_here_is_recognised_in_a_later_return(tmp_path):
    priya = person()
    registered = child(priya, reference="1001", looked_after_since=date(2026, 12, 1))
    with acting_for(priya, "test"):
        record_emergency_start(
            child_id=registered.id, started_at=NOON, place=Place(postcode=NEAR, home_postcode=HOME), by=priya, at=NOON
        )

    run_import(write(tmp_path / "return", episode("01/12/2026", postcode=NEAR)), year="2026-27")

    with as_operator():
        placement = Placement.objects.get()
        assert placement.source == "register"
        assert Episode.objects.get().placement_id == placement.id


def test_a_placement_for_adoption_is_closed_from_the_first_day(tmp_path):
    rows = [episode(MAY, end=JUNE), episode(JUNE, "P", "A5", postcode=NEAR, urn="SC7654321")]

    said = run_import(write(tmp_path / "return", *rows))

    assert "1 restricted" in said
    with as_operator():
        open_one, closed = Placement.objects.order_by("starts_on")
        row = Episode.objects.get(is_restricted=True)
        assert (row.pl_post, row.urn, closed.urn) == ("", "", "")
        assert not PlacementAddress.objects.filter(placement=closed).exists()
        assert PlacementAddress.objects.get(placement=open_one).point is not None
        sealed = RestrictedEpisode.objects.get()
        assert NEAR.encode() not in bytes(sealed.sealed)
        assert secrets.decrypt(sealed.sealed, bound_to=f"episode:{row.id}") == f"{NEAR}\tSC7654321"
        address = RestrictedAddress.objects.get(placement=closed)
        told = json.loads(secrets.decrypt(address.sealed, bound_to=f"placement:{closed.id}"))
        assert (told["postcode"], told["home_postcode"], told["urn"]) == (NEAR, HOME, "SC7654321")
    with acting(person()):
        assert not RestrictedEpisode.objects.exists()
        assert not RestrictedAddress.objects.exists()


def test_a_temporary_stay_within_a_restricted_placement_is_closed_too(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY, "S", "A5", end=JUNE), episode(JUNE, "P", "T1", postcode=NEAR)))

    with as_operator():
        assert set(Episode.objects.values_list("is_restricted", "pl_post")) == {(True, "")}


def test_a_restricted_placement_is_the_same_one_in_the_next_return(tmp_path):
    run_import(write(tmp_path / "2024", episode("01/05/2024", "S", "A5")), year="2024-25")

    run_import(write(tmp_path / "2025", episode("01/05/2024", "S", "A5", end=MAY, rec="E11")))

    with as_operator():
        assert spans() == [("A5", "01/05/2024", MAY, "closed", False)]
        assert Placement.objects.count() == 1


def test_an_unknown_postcode_named_on_a_restricted_row_does_not_tell_it(tmp_path):
    said = run_import(write(tmp_path / "return", episode(MAY, "S", "A5", postcode="WD10 6ZQ")))

    assert "Episodes.csv, line 2, PL_POST, '': not in the postcode directory (1 row)" in said
    assert "WD10" not in said


def test_the_first_import_sets_the_day_of_going_live_and_later_ones_leave_it(tmp_path):
    run_import(write(tmp_path / "2024", episode("01/05/2024")), year="2024-25")
    with as_operator():
        live = GoLive.objects.get()
        assert live.on == NOON.date()
        GoLive.objects.update(on=date(2026, 1, 1))

    run_import(write(tmp_path / "2025", episode("01/05/2024")))

    with as_operator():
        assert GoLive.objects.get().on == date(2026, 1, 1)


def test_an_import_is_one_line_of_the_log_book_with_hash_and_counts_and_no_child(tmp_path):
    run_import(write(tmp_path / "return", episode(MAY)))

    with as_operator():
        line = LogEntry.objects.get(operation="returns.import")
        assert line.purpose == "import of the SSDA903 return"
        assert line.detail["sha256"] == Return.objects.get().sha256
        assert (line.detail["children"], line.detail["episodes"]) == (1, 1)
        assert "1001" not in json.dumps(line.detail)


def test_two_authorities_may_use_the_same_child_reference(tmp_path):
    run_import(write(tmp_path / "ours", episode(MAY)))
    run_import(write(tmp_path / "theirs", episode(JUNE)), code=SHEFFIELD)

    with as_operator():
        assert [start for _, start, *_ in spans()] == [MAY]
    with as_operator(SHEFFIELD):
        assert [start for _, start, *_ in spans()] == [JUNE]


def test_other_files_are_named_and_left_alone_whatever_the_case_of_the_names(tmp_path):
    folder = write(tmp_path / "return", episode(MAY))
    (folder / "Episodes.csv").rename(folder / "EPISODES.CSV")
    (folder / "OC2.csv").write_text("not read")

    assert "Left alone: OC2.csv." in run_import(folder)


def test_a_mark_of_byte_order_and_another_order_of_columns_are_read(tmp_path):
    folder = write(tmp_path / "return", episode(MAY))
    (folder / "Header.csv").write_bytes(
        "\ufeffDOB,child,SEX,ETHNIC,UPN,MOTHER,MC_DOB\n14/11/2012,1001,F,WBRI,,,\n".encode()
    )

    run_import(folder)

    with as_operator():
        assert Child.objects.get().born_on == date(2012, 11, 14)


def test_an_import_queues_screening_and_a_benchmark_does_not(tmp_path):
    ours = authority().id
    run_import(write(tmp_path / "first", episode(MAY)), "--no-screening")
    assert screen_pending(ours, at=NOON) == 0

    two = (KAYLA, "1002,M,01/01/2014,WBRI,UN1,,")
    run_import(write(tmp_path / "second", episode(MAY), episode(MAY, child="1002"), header=two))

    assert screen_pending(ours, at=NOON) == 1


def test_nothing_is_sent_until_somebody_says_so(tmp_path):
    folder = write(tmp_path / "return", episode(MAY, postcode=FAR))
    run_import(folder)
    with as_operator():
        assert not Document.objects.exists()

    assert "1 notice sent to hosts." in run_import(folder, "--send-notices")
    assert "0 notices sent to hosts." in run_import(folder, "--send-notices")

    with as_operator():
        assert Document.objects.get().recipient == authority("E08000035")


def test_a_host_of_which_somebody_stated_that_it_was_told_before_is_not_told_again(tmp_path):
    folder = write(tmp_path / "return", episode(MAY, postcode=FAR))
    run_import(folder)
    with as_operator() as by:
        screen_pending(by.authority_id, at=NOON)
        stated = [one.id for one in Placement.objects.all()]
        state_told_before(placement_ids=stated, told_on=date(2025, 5, 6), evidence="A letter", by=officer(by), at=NOON)

    assert "0 notices sent to hosts." in run_import(folder, "--send-notices")


def officer(by: Actor) -> Actor:
    """The same authority's placement officer, who states what was told before."""
    return replace(by, role=Role.PLACEMENT_OFFICER)


def test_an_authority_that_did_not_exist_that_year_is_refused_in_a_sentence(tmp_path):
    folder = write(tmp_path / "return", episode(MAY))

    with pytest.raises(CommandError, match="did not exist on 31 March 2018"):
        call_command("import_ssda903", str(folder), "--authority", "E06000063", "--year", "2017-18", stdout=StringIO())
