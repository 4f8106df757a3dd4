"""How does a postcode directory come in? By COPY into a new table that takes the old one's place in one transaction.

Readers see the old directory or the new, never a gap. An extract and the example's local postcodes are put over the
rows that stand; only a whole directory takes the table's place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from geo.exceptions import ImportRefused
from geo.importers.postcode_sources import BROKEN_ROW, Delivered, Source
from geo.importers.table_swap import make_like, take_the_place_of
from geo.models import DistrictCode, PostcodeDirectory

Kind = PostcodeDirectory.Kind
COPY = """
    copy geo_postcode_new (
        postcode, directory_id, district_code, easting, northing, irish_easting, irish_northing, terminated_on, quality
    ) from stdin (freeze)
"""
# Wider than geo/postcodes.py: the directory still holds what nobody types, such as GIR 0AA.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?|[A-Z]{3}")
INWARD = re.compile(r"[0-9][A-Z]{2}")
NO_AUTHORITY = {"", "L99999999", "M99999999"}  # the Channel Islands and the Isle of Man are in no authority's area
NORTHERN_IRELAND = "N"
METRES = re.compile(r"[0-9]{1,7}")
MONTH = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])")
QUALITIES = frozenset(["", *"123456789"])  # ONS's positional quality of a grid reference
NOT_GIVEN = "\\N"
FAULTS_SHOWN = 20
ROWS_IN_A_BLOCK = 20_000
LARGEST_EXTRACT = 0.5  # of the whole directory that stands


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and how it stands to what was there."""

    directory: PostcodeDirectory

    def __str__(self) -> str:
        how = {
            Kind.WHOLE: "now the whole directory",
            Kind.EXTRACT: "an extract: its postcodes stand over those of the whole directory",
            Kind.LOCAL: "local postcodes, beside the directory",
        }[Kind(self.directory.kind)]
        return f"{self.directory}: {self.directory.rows:,} postcodes, {how}."


def load_directory(
    source: Source,
    *,
    is_local: bool = False,
    progress: Callable[[int], None] = lambda _: None,
    using: str = "owner",
) -> Loaded:
    """Load a directory, all or nothing.

    A file with fewer than half the rows of the whole directory that stands is an extract. Raises ImportRefused
    naming the rows at fault: a text that is no postcode, a district code that geo/reference/districts.csv does
    not have, half a grid reference, a postcode that stands twice.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # Two loads at once would each build on the table that the other is about to replace.
        cursor.execute("select pg_advisory_xact_lock(hashtext('geo_postcode'))")
        cursor.execute("select placewatch_now()")
        now = cursor.fetchone()[0]
        standing = PostcodeDirectory.objects.using(using).filter(replaced_at=None)
        directory = PostcodeDirectory.objects.using(using).create(
            name=source.name,
            edition=source.edition,
            source=source.origin,
            kind=Kind.LOCAL,
            tells_termination=source.tells_termination,
            sha256=source.sha256(),
            rows=0,
            loaded_at=now,
        )
        make_like("geo_postcode", "geo_postcode_new", cursor)
        directory.rows = _copy(source, directory.id, progress, cursor, using)
        directory.kind = _kind(directory.rows, is_local, standing)
        others = standing.exclude(pk=directory.pk)
        try:
            with transaction.atomic(using=using):
                if directory.kind == Kind.WHOLE:
                    _keep_local_rows(cursor)
                    take_the_place_of("geo_postcode", "geo_postcode_new", cursor)
                    others.exclude(kind=Kind.LOCAL).update(replaced_at=now)
                else:
                    _put_over_the_standing(cursor)
                    others.filter(name=source.name, kind=directory.kind).update(replaced_at=now)
        except DatabaseError:
            _refuse_duplicates(source, cursor)
            raise
        directory.save(using=using)
    return Loaded(directory)


def _kind(rows: int, is_local: bool, standing: QuerySet[PostcodeDirectory]) -> Kind:
    whole = standing.filter(kind=Kind.WHOLE).first()
    if is_local:
        return Kind.LOCAL
    return Kind.EXTRACT if whole and rows < LARGEST_EXTRACT * whole.rows else Kind.WHOLE


def _copy(source: Source, directory_id: int, progress: Callable[[int], None], cursor: CursorWrapper, using: str) -> int:
    known = set(DistrictCode.objects.using(using).values_list("code", flat=True)) | NO_AUTHORITY
    lines = _Lines(directory_id, known)
    with cursor.copy(COPY) as copy:
        for block in _blocks(lines.of(source.rows(progress))):
            copy.write(block)
    if lines.faults:
        more = lines.fault_count - len(lines.faults)
        faults = [*lines.faults, f"and {more:,} more rows."] if more else lines.faults
        raise ImportRefused(f"{source.origin} was not loaded; {lines.fault_count:,} rows are wrong:", faults)
    if not lines.count:
        raise ImportRefused(f"{source.origin} was not loaded: it holds no postcode.")
    return lines.count


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == ROWS_IN_A_BLOCK:
            yield "".join(block)
            block.clear()
    yield "".join(block)


class _Lines:
    """Turns delivered rows into lines for COPY; counts rows and keeps the first faults. Row 1 follows the heading.

    Millions of rows pass through `of`: halves of postcodes are checked once each, and the reason of a fault is
    looked for only where there is one.
    """

    def __init__(self, directory_id: int, known_districts: set[str]) -> None:
        self.directory_id = directory_id
        self.known_districts = known_districts
        self.count = 0
        self.fault_count = 0
        self.faults: list[str] = []

    def of(self, rows: Iterator[Delivered]) -> Iterator[str]:
        known, directory = self.known_districts, self.directory_id
        outwards, inwards = _Checked(OUTWARD), _Checked(INWARD)
        for postcode, district, easting, northing, terminated, quality in rows:
            self.count += 1
            outward, inward = postcode[:-3].rstrip(), postcode[-3:]
            if easting == northing == "":
                grid = "\\N\t\\N\t\\N\t\\N"
            elif district[:1] == NORTHERN_IRELAND:
                grid = f"\\N\t\\N\t{easting}\t{northing}"
            else:
                grid = f"{easting}\t{northing}\t\\N\t\\N"
            if (
                outwards[outward]
                and inwards[inward]
                and district in known
                and (type(easting) is int or _is_point_or_none(easting, northing))
                and (terminated == "" or MONTH.fullmatch(terminated))
                and quality in QUALITIES
            ):
                day = f"{terminated[:4]}-{terminated[4:]}-01" if terminated else "\\N"
                yield f"{outward} {inward}\t{directory}\t{district}\t{grid}\t{day}\t{quality or NOT_GIVEN}\n"
            else:
                self._fault(postcode, district, easting, northing, terminated, quality)

    def _fault(
        self, postcode: str, district: str, easting: str | int, northing: str | int, terminated: str, quality: str
    ) -> None:
        self.fault_count += 1
        if len(self.faults) == FAULTS_SHOWN:
            return
        if terminated.endswith(BROKEN_ROW):
            reason = terminated
        elif not _printed(postcode):
            reason = f"{postcode!r} is no postcode as directories print it"
        elif district not in self.known_districts:
            reason = (
                f"district {district!r} of {postcode} is not in the reference; if it is new, add it to "
                f"geo/reference/districts.csv and run load_reference"
            )
        elif terminated and not MONTH.fullmatch(terminated):
            reason = f"{terminated!r}, the end of {postcode}, is no month such as 202506"
        elif quality not in QUALITIES:
            reason = f"{quality!r}, the positional quality of {postcode}, is none of 1 to 9"
        else:
            reason = f"{easting!r}, {northing!r} is no grid reference of {postcode} in whole metres"
        self.faults.append(f"row {self.count}: {reason}")


class _Checked(dict[str, bool]):
    """Whether a half of a postcode is well formed; each is matched once."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    def __missing__(self, half: str) -> bool:
        self[half] = self.pattern.fullmatch(half) is not None
        return self[half]


