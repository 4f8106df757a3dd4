"""Where does a place lie, on a day: in whose area, how surely, by which source? Facts; the law is placements' own.

Evidence, in this order: the directory's district code, rolled up to the authority of that day; the active boundary
editions, as a second witness; the optional table of postcodes that several authorities share. Where these do not
agree on one authority there is no host, only candidates: nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connections

from geo.ground import Ground, current_ground, ground_of_version, read_version
from geo.models import Authority, AuthorityCode, Country

COUNTRY_OF_CODE = {
    "E": Country.ENGLAND,
    "W": Country.WALES,
    "S": Country.SCOTLAND,
    "N": Country.NORTHERN_IRELAND,
    "L": Country.CROWN_DEPENDENCY,
    "M": Country.CROWN_DEPENDENCY,
}
# Postcode areas that lie whole in one country, for postcodes to which the directory gives no district.
COUNTRY_OF_POSTCODE_AREA = {
    "BT": Country.NORTHERN_IRELAND,
    "GY": Country.CROWN_DEPENDENCY,
    "IM": Country.CROWN_DEPENDENCY,
    "JE": Country.CROWN_DEPENDENCY,
}


class Precision(StrEnum):
    """What the answer's coordinates stand for."""

    POSTCODE_CENTROID = "postcode_centroid"
    POINT = "point"
    NO_GRID_REFERENCE = "no_grid_reference"


class Termination(StrEnum):
    """Whether the postcode is still in use, as far as the directory says."""

    IN_USE = "in_use"
    TERMINATED = "terminated"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An authority in whose area the place may lie, and what speaks for it."""

    authority: Authority
    evidence: str
    addresses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a day. `host` is None where it is not certain; `reason` then says why, in words for people.

    Easting and northing are British National Grid metres as delivered, longitude and latitude WGS84; all are None
    without a grid reference and in Northern Ireland, whose distances are not given. Codes are those of the day.
    """

    on: date
    postcode: str = ""
    easting: float | None = None
    northing: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    host: Authority | None = None
    host_gss: str = ""
    host_dfe: str = ""
    country: Country | None = None
    candidates: tuple[Candidate, ...] = ()
    source: str = ""
    precision: Precision = Precision.NO_GRID_REFERENCE
    termination: Termination = Termination.NOT_KNOWN
    terminated_on: date | None = None
    reason: str = ""


def places_of_postcodes(postcodes: Sequence[str], on: date, using: str = "default") -> dict[str, Place]:
    """Each postcode (as geo.postcodes.normalise writes it) and its place on the day; one query for all."""
    return {postcode: place for (postcode, _), place in places_on(((one, on) for one in postcodes), using).items()}


def places_on(asked: Iterable[tuple[str, date]], using: str = "default") -> dict[tuple[str, date], Place]:
    """The same, each postcode on a day of its own; one query for all postcodes and days."""
    days = defaultdict(list)
    for postcode, on in dict.fromkeys(asked):
        days[postcode].append(on)
    if not days:
        return {}
    with connections[using].cursor() as cursor:
        cursor.execute(POSTCODES, [list(days)])
        rows = cursor.fetchall()
    ground = ground_of_version(rows[0][0], using)
    return {(row[1], on): _place_of_row(ground, on, *row[1:]) for row in rows for on in days[row[1]]}


def places_of_points(points: Sequence[tuple[float, float]], on: date, using: str = "default") -> list[Place]:
    """The place of each bare point (easting, northing in EPSG:27700) on the day, by the active boundaries alone."""
    ground = ground_of_version(read_version(using), using)
    with connections[using].cursor() as cursor:
        cursor.execute(POINTS, [[x for x, _ in points], [y for _, y in points]])
        rows = cursor.fetchall()
    return [_place_of_point(ground, on, *row) for row in rows]


