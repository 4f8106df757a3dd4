"""How fast is a return of 100,000 children imported, against COPY of the very same rows with the same constraints?"""

import csv
import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

from django.db import connections, transaction

from accounts.acting import acting_for, operator
from bench.measure import Line, in_own_process
from db import clock
from geo.areas import authority_by_code
from placements.returns.collection_year import CollectionYear
from placements.returns.importing import import_return

AUTHORITY = "E08000018"
YEAR = CollectionYear.read("2025-26")
EPISODES_EACH = 10
EPISODE_COLUMNS = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST",
    "PL_POST", "URN",
)  # fmt: skip
POSTCODES = ("S65 1SB", "DN11 9PH", "DN12 2BB", "S1 1AA", "S1 1AB", "DN1 1AA", "LS1 8ED")
SEED = 903
# The tables that an import fills, in the order of their foreign keys.
TABLES = (
    "placements_return",
    "placements_child",
    "placements_careperiod",
    "placements_legalstatus",
    "placements_placement",
    "placements_placementaddress",
    "placements_deliveredheader",
    "placements_episode",
)
BLOCK_BYTES = 1 << 20


def lines(children: int) -> list[Line]:
    """One line: a first import, without screening or notices."""
    with tempfile.TemporaryDirectory() as folder:
        delivered = Path(folder) / "return"
        delivered.mkdir()
        episodes = write_return(delivered, children)
        ours = in_own_process(lambda: _import(delivered))
        dumps = Path(folder) / "dumps"
        dumps.mkdir()
        _dump(dumps)
        raw = in_own_process(lambda: _copy(dumps))
    return [Line("import of an SSDA903 return", f"{children:,} children, {episodes:,} episodes", ours, raw)]


def write_return(folder: Path, children: int) -> int:
    """An invented return: each child in care without a gap, moving house every few weeks; returns its episodes."""
    chance = random.Random(SEED)
    first_day = date(2024, 4, 1)
    with open(folder / "Header.csv", "w", newline="") as header, open(folder / "Episodes.csv", "w", newline="") as file:
        heads, rows = csv.writer(header), csv.writer(file)
        heads.writerow(["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"])
        rows.writerow(EPISODE_COLUMNS)
        for number in range(children):
            child = f"B{number:07d}"
            born_on = date(2009, 1, 1) + timedelta(days=chance.randrange(4_000))
            heads.writerow([child, chance.choice("MF"), _written(born_on), "WBRI", "UN1", "", ""])
            day = first_day + timedelta(days=chance.randrange(60))
            for episode in range(EPISODES_EACH):
                last = episode == EPISODES_EACH - 1
                until = day + timedelta(days=chance.randrange(20, 60))
                rows.writerow(
                    [
                        child,
                        _written(day),
                        "S" if episode == 0 else chance.choice("PPPL"),
                        chance.choice(("C1", "C2", "V2")),
                        "N1",
                        chance.choice(("U6", "K2", "U4")),
                        chance.choice(("PR1", "PR4")),
                        "" if last else _written(until),
                        "" if last else "X1",
                        "" if last else "CARPL",
                        "S65 1SB",
                        chance.choice(POSTCODES),
                        "SC999999",
                    ]
                )
                day = until
    return children * EPISODES_EACH


def _import(folder: Path) -> None:
    by = operator(authority_by_code(AUTHORITY).id)
    with acting_for(by, "benchmark"):
        import_return(path=folder, year=YEAR, screening_wanted=False, by=by, at=clock.now())


def _dump(folder: Path) -> None:
    """The rows as they stand, read with row-level security as the authority."""
    with acting_for(operator(authority_by_code(AUTHORITY).id), "benchmark"), connections["default"].cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        for table in TABLES:
            with open(folder / table, "wb") as file, cursor.copy(f"copy (select * from {table}) to stdout") as copy:
                for block in copy:
                    file.write(block)


def _copy(folder: Path) -> None:
    """The same rows by COPY into tables with the same checks, keys, exclusions and foreign keys; no row security."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"create table bare_{table} (like {table} including all)")
            cursor.execute(
                "select pg_get_constraintdef(oid), confrelid::regclass::text from pg_constraint"
                " where conrelid = %s::regclass and contype = 'f'",
                [table],
            )
            for definition, target in cursor.fetchall():
                same = definition.replace(f" {target}(", f" bare_{target}(") if target in TABLES else definition
                cursor.execute(f"alter table bare_{table} add {same}")
            with open(folder / table, "rb") as file, cursor.copy(f"copy bare_{table} from stdin") as copy:
                while block := file.read(BLOCK_BYTES):
                    copy.write(block)
        cursor.execute("set constraints all immediate")
        for table in reversed(TABLES):
            cursor.execute(f"drop table bare_{table}")


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
