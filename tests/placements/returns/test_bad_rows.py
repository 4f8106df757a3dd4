"""A return with a bad row is refused whole: every bad row named by file, line, column, value and reason."""

import pytest

from placements.models import Child, GoLive, Return
from tests.placements.returns.written import EPISODES, HEADER, KAYLA, as_operator, episode, refused, run_import, write

pytestmark = pytest.mark.django_db

BAD_EPISODES = {
    "an unknown child": (episode("01/05/2025", child="9"), "CHILD, '9': the CHILD is not in Header.csv"),
    "no child": (episode("01/05/2025", child=""), "CHILD, '': there is no CHILD"),
    "a blank beside the child": (episode("01/05/2025", child="1001 "), "CHILD, '1001 ': blanks stand before or after"),
    "a date that is none": (episode("31/04/2025"), "DECOM, '31/04/2025': no date written dd/mm/yyyy"),
    "a date written otherwise": (episode("2025-05-01"), "DECOM, '2025-05-01': no date written dd/mm/yyyy"),
    "a date of another age": (episode("01/05/0202"), "DECOM, '01/05/0202': no date written dd/mm/yyyy"),
    "no start": (episode(""), "DECOM, '': the date is missing"),
    "an end that is no date": (episode("01/05/2025", end="soon"), "DEC, 'soon': no date written dd/mm/yyyy"),
    "an end on the day of the start": (
        episode("01/05/2025", end="01/05/2025"),
        "DEC, '01/05/2025': DEC is not after DECOM (01/05/2025)",
    ),
    "an end before the start": (
        episode("01/05/2025", end="30/04/2025"),
        "DEC, '30/04/2025': DEC is not after DECOM (01/05/2025)",
    ),
    "an unknown reason": (episode("01/05/2025", "X"), "RNE, 'X': no code of this collection year"),
    "an unknown status": (episode("01/05/2025", ls="c2"), "LS, 'c2': no code of this collection year"),
    "a place of an earlier year": (episode("01/05/2025", place="H5"), "PLACE, 'H5': no code of this collection year"),
    "an unknown provider": (episode("01/05/2025", provider="PR9"), "PLACE_PROVIDER, 'PR9': no code of"),
    "an unknown end": (episode("01/05/2025", rec="E99"), "REC, 'E99': no code of this collection year"),
    "too few columns": ("1001,01/05/2025,S", "the row has 3 columns, the heading has 13"),
    "too many columns": (episode("01/05/2025") + ",", "the row has 14 columns, the heading has 13"),
    "a mark that turns the writing": (
        episode("01/05/2025", urn="SC\u202e99"),
        r"URN, 'SC\u202e99': a mark that cannot",
    ),
    "a NUL": (episode("01/05/2025", urn="SC\0"), r"URN, 'SC\x00': a mark that cannot be seen"),
    "a long value": (
        episode("01/05/2025", urn="9" * 60 + "\u200b"),
        "URN, '" + "9" * 39 + "…': a mark that cannot be seen",
    ),
}


@pytest.mark.parametrize(("row", "reason"), BAD_EPISODES.values(), ids=BAD_EPISODES.keys())
def test_a_bad_episode_is_named(tmp_path, row, reason):
    said = refused(write(tmp_path / "return", row))

    assert said.startswith("Episodes.csv, line 2")
    assert reason in said


BAD_OTHERS = {
    "a child twice in the Header": (
        {"header": (KAYLA, KAYLA)},
        "Header.csv, line 3, CHILD, '1001': the CHILD stands twice",
    ),
    "no date of birth": (
        {"header": ("1001,F,,WBRI,UN1,,",)},
        "Header.csv, line 2, DOB, '': the date is missing",
    ),
    "a sex of earlier years": (
        {"header": ("1001,2,14/11/2012,WBRI,UN1,,",)},
        "Header.csv, line 2, SEX, '2': no code of this collection year",
    ),
    "an ethnicity that is no code": (
        {"header": ("1001,F,14/11/2012,MARS,UN1,,",)},
        "Header.csv, line 2, ETHNIC, 'MARS': no code of this collection year",
    ),
    "a missing episode of an unknown child": (
        {"missing": ("9,14/11/2012,M,01/05/2025,02/05/2025",)},
        "Missing.csv, line 2, CHILD, '9': the CHILD is not in Header.csv",
    ),
    "a missing episode that ends before it starts": (
        {"missing": ("1001,14/11/2012,M,02/05/2025,01/05/2025",)},
        "Missing.csv, line 2, MIS_END, '01/05/2025': MIS_END is before MIS_START (02/05/2025)",
    ),
    "a missing episode of an unknown kind": (
        {"missing": ("1001,14/11/2012,Q,02/05/2025,",)},
        "Missing.csv, line 2, MISSING, 'Q': no code of this collection year",
    ),
    "an end of status that is no date": (
        {"uasc": ("1001,F,14/11/2012,never",)},
        "UASC.csv, line 2, DUC, 'never': no date written dd/mm/yyyy",
    ),
}


