"""Small returns, written out by hand for a test, and what the register says after one was imported."""

from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from accounts.acting import acting_for, operator
from placements.models import Placement
from tests.factories import ROTHERHAM, authority

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
UNACCOMPANIED = "CHILD,SEX,DOB,DUC"
KAYLA = "1001,F,14/11/2012,WBRI,UN1,,"
HOME, NEAR, FAR = "S65 1SB", "DN12 2BB", "LS1 8ED"


def episode(
    start: str,
    rne: str = "S",
    place: str = "U6",
    *,
    end: str = "",
    postcode: str = FAR,
    child: str = "1001",
    ls: str = "C2",
    rec: str | None = None,
    provider: str = "PR4",
    urn: str = "SC9910069",
    home: str = HOME,
) -> str:
    """A row of Episodes.csv; REC is X1 where the episode ended and nothing else is said."""
    rec = ("X1" if end else "") if rec is None else rec
    provider = "" if place.startswith("T") else provider
    return ",".join([child, start, rne, ls, "N1", place, provider, end, rec, "", home, postcode, urn])


def write(folder: Path, *episodes: str, header: tuple[str, ...] = (KAYLA,), **others: tuple[str, ...]) -> Path:
    """A return's folder, with CRLF line ends as councils' systems write them; `missing` and `uasc` add rows."""
    folder.mkdir(exist_ok=True)
    files = {
        "Header": (HEADER, *header),
        "Episodes": (EPISODES, *episodes),
        "Missing": (MISSING, *others.get("missing", ())),
        "UASC": (UNACCOMPANIED, *others.get("uasc", ())),
    }
    for name, rows in files.items():
        (folder / f"{name}.csv").write_bytes("".join(f"{row}\r\n" for row in rows).encode())
    return folder


def run_import(folder: Path, *options: str, code: str = ROTHERHAM, year: str = "2025-26") -> str:
    """What `import_ssda903` writes to standard output."""
    said = StringIO()
    call_command("import_ssda903", str(folder), "--authority", code, "--year", year, *options, stdout=said)
    return said.getvalue()


def refused(folder: Path, **options: str) -> str:
    """What `import_ssda903` says of the bad rows, and the sentence with which it ends."""
    listed = StringIO()
    code, year = options.get("code", ROTHERHAM), options.get("year", "2025-26")
    try:
        call_command("import_ssda903", str(folder), "--authority", code, "--year", year, stderr=listed)
    except CommandError as error:
        return listed.getvalue() + str(error)
    raise AssertionError("the return was imported")


def run_export(folder: Path, *, code: str = ROTHERHAM, year: str = "2025-26") -> dict[str, list[str]]:
    """The lines of each file that `export_ssda903` writes."""
    call_command("export_ssda903", str(folder), "--authority", code, "--year", year, stdout=StringIO())
    return {path.stem: lines_of(path) for path in folder.iterdir()}


def lines_of(path: Path) -> list[str]:
    """The lines of a CSV file, without its mark of byte order."""
    return path.read_text(encoding="utf-8-sig").splitlines()


def as_operator(code: str = ROTHERHAM):
    """Act as whoever runs a command, to look at the register afterwards."""
    return acting_for(operator(authority(code).id), "test")


def spans(reference: str = "1001") -> list[tuple]:
    """The placements of a child that hold now: code, first day, end, postcode, disputed or not."""
    held = Placement.objects.filter(child__reference=reference, superseded_at=None).select_related("address")
    return [
        (
            one.place_code,
            f"{one.starts_on:%d/%m/%Y}",
            f"{one.ends_on:%d/%m/%Y}" if one.ends_on else "",
            one.address.postcode if not one.is_restricted else "closed",
            one.is_disputed,
        )
        for one in held.order_by("starts_on")
    ]
