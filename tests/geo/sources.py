"""Postcode directories for tests: rows written out, or those of the real directory that a test asks for."""

from dataclasses import dataclass, field

from geo.importers.postcode_sources import PackageSource


@dataclass
class WrittenSource:
    """A directory of rows as delivered: postcode, district, easting, northing, month of termination; quality where given."""

    listed: list[tuple]
    name: str = "Written directory"
    edition: str = "January 2026"
    origin: str = "written.csv"
    tells_termination: bool = True
    size: int = field(default=0)

    def sha256(self) -> str:
        return "0" * 64

    def rows(self, progress):
        yield from ((*row, "") if len(row) == 5 else row for row in self.listed)


def real_rows(postcodes: set[str]) -> list[tuple]:
    """The rows that the package holds of these postcodes (canonical spelling)."""
    return [row for row in PackageSource().rows(lambda _: None) if f"{row[0][:-3].rstrip()} {row[0][-3:]}" in postcodes]
