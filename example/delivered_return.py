"""With which register did Ashford-on-Grid go live? It imported its last SSDA903 return, as any council would."""

import csv
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from accounts.acting import Actor
from db.clock import london_date
from example.moments import Step, born_on, day, moment
from example.sharing import ASHFORD
from example.tables import rows
from geo.areas import authority_by_code
from placements.actions.told_before import state_told_before
from placements.owed.sweeps import screen_pending
from placements.queries import before_we_began
from placements.returns.collection_year import CollectionYear
from placements.returns.importing import import_return
from placements.returns.layout import EPISODES, HEADER

IMPORTED = "-60 09:00"
STATED = "-58 11:00"
TOLD_BEFORE = "AG-3002"
WRITTEN_DATE = "%d/%m/%Y"


def steps(start: date) -> list[Step]:
    """The import, and the answer for the one placement of which somebody knows that its host was told."""

    def take_in(by: Actor, at: datetime) -> None:
        with TemporaryDirectory() as folder:
            _write_return(Path(folder), start)
            import_return(path=Path(folder), year=_last_whole_year(london_date(at)), by=by, at=at)
        screen_pending(by.authority_id, at=at)

    def state(by: Actor, at: datetime) -> None:
        known = before_we_began().get(child__reference=TOLD_BEFORE)
        evidence = "The letter book of the placements team: letter and answer are filed."
        state_told_before(placement_ids=[known.id], told_on=known.starts_on, evidence=evidence, by=by, at=at)

    ours = authority_by_code(ASHFORD)
    return [
        Step(moment(IMPORTED, start), ours, "", take_in),
        Step(moment(STATED, start), ours, "Priya Nair", state),
    ]


def _last_whole_year(on: date) -> CollectionYear:
    year = CollectionYear(on.year)
    while year.last_day >= on:
        year = CollectionYear(year.starts_in - 1)
    return year


def _write_return(folder: Path, start: date) -> None:
    delivered = list(rows("return_episodes.csv"))
    _write(
        folder / f"{HEADER.name}.csv",
        HEADER.columns,
        [
            {
                "CHILD": row["child"],
                "SEX": row["sex"],
                "DOB": born_on(row["years_old"], start).strftime(WRITTEN_DATE),
                "ETHNIC": "NOBT",
                "UPN": "UN1",
            }
            for row in delivered
        ],
    )
    _write(
        folder / f"{EPISODES.name}.csv",
        EPISODES.columns,
        [
            {
                "CHILD": row["child"],
                "DECOM": day(row["placed"], start).strftime(WRITTEN_DATE),
                "RNE": "S",
                "LS": row["legal_status"],
                "CIN": "N1",
                "PLACE": row["place_code"],
                "PLACE_PROVIDER": row["provider_code"],
                "HOME_POST": row["home_postcode"],
                "PL_POST": row["postcode"],
                "URN": row["urn"],
            }
            for row in delivered
        ],
    )


def _write(path: Path, columns: tuple[str, ...], records: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(records)
