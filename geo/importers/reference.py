"""How do the reviewed tables of facts (geo/reference/) come into the database? Whole, checked, and the same everywhere.

A folder holds authorities.csv, authority_codes.csv, names.csv, successions.csv, adjoining.csv and districts.csv;
what the columns mean: geo/reference/README.md. Loading a folder again changes nothing; a row taken out of a folder
goes out of the tables; rows of other folders (the example's invented county) stay.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import Q

from geo.exceptions import ImportRefused
from geo.models import Adjoining, Authority, AuthorityCode, AuthorityName, DistrictCode, Succession

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
NAMESPACE = UUID("6f3f7f0e-52d3-5c0b-9a52-0a1f6d4f7f11")


@dataclass(frozen=True)
class Loaded:
    """How many rows of each table the folder holds."""

    rows: dict[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.rows.items())


@dataclass(frozen=True)
class Table:
    """One CSV file: its model, the columns whose value names an authority, and the columns that make a row's key."""

    file: str
    model: type[models.Model]
    authorities: dict[str, str]
    key: tuple[str, ...]


TABLES = (
    Table("authorities.csv", Authority, {}, ("slug",)),
    Table("authority_codes.csv", AuthorityCode, {"authority": "authority_id"}, ("authority", "scheme", "code")),
    Table("names.csv", AuthorityName, {"authority": "authority_id"}, ("authority", "name")),
    Table(
        "successions.csv",
        Succession,
        {"predecessor": "predecessor_id", "successor": "successor_id"},
        ("predecessor", "successor"),
    ),
    Table(
        "adjoining.csv",
        Adjoining,
        {"authority": "authority_low_id", "adjoins": "authority_high_id"},
        ("authority", "adjoins", "starts_on"),
    ),
    Table("districts.csv", DistrictCode, {"authority": "authority_id"}, ("code", "authority")),
)


def authority_id(slug: str) -> UUID:
    """The uuid of the authority with this slug, the same in every installation."""
    return uuid5(NAMESPACE, f"authority {slug}")


def load_reference(using: str = "owner", folder: Path = REFERENCE) -> Loaded:
    """Load a folder of reviewed tables, all or nothing. Raises ImportRefused with file, line, column, value, reason."""
    rows = {table.file: list(_read(folder / table.file)) for table in TABLES}
    slugs = {row["slug"] for _, row in rows["authorities.csv"]}
    faults: list[str] = []
    records = {table.file: _records(table, rows[table.file], slugs, faults) for table in TABLES}
    if faults:
        raise ImportRefused(f"The reference tables in {folder.name} were not loaded:", faults)
    with transaction.atomic(using=using):
        authorities = records.pop("authorities.csv")
        Authority.objects.using(using).bulk_create(
            authorities,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[field.name for field in Authority._meta.concrete_fields if not field.primary_key],
        )
        for table in TABLES[1:]:
            _rows_among(table, [one.pk for one in authorities]).using(using).delete()
            table.model._default_manager.using(using).bulk_create(records[table.file])
    return Loaded({table.file.removesuffix(".csv"): len(rows[table.file]) for table in TABLES})


def _read(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _records(
    table: Table, rows: list[tuple[int, dict[str, str]]], slugs: set[str], faults: list[str]
) -> list[models.Model]:
    records: dict[UUID, models.Model] = {}
    for line, row in rows:

        def fault(column: str, reason: str, line: int = line, row: dict[str, str] = row) -> None:
            faults.append(f"{table.file}, line {line}, {column}, {row.get(column)!r}: {reason}")

        values = _values(table, row, slugs, fault)
        pk = authority_id(row["slug"]) if table.model is Authority else _row_id(table, row)
        if pk in records:
            fault(table.key[0], "this row stands twice")
        records[pk] = table.model(pk=pk, **values)
    return list(records.values())


def _row_id(table: Table, row: dict[str, str]) -> UUID:
    return uuid5(NAMESPACE, " ".join([table.file, *(row[column] for column in table.key)]))


def _values(table: Table, row: dict[str, str], slugs: set[str], fault: Callable[[str, str], None]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, text in row.items():
        field = table.authorities.get(column, column)
        if column in table.authorities:
            if text not in slugs:
                fault(column, "no authority of this folder has this slug")
            values[field] = authority_id(text)
        elif column == "on" or column.endswith("_on"):
            values[field] = _day(column, text, fault)
        else:
            choices = table.model._meta.get_field(field).choices
            if choices and text not in dict(choices):
                fault(column, f"must be one of {', '.join(dict(choices))}")
            values[field] = text
    if table.model is Adjoining:
        low, high = sorted((values["authority_low_id"], values["authority_high_id"]))
        if low == high:
            fault("adjoins", "no authority adjoins itself")
        values |= {"authority_low_id": low, "authority_high_id": high}
    return values


def _day(column: str, text: str, fault: Callable[[str, str], None]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fault(column, "must be a date such as 2023-04-01")
        return None


def _rows_among(table: Table, ids: list[UUID]) -> models.QuerySet:
    """The rows that speak of these authorities only; of a pair, both."""
    return table.model._default_manager.filter(*(Q(**{f"{field}__in": ids}) for field in table.authorities.values()))
