"""Which areas of concern do the benchmarks of overlay and tiles read? Invented, over all of England, and a bare copy."""

from uuid import UUID

from django.db import connection, connections

from accounts.acting import acting_for, operator
from bench.rechecks import AGREE, FILL_AREAS
from db import clock
from geo.areas import authority_by_code

OWNER, READER = "E08000017", "E08000018"
# The middle of the ground, and how far from it: most areas within 150 kilometres, as people live.
MIDDLE = (430_000, 330_000)
FILL_ENGLAND = FILL_AREAS.replace("20000", "150000")
SHARE_AT = """
insert into hotspots_share (id, authority_id, hotspot_id, partner_id, agreement_id, level, distance_metres, recorded_at,
    recorded_by, superseded_by)
select gen_random_uuid(), %(owner)s, id, %(partner)s, %(agreement)s, %(level)s, 1000, %(at)s, 'bench', ''
from hotspots_hotspot where authority_id = %(owner)s
"""
# No row-level security, no levels, no agreements: what PostGIS alone has to do.
BARE = """
create table bare_area as
select id, shape, ST_Transform(shape, 3857) as shape_3857, name, concern, review_on, authority_id,
       'B' || row_number() over () as reference
from hotspots_version where authority_id = %s;
create index on bare_area using gist (shape);
create index on bare_area using gist (shape_3857);
analyze bare_area;
analyze hotspots_version; analyze hotspots_hotspot; analyze hotspots_share; analyze hotspots_agreement
"""


def fill(areas: int, *, level: str) -> None:
    """So many areas of Doncaster's, all shared with Rotherham at a level; and a bare copy of them."""
    owner, reader = authority_by_code(OWNER).id, authority_by_code(READER).id
    at = clock.now()
    with acting_for(operator(owner), "benchmark"), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        given = {"authority": owner, "owner": owner, "partner": reader, "areas": areas, "level": level, "at": at}
        cursor.execute(FILL_ENGLAND, given | {"east": MIDDLE[0], "north": MIDDLE[1]})
        cursor.execute("update hotspots_hotspot set state = 'shared' where authority_id = %s", [owner])
        cursor.execute(AGREE, [owner, reader, at, at])
        cursor.execute(SHARE_AT, given | {"agreement": cursor.fetchone()[0]})
    _copy(owner)


def _copy(owner: UUID) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('app.authority', %s, false)", [str(owner)])
        for statement in BARE.split(";"):
            cursor.execute(statement, [owner] if "%s" in statement else [])
        cursor.execute("select set_config('app.authority', '', false)")