@pytest.mark.parametrize(("rows", "reason"), BAD_OTHERS.values(), ids=BAD_OTHERS.keys())
def test_a_bad_row_of_another_file_is_named(tmp_path, rows, reason):
    assert reason in refused(write(tmp_path / "return", episode("01/05/2025"), **rows))


def test_the_same_child_and_start_twice_is_named_with_the_first_line(tmp_path):
    row = episode("01/05/2025", end="01/06/2025")

    said = refused(write(tmp_path / "return", row, episode("01/06/2025"), row))

    assert "Episodes.csv, line 4, DECOM, '01/05/2025': line 2 has the same CHILD (1001) and DECOM" in said


def test_every_bad_row_is_named_and_nothing_is_changed(tmp_path):
    rows = (episode("01/05/2025", end="01/05/2025"), episode("02/05/2025", "X"), episode("03/05/2025"))

    said = refused(write(tmp_path / "return", *rows, header=(KAYLA, "1002,F,,WBRI,,,")))

    assert "Header.csv, line 3, DOB" in said
    assert "Episodes.csv, line 2, DEC" in said
    assert "Episodes.csv, line 3, RNE" in said
    assert "nothing was changed" in said
    assert "1 in Header.csv, 2 in Episodes.csv" in said
    with as_operator():
        assert not Child.objects.exists()
        assert not Return.objects.exists()
        assert not GoLive.objects.exists()


def test_a_child_of_a_bad_header_row_is_no_fault_of_its_episodes(tmp_path):
    said = refused(write(tmp_path / "return", episode("01/05/2025"), header=("1001,F,soon,WBRI,UN1,,",)))

    assert "Header.csv, line 2, DOB" in said
    assert "Episodes.csv, line" not in said


def test_missing_and_strange_columns_are_named(tmp_path):
    folder = write(tmp_path / "return", episode("01/05/2025"))
    rows = folder / "Episodes.csv"
    rows.write_text(EPISODES.replace("PL_POST", "POSTCODE") + "\n" + episode("01/05/2025") + "\n")

    said = refused(folder)

    assert "Episodes.csv, line 1, PL_POST, '': the column is missing" in said
    assert "Episodes.csv, line 1, 'POSTCODE': the return has no such column" in said


def test_a_file_that_is_not_utf_8_is_named_by_its_row(tmp_path):
    folder = write(tmp_path / "return", episode("01/05/2025"))
    (folder / "Header.csv").write_bytes(f"{HEADER}\r\n".encode() + b"1001,F,14/11/2012,WBRI,\xe9,,\r\n")

    assert r"Header.csv, line 2, UPN, '\udce9': a mark that cannot be seen, or that is not UTF-8" in refused(folder)


def test_a_folder_without_episodes_is_refused_in_a_sentence(tmp_path):
    folder = write(tmp_path / "return", episode("01/05/2025"))
    (folder / "Episodes.csv").unlink()

    assert "a return has at least Header.csv and Episodes.csv" in refused(folder)


@pytest.mark.parametrize("year", ["2025-27", "2025", "25-26", "2009-10"])
def test_a_year_that_is_none_or_too_early_is_refused(tmp_path, year):
    assert year in refused(write(tmp_path / "return", episode("01/05/2025")), year=year)


def test_codes_are_those_of_the_collection_year(tmp_path):
    header = ("1001,2,14/11/2012,WBRI,UN1,,",)
    folder = write(tmp_path / "return", episode("01/05/2017", place="H5"), header=header)

    assert "1 child, 1 episode" in run_import(folder, year="2017-18")
