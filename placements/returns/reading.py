"""Can each row of a return be read? Row by row, in little memory; every row at fault is remarked on, none repaired."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from geo.exceptions import NotAPostcode
from geo.postcodes import normalise
from placements.returns.layout import EPISODES, HEADER, ReturnFile
from placements.returns.remarks import Remark
from placements.rules.codes import is_restricted

WRITTEN_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
EARLIEST_YEAR = 1900
POSTCODES_REMEMBERED = 100_000
NULL = "\\N"

Codes = dict[tuple[str, str], frozenset[str]]


class Reader:
    """Reads the files of one return, Header first. `bad_rows` holds every reason against taking the return in."""

    def __init__(self, codes: Codes):
        self.codes = codes
        self.children: set[str] = set()
        self.bad_rows: list[Remark] = []
        self._days = _Days()
        self._is_header_read = False

    def staged_lines(self, file: ReturnFile, path: Path) -> Iterator[str]:
        """The readable rows as lines for COPY, in delivered order: line, the columns as delivered, what was read.

        Read are the dates; of an episode also whether its address is restricted, and both postcodes in one form.
        """
        column = file.columns.index
        checks = [(column(name), name, self.codes[file.name, name] | {""}) for name in file.codes]
        days = [(column(name), name, needed) for name, needed in file.days.items()]
        for line, row in self._rows(file, path):
            faults = len(self.bad_rows)
            if not "".join(row).isprintable():
                self._remark_on_hidden_marks(file, line, row)
                continue
            self._check_child(file, line, row[0])
            for place, name, allowed in checks:
                if row[place] not in allowed:
                    self._refuse(file, line, name, row[place], "no code of this collection year")
            read = [self._read_day(file, line, name, row[place], needed) for place, name, needed in days]
            self._check_order(file, line, row, dict(zip(file.days, read, strict=True)))
            if len(self.bad_rows) > faults:
                continue
            if file is EPISODES:
                closed = is_restricted(placement_code=row[column("PLACE")])
                postcodes = one_form(row[column("PL_POST")]), one_form(row[column("HOME_POST")])
                read += ["t" if closed else "f", *map(escaped, postcodes)]
            yield "\t".join([str(line), escaped("\t".join(row)), *read]) + "\n"

    def _rows(self, file: ReturnFile, path: Path) -> Iterator[tuple[int, list[str]]]:
        """Each row with its line, its cells in the return's own order of columns, whatever order was delivered."""
        # A byte that is not UTF-8 becomes a mark that cannot be seen, and is remarked on in its row.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as content:
            rows = csv.reader(content)
            try:
                heading = [name.strip().upper() for name in next(rows, [])]
                order = self._order(file, heading)
                if order is None:
                    return
                self._is_header_read = True
                in_order = order == list(range(len(order)))
                line = rows.line_num
                for row in rows:
                    first, line = line + 1, rows.line_num
                    if not row:
                        continue
                    if len(row) != len(order):
                        self._refuse(
                            file, first, "", "", f"the row has {len(row)} columns, the heading has {len(order)}"
                        )
                        self._know_child(file, row[0])
                        continue
                    yield first, row if in_order else [row[place] for place in order]
            except csv.Error as error:
                self._refuse(file, rows.line_num, "", "", f"the file cannot be read from here on ({error})")

    def _order(self, file: ReturnFile, heading: list[str]) -> list[int] | None:
        """Where each of the return's columns stands in the file; None, with a remark, where they are not these."""
        lacking = [name for name in file.columns if name not in heading]
        strange = [name for name in heading if name not in file.columns]
        for name in lacking:
            self._refuse(file, 1, name, "", "the column is missing")
        for name in strange:
            self._refuse(file, 1, "", name, "the return has no such column: take it out of the file")
        if not lacking and not strange and len(set(heading)) != len(heading):
            self._refuse(file, 1, "", "", "a column stands twice")
            return None
        return None if lacking or strange else [heading.index(name) for name in file.columns]

    def _check_child(self, file: ReturnFile, line: int, child: str) -> None:
        if not child:
            self._refuse(file, line, "CHILD", child, "there is no CHILD")
        elif child != child.strip():
            self._refuse(file, line, "CHILD", child, "blanks stand before or after the CHILD")
        elif file is not HEADER:
            if self._is_header_read and child not in self.children:
                self._refuse(file, line, "CHILD", child, "the CHILD is not in Header.csv")
        elif child in self.children:
            self._refuse(file, line, "CHILD", child, "the CHILD stands twice")
        self._know_child(file, child)

    def _know_child(self, file: ReturnFile, child: str) -> None:
        """A child of a bad row of the Header is known all the same: its episodes are not at fault."""
        if file is HEADER:
            self.children.add(child)

    def _read_day(self, file: ReturnFile, line: int, name: str, text: str, needed: bool) -> str:
        if not text:
            if needed:
                self._refuse(file, line, name, text, "the date is missing")
            return NULL
        day = self._days[text]
        if day is None:
            self._refuse(file, line, name, text, "no date written dd/mm/yyyy")
            return NULL
        return day

    def _check_order(self, file: ReturnFile, line: int, row: list[str], read: dict[str, str]) -> None:
        if file.ends is None:
            return
        end, start, same_day_will_do = file.ends
        if NULL in (read[end], read[start]) or read[start] < read[end]:
            return
        if same_day_will_do and read[start] == read[end]:
            return
        how = "before" if same_day_will_do else "not after"
        began = row[file.columns.index(start)]
        self._refuse(file, line, end, row[file.columns.index(end)], f"{end} is {how} {start} ({began})")

    def _remark_on_hidden_marks(self, file: ReturnFile, line: int, row: list[str]) -> None:
        for name, cell in zip(file.columns, row, strict=True):
            if not cell.isprintable():
                self._refuse(file, line, name, cell, "a mark that cannot be seen, or that is not UTF-8, stands in it")
        self._know_child(file, row[0])

    def _refuse(self, file: ReturnFile, line: int, column: str, value: str, reason: str) -> None:
        self.bad_rows.append(Remark(file.name, line, column, value, reason))


class _Days(dict[str, str | None]):
    """Dates as written (dd/mm/yyyy) and as the database reads them; None where it is no date. Each is read once."""

    def __missing__(self, text: str) -> str | None:
        written = WRITTEN_DAY.fullmatch(text)
        day = None
        if written and int(written[3]) >= EARLIEST_YEAR:
            try:
                day = date(int(written[3]), int(written[2]), int(written[1])).isoformat()
            except ValueError:
                day = None
        self[text] = day
        return day


def escaped(text: str) -> str:
    """Text as COPY reads it; what cannot be seen, line ends among it, has been refused before."""
    return text.replace("\\", "\\\\") if "\\" in text else text


@lru_cache(maxsize=POSTCODES_REMEMBERED)
def one_form(postcode: str) -> str:
    """The postcode as directories print it; as delivered, in capitals, where it is none."""
    try:
        return normalise(postcode)
    except NotAPostcode:
        return postcode.strip().upper()
