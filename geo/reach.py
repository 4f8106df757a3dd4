"""How far may an address lie from the point that stands for its postcode? From the directory's quality and its density.

A directory gives one point for all addresses of a postcode: with ONS's quality 1 to 4 at one of them or at their mean.
The addresses lie among those of the neighbouring postcodes, so the distance to the fifth nearest other point is taken
for how far they reach: some 90 metres in a town, kilometres in the hills (docs/adr/0081 says how often that holds). A
coarser point reaches further.
"""

from collections.abc import Sequence

from django.db import connections

from geo.models import PostcodeDirectory

NEIGHBOURS = 5
FARTHEST_METRES = 3_000
# A directory smaller than this lacks the neighbours, so nothing can be told from them.
LEAST_ROWS = 100_000
WITHOUT_NEIGHBOURS_METRES = 100
# ONS's positional quality (osgrdind) and the least that a point of it may be off, in metres: 5 is imputed from the
# neighbours, 6 stands for a whole sector or a box, 8 is what was last known before the addresses were matched.
LEAST_METRES_OF_QUALITY = {5: 200, 6: FARTHEST_METRES, 8: 500}

REACHES = """
    select asked.postcode, directory.kind, whole.rows, standing.quality, case when directory.kind <> 'local' then (
        select max(metres) from (
            select other.point <-> standing.point as metres
            from geo_postcode other
            where (other.easting, other.northing) <> (standing.easting, standing.northing)
            order by other.point <-> standing.point
            limit %s
        ) nearest
    ) end
    from unnest(%s::text[]) as asked(postcode)
    join geo_postcode standing on standing.postcode = asked.postcode and standing.point is not null
    join geo_postcodedirectory directory on directory.id = standing.directory_id
    left join geo_postcodedirectory whole on whole.kind = 'whole' and whole.replaced_at is null
"""


def reaches_of(postcodes: Sequence[str], using: str = "default") -> dict[str, float]:
    """Metres from each postcode's point within which its addresses lie; 0 for a local directory's, which are exact.

    Postcodes without a grid reference are left out. One query for all.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(REACHES, [NEIGHBOURS, list(dict.fromkeys(postcodes))])
        return {postcode: _reach(*facts) for postcode, *facts in cursor.fetchall()}


def reach_among(metres_to_others: Sequence[float]) -> float:
    """The reach of a point from its distances to the other points of a whole directory."""
    return min(FARTHEST_METRES, sorted(metres_to_others)[:NEIGHBOURS][-1])


def _reach(kind: str, rows: int | None, quality: int | None, neighbour_metres: float | None) -> float:
    if kind == PostcodeDirectory.Kind.LOCAL:
        return 0.0
    has_neighbours = neighbour_metres is not None and (rows or 0) >= LEAST_ROWS
    of_neighbours = neighbour_metres if has_neighbours else WITHOUT_NEIGHBOURS_METRES
    return float(min(FARTHEST_METRES, max(of_neighbours, LEAST_METRES_OF_QUALITY.get(quality, 0))))
