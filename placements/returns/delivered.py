"""How are a return's rows kept as they were delivered, and read again in the same order?"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Model

from placements.models import (
    DeliveredHeader,
    DeliveredMissing,
    DeliveredUnaccompanied,
    Episode,
    RestrictedEpisode,
    Return,
)
from placements.returns.account import open_columns, seal_columns
from placements.returns.layout import EPISODES, HEADER, MISSING, UNACCOMPANIED, ReturnFile
from placements.returns.staging import ROWS_IN_A_BLOCK, table_of

TABLES: dict[ReturnFile, type[Model]] = {
    HEADER: DeliveredHeader,
    EPISODES: Episode,
    MISSING: DeliveredMissing,
    UNACCOMPANIED: DeliveredUnaccompanied,
}
KEEP_EPISODES = """
insert into placements_episode
    (authority_id, delivered_in_id, line, child, decom, rne, ls, cin, place, place_provider, dec, rec,
     reason_place_change, home_post, pl_post, urn, decom_on, dec_on, is_restricted, register_child_id, placement_id)
select %(authority)s, %(return)s, staged.line, staged.child, decom, staged.rne, staged.ls, cin, staged.place,
    staged.place_provider, dec, staged.rec, reason_place_change, home_post,
    case when is_closed then '' else pl_post end, case when is_closed then '' else staged.urn end,
    staged.decom_on, staged.dec_on, is_closed, child.id, derived.placement_id
from staged_episodes staged
join placements_child child on child.authority_id = %(authority)s and child.reference = staged.child
join stay on stay.child_id = child.id and stay.decom_on = staged.decom_on
join derived on derived.child_id = stay.child_id and derived.placement_number = stay.placement_number
-- A temporary stay within a restricted placement would give that away.
cross join lateral (select staged.is_restricted or derived.is_restricted as is_closed) closing
order by staged.line
"""
TO_SEAL = """
select episode.id, episode.placement_id, staged.pl_post, staged.urn
from placements_episode episode join staged_episodes staged on staged.line = episode.line
where episode.delivered_in_id = %s and episode.is_restricted
"""
# The episodes of the other current returns lead to the placements as all returns together tell them.
LEAD_OTHERS = """
update placements_episode episode set placement_id = derived.placement_id
from stay
join derived on derived.child_id = stay.child_id and derived.placement_number = stay.placement_number,
    placements_return delivered_in
where episode.register_child_id = stay.child_id and episode.decom_on = stay.decom_on
  and delivered_in.id = episode.delivered_in_id and delivered_in.superseded_at is null
  and episode.placement_id is distinct from derived.placement_id
"""
LEAD_RESTRICTED = """
update placements_restrictedepisode restricted set placement_id = episode.placement_id
from placements_episode episode
where episode.id = restricted.episode_id and restricted.placement_id is distinct from episode.placement_id
  and episode.register_child_id in (select child_id from derived)
"""


def keep_rows(delivered_in: Return, *, others_stand: bool) -> None:
    """Keep every staged row under the return; PL_POST and URN of a restricted episode sealed apart.

    `others_stand`: there are current returns of other years, whose episodes may lead to other placements now.
    """
    for file in (HEADER, MISSING, UNACCOMPANIED):
        columns = ", ".join(column.lower() for column in file.columns)
        _run(
            f"insert into {TABLES[file]._meta.db_table} (authority_id, delivered_in_id, line, {columns}) "  # noqa: S608
            f"select %s, %s, line, {columns} from {table_of(file)} order by line",
            [delivered_in.authority_id, delivered_in.id],
        )
    _run(KEEP_EPISODES, {"authority": delivered_in.authority_id, "return": delivered_in.id})
    _seal(delivered_in)
    if others_stand:
        _run(LEAD_OTHERS)
        _run(LEAD_RESTRICTED)


def rows_of(file: ReturnFile, delivered_in: Return) -> Iterator[tuple[str, ...]]:
    """The rows of a file as delivered and in that order, restricted ones with what is sealed of them."""
    columns = [column.lower() for column in file.columns]
    rows = TABLES[file]._default_manager.filter(delivered_in=delivered_in).order_by("line")
    if file is not EPISODES:
        yield from rows.values_list(*columns).iterator(chunk_size=ROWS_IN_A_BLOCK)
        return
    for *cells, episode_id, sealed in rows.values_list(*columns, "id", "restricted__sealed").iterator(
        chunk_size=ROWS_IN_A_BLOCK
    ):
        if sealed is not None:
            cells[columns.index("pl_post")], cells[columns.index("urn")] = open_columns(episode_id, sealed)
        yield tuple(cells)


def _seal(delivered_in: Return) -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute(TO_SEAL, [delivered_in.id])
        while rows := cursor.fetchmany(ROWS_IN_A_BLOCK):
            RestrictedEpisode.objects.bulk_create(
                RestrictedEpisode(
                    episode_id=episode_id,
                    authority_id=delivered_in.authority_id,
                    placement_id=placement_id,
                    sealed=seal_columns(episode_id, pl_post, urn),
                )
                for episode_id, placement_id, pl_post, urn in rows
            )


def _run(statement: str, values: dict | list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