def settled(place: Place, authority_id: UUID | None) -> Place:
    """The place where somebody said which of its candidates it is; as it was without a choice, and where it is certain.

    The candidates stay beside the host, so that it shows between which the choice was made.
    """
    host = next((one.authority for one in place.candidates if one.authority.id == authority_id), None)
    if host is None:
        return place
    ground = current_ground()
    return replace(
        place,
        host=host,
        host_gss=_code(ground, host, AuthorityCode.Scheme.GSS, place.on),
        host_dfe=_code(ground, host, AuthorityCode.Scheme.DFE, place.on),
        country=Country(host.country),
        reason=f"The postcode lies in several areas; somebody chose {host.name}.",
    )


POSTCODES = """
    select
        (select version from geo_groundversion),
        asked.postcode, standing.district_code, standing.easting, standing.northing,
        ST_X(degrees), ST_Y(degrees), standing.terminated_on,
        directory.name, directory.edition, directory.tells_termination,
        witness.editions, coalesce(witness.authorities, '{}'),
        array(select candidate.authority_id from geo_postcodecandidate candidate
              where candidate.postcode = asked.postcode order by addresses desc, authority_id),
        array(select candidate.addresses from geo_postcodecandidate candidate
              where candidate.postcode = asked.postcode order by addresses desc, authority_id)
    from unnest(%s::text[]) as asked(postcode)
    left join geo_postcode standing on standing.postcode = asked.postcode
    left join geo_postcodedirectory directory on directory.id = standing.directory_id
    left join lateral (
        select array_agg(distinct boundary.authority_id) as authorities,
               string_agg(distinct format('%%s (%%s)', edition.name, edition.edition_on), ', ') as editions
        from geo_boundarypiece piece
        join geo_boundary boundary on boundary.id = piece.boundary_id
        join geo_boundaryedition edition on edition.id = boundary.edition_id
        where edition.is_active and ST_Intersects(piece.shape, standing.point)
    ) as witness on true
    left join lateral ST_Transform(standing.point, 4326) as degrees on true
"""
POINTS = """
    select
        asked.easting, asked.northing, ST_X(degrees), ST_Y(degrees),
        (select string_agg(format('%%s (%%s)', name, edition_on), ', ' order by edition_on desc)
         from geo_boundaryedition where is_active),
        array(
            select distinct boundary.authority_id
            from geo_boundarypiece piece
            join geo_boundary boundary on boundary.id = piece.boundary_id
            join geo_boundaryedition edition on edition.id = boundary.edition_id
            where edition.is_active and ST_Intersects(piece.shape, point)
        )
    from unnest(%s::float8[], %s::float8[]) with ordinality as asked(easting, northing, place)
    cross join lateral ST_SetSRID(ST_MakePoint(asked.easting, asked.northing), 27700) as point
    cross join lateral ST_Transform(point, 4326) as degrees
    order by asked.place
"""


def _place_of_row(
    ground: Ground,
    on: date,
    postcode: str,
    district: str | None,
    easting: int | None,
    northing: int | None,
    longitude: float | None,
    latitude: float | None,
    terminated_on: date | None,
    name: str | None,
    edition: str | None,
    tells_termination: bool | None,
    editions: str | None,
    boundary_ids: list[UUID],
    shared_ids: list[UUID],
    shared_addresses: list[int],
) -> Place:
    by_directory = ground.authorities_of_district(district, on) if district else ()
    candidates = _candidates(
        ground,
        on,
        directory=by_directory,
        boundary_ids=boundary_ids,
        shared=list(zip(shared_ids, shared_addresses, strict=True)),
    )
    host = candidates[0].authority if len(candidates) == 1 else None
    termination = Termination.NOT_KNOWN
    if tells_termination:
        termination = Termination.TERMINATED if terminated_on else Termination.IN_USE
    return Place(
        on=on,
        postcode=postcode,
        easting=easting,
        northing=northing,
        longitude=longitude,
        latitude=latitude,
        host=host,
        host_gss=_code(ground, host, AuthorityCode.Scheme.GSS, on),
        host_dfe=_code(ground, host, AuthorityCode.Scheme.DFE, on),
        country=_country(candidates) or _country_without_host(postcode, district),
        candidates=candidates if host is None else (),
        source=_source(f"{name}, {edition}" if name else "", editions, host),
        precision=Precision.NO_GRID_REFERENCE if easting is None else Precision.POSTCODE_CENTROID,
        termination=termination,
        terminated_on=terminated_on,
        reason="" if host else _why_no_host(candidates, district, on),
    )


