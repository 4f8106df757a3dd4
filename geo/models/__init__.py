"""What public facts about the ground does Placewatch keep? The service reads these tables; only loaders write them.

Dated ranges are half-open: `ends_on` is the first day that no longer belongs, null means "not ended", and a null
`starts_on` means "as far back as this table reaches". How each table is read: geo/ground.py.
"""

from geo.models.authorities import (
    Adjoining,
    Authority,
    AuthorityCode,
    AuthorityName,
    Country,
    DistrictCode,
    GroundVersion,
    Succession,
)
from geo.models.boundaries import Boundary, BoundaryEdition, BoundaryPiece
from geo.models.postcodes import NATIONAL_GRID, Postcode, PostcodeCandidate, PostcodeDirectory

__all__ = [
    "NATIONAL_GRID",
    "Adjoining",
    "Authority",
    "AuthorityCode",
    "AuthorityName",
    "Boundary",
    "BoundaryEdition",
    "BoundaryPiece",
    "Country",
    "DistrictCode",
    "GroundVersion",
    "Postcode",
    "PostcodeCandidate",
    "PostcodeDirectory",
    "Succession",
]
