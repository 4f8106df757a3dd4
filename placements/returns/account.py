"""What do all returns together say of the children of this one? One history per child, the latest year's word first.

The natural key of an episode is CHILD and DECOM: next year's return extends what was open in this one.
"""

from typing import Any
from uuid import UUID

from django.db import connection

from accounts import secrets
from placements.models import Return
from placements.returns.collection_year import CollectionYear
from placements.returns.reading import NULL, escaped, one_form
from placements.returns.staging import ROWS_IN_A_BLOCK, copy_lines

MAKE = """
create temporary table account (
    child_id uuid, line integer, year text, decom_on date, dec_on date, rne text, ls text, place text,
    place_provider text, rec text, urn text, is_restricted boolean, place_postcode text, home_postcode text
) on commit drop
"""
FROM_THIS_RETURN = """
insert into account
select child.id, line, %s, decom_on, dec_on, rne, ls, place, place_provider, rec, urn, is_restricted, place_postcode,
    home_postcode
from staged_episodes join placements_child child on child.authority_id = %s and child.reference = staged_episodes.child
"""
OF_OTHER_RETURNS = """
select episode.register_child_id, episode.line, delivered_in.collection_year, episode.decom_on, episode.dec_on,
    episode.rne, episode.ls, episode.place, episode.place_provider, episode.rec, episode.urn, episode.is_restricted,
    episode.pl_post, episode.home_post, restricted.sealed, episode.id
from placements_episode episode
join placements_return delivered_in on delivered_in.id = episode.delivered_in_id
left join placements_restrictedepisode restricted on restricted.episode_id = episode.id
where delivered_in.authority_id = %s and delivered_in.superseded_at is null and delivered_in.collection_year <> %s
  and episode.child in (select child from staged_header)
"""
THE_LATEST_WORD = """
delete from account using (
    select ctid as row, row_number() over (partition by child_id, decom_on order by year desc) as place from account
) ranked
where account.ctid = ranked.row and ranked.place > 1
"""


def gather(authority_id: UUID, year: CollectionYear) -> bool:
    """Fill the session's table `account`: this return's episodes and those of the authority's other current returns.

    Returns whether there are any others.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        cursor.execute(FROM_THIS_RETURN, [str(year), authority_id])
        others = Return.objects.filter(authority_id=authority_id, superseded_at=None).exclude(collection_year=str(year))
        others_stand = others.exists()
        if others_stand:
            cursor.execute("create temporary table account_of_others (like account) on commit drop")
            _copy_others(authority_id, year)
            cursor.execute("insert into account select * from account_of_others")
            cursor.execute(THE_LATEST_WORD)
        cursor.execute("analyze account")
    return others_stand


def _copy_others(authority_id: UUID, year: CollectionYear) -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute(OF_OTHER_RETURNS, [authority_id, str(year)])
        while rows := cursor.fetchmany(ROWS_IN_A_BLOCK):
            copy_lines("account_of_others", map(_line_of_other, rows))


def _line_of_other(row: tuple[Any, ...]) -> str:
    *cells, urn, is_restricted, pl_post, home_post, sealed, episode_id = row
    if sealed is not None:
        pl_post, urn = open_columns(episode_id, sealed)
    cells += [urn, "t" if is_restricted else "f", one_form(pl_post), one_form(home_post)]
    return "\t".join(NULL if cell is None else escaped(str(cell)) for cell in cells) + "\n"


def seal_columns(episode_id: int, pl_post: str, urn: str) -> bytes:
    """PL_POST and URN of an episode whose address is restricted, encrypted and bound to the episode."""
    return secrets.encrypt(f"{pl_post}\t{urn}", bound_to=f"episode:{episode_id}")


def open_columns(episode_id: int, sealed: bytes) -> tuple[str, str]:
    """PL_POST and URN as they were delivered."""
    pl_post, urn = secrets.decrypt(sealed, bound_to=f"episode:{episode_id}").split("\t")
    return pl_post, urn