def _place_of_point(
    ground: Ground,
    on: date,
    easting: float,
    northing: float,
    longitude: float,
    latitude: float,
    editions: str | None,
    boundary_ids: list[UUID],
) -> Place:
    candidates = _candidates(ground, on, directory=(), boundary_ids=boundary_ids, shared=[])
    host = candidates[0].authority if len(candidates) == 1 else None
    if editions is None:
        reason = "No boundaries are loaded, so a bare point cannot be placed: give the postcode."
    elif not boundary_ids:
        reason = "The point lies in no boundary that is loaded: check it, or give the postcode."
    else:
        reason = "" if host else _why_no_host(candidates, "", on)
    return Place(
        on=on,
        easting=easting,
        northing=northing,
        longitude=longitude,
        latitude=latitude,
        host=host,
        host_gss=_code(ground, host, AuthorityCode.Scheme.GSS, on),
        host_dfe=_code(ground, host, AuthorityCode.Scheme.DFE, on),
        country=_country(candidates),
        candidates=candidates if host is None else (),
        source=editions or "",
        precision=Precision.POINT,
        reason=reason,
    )


def _candidates(
    ground: Ground,
    on: date,
    *,
    directory: Sequence[Authority],
    boundary_ids: Sequence[UUID],
    shared: Sequence[tuple[UUID, int]],
) -> tuple[Candidate, ...]:
    """Every authority that the evidence leaves possible; one of them where the evidence agrees."""
    by_boundary = {one.id: one for key in boundary_ids for one in ground.as_at(ground.authorities[key], on)}
    found = {one.id: Candidate(one, "postcode directory") for one in directory}
    agreed = found.keys() & by_boundary.keys()
    if agreed:
        found = {key: found[key] for key in agreed}
    else:
        found |= {key: Candidate(one, "boundary") for key, one in by_boundary.items()}
    for key, addresses in shared:
        for one in ground.as_at(ground.authorities[key], on):
            found[one.id] = Candidate(one, "addresses", addresses)
    return tuple(sorted(found.values(), key=lambda one: (-(one.addresses or 0), one.authority.slug)))


def _source(directory: str, editions: str | None, host: Authority | None) -> str:
    """The directory, and the boundaries that say the same; where they do not, there is no host, and the reason tells."""
    return f"{directory}; confirmed by {editions}" if directory and editions and host else directory


def _code(ground: Ground, host: Authority | None, scheme: AuthorityCode.Scheme, on: date) -> str:
    return ground.code(host, scheme, on) if host else ""


def _country(candidates: Sequence[Candidate]) -> Country | None:
    countries = {Country(one.authority.country) for one in candidates}
    return countries.pop() if len(countries) == 1 else None


def _country_without_host(postcode: str, district: str | None) -> Country | None:
    if district is None:
        return None
    return COUNTRY_OF_CODE.get(district[:1]) or COUNTRY_OF_POSTCODE_AREA.get(postcode[:2])


def _why_no_host(candidates: Sequence[Candidate], district: str | None, on: date) -> str:
    if district is None:
        return "The postcode directory does not hold this postcode: check it."
    if candidates:
        named = ", ".join(f"{one.authority.name} ({_evidence(one)})" for one in candidates)
        return f"It is not certain whose area this is. Possible: {named}."
    match COUNTRY_OF_CODE.get(district[:1]):
        case Country.CROWN_DEPENDENCY:
            return "A Crown dependency: in no local authority's area."
        case None:
            return "The postcode directory gives this postcode neither an authority nor a grid reference."
        case _:
            return f"Who held this ground on {on.day} {on:%B %Y} is not in the reference."


def _evidence(candidate: Candidate) -> str:
    return candidate.evidence if candidate.addresses is None else f"{candidate.addresses} addresses"