def _is_point_or_none(easting: str, northing: str) -> bool:
    return easting == northing == "" or bool(METRES.fullmatch(easting) and METRES.fullmatch(northing))


def _printed(postcode: str) -> str:
    """The postcode with one blank, or nothing where it is none."""
    outward, inward = postcode[:-3].rstrip(), postcode[-3:]
    return f"{outward} {inward}" if OUTWARD.fullmatch(outward) and INWARD.fullmatch(inward) else ""


def _refuse_duplicates(source: Source, cursor: CursorWrapper) -> None:
    cursor.execute(
        "select postcode from geo_postcode_new group by postcode having count(*) > 1 order by 1 limit %s",
        [FAULTS_SHOWN],
    )
    twice = {row[0] for row in cursor.fetchall()}
    if not twice:
        return
    numbers: dict[str, list[int]] = {postcode: [] for postcode in sorted(twice)}
    for number, (postcode, *_) in enumerate(source.rows(lambda _: None), start=1):
        if _printed(postcode) in twice:
            numbers[_printed(postcode)].append(number)
    faults = [f"rows {', '.join(map(str, rows))}: {postcode} stands twice" for postcode, rows in numbers.items()]
    raise ImportRefused(f"{source.origin} was not loaded; postcodes stand twice:", faults)


def _keep_local_rows(cursor: CursorWrapper) -> None:
    """The example's invented postcodes go on to stand; where the new directory has the same postcode, it wins."""
    cursor.execute(
        """
        insert into geo_postcode_new (
            postcode, directory_id, district_code, easting, northing, irish_easting, irish_northing, terminated_on, quality
        )
        select local.postcode, local.directory_id, local.district_code, local.easting, local.northing,
               local.irish_easting, local.irish_northing, local.terminated_on, local.quality
        from geo_postcode local
        join geo_postcodedirectory directory on directory.id = local.directory_id and directory.kind = 'local'
        where not exists (select from geo_postcode_new delivered where delivered.postcode = local.postcode)
        """
    )


def _put_over_the_standing(cursor: CursorWrapper) -> None:
    cursor.execute(
        """
        insert into geo_postcode (
            postcode, directory_id, district_code, easting, northing, irish_easting, irish_northing, terminated_on, quality
        )
        select postcode, directory_id, district_code, easting, northing, irish_easting, irish_northing, terminated_on,
               quality
        from geo_postcode_new
        on conflict (postcode) do update set
            directory_id = excluded.directory_id, district_code = excluded.district_code,
            easting = excluded.easting, northing = excluded.northing,
            irish_easting = excluded.irish_easting, irish_northing = excluded.irish_northing,
            terminated_on = excluded.terminated_on, quality = excluded.quality
        """
    )
    cursor.execute("drop table geo_postcode_new")
