"""What in a readable return is odd? Said of the row, and the row kept: a finding never stops an import."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import connection

from placements.returns.remarks import Remark
from placements.returns.staging import looking_up_postcodes

# Of an episode: the column, what its value is, what is odd, and when.
ODD_EPISODES = (
    ("RNE", "rne", "blank", "rne = ''"),
    ("LS", "ls", "blank", "ls = ''"),
    ("PLACE", "place", "blank", "place = ''"),
    ("REC", "rec", "DEC is blank: taken as going on", "dec_on is null and rec <> ''"),
    ("REC", "rec", "blank although DEC is given", "dec_on is not null and rec = ''"),
    (
        "RNE",
        "rne",
        "legal status only, but the place or its postcode is another: taken as a new placement",
        "begins and follows and rne = 'L'",
    ),
    (
        "RNE",
        "rne",
        "legal status only, but no episode ends on that day: taken as the start of a placement",
        "begins and not follows and rne = 'L'",
    ),
    (
        "DECOM",
        "to_char(decom_on, 'DD/MM/YYYY')",
        "after the end of the episode before, whose REC says that care went on",
        "rec_before = 'X1' and taken_until < decom_on",
    ),
    (
        "PLACE",
        "place",
        "temporary, with no placement around it: taken as a placement",
        "begins and is_temporary",
    ),
    ("DECOM", "to_char(decom_on, 'DD/MM/YYYY')", "after the end of the collection year", "decom_on > %(last_day)s"),
    ("DEC", "to_char(dec_on, 'DD/MM/YYYY')", "after the end of the collection year", "dec_on > %(last_day)s"),
)
BEFORE_BIRTH = """
    select staged.line, decom from staged_episodes staged join staged_header using (child)
    where decom_on < dob_on order by 1
"""
OVERLAPS = """
    select line, to_char(decom_on, 'DD/MM/YYYY'), to_char(decom_before, 'DD/MM/YYYY') from stay
    where year = %s and number > 1 and ended_before > decom_on
    order by line
"""
UNKNOWN_POSTCODES = """
    with named as (
        select line, 'HOME_POST' as name, home_post as delivered, home_postcode as postcode, false as is_closed
        from staged_episodes where home_post <> ''
        union all
        select line, 'PL_POST', pl_post, place_postcode, is_restricted from staged_episodes where pl_post <> ''
    )
    select name, min(line), case when is_closed then '' else min(delivered) end, count(*)
    from named
    where not exists (select from geo_postcode where geo_postcode.postcode = named.postcode)
    group by name, postcode, is_closed
    order by 1, 2
"""
LEFT_OPEN = """
    select child.reference, to_char(account.decom_on, 'DD/MM/YYYY'), account.year
    from account join placements_child child on child.id = account.child_id
    where account.year < %s and account.dec_on is null
    order by 1, account.decom_on
"""
NOT_NAMED = """
    select episode.child, episode.decom, delivered_in.collection_year
    from placements_episode episode join placements_return delivered_in on delivered_in.id = episode.delivered_in_id
    where delivered_in.authority_id = %s and delivered_in.superseded_at is null
      and delivered_in.collection_year < %s and episode.dec_on is null and episode.rec in ('', 'X1')
      and not exists (select from staged_header where staged_header.child = episode.child)
      and not exists (
        select from placements_episode later
        join placements_return later_return on later_return.id = later.delivered_in_id
        where later.authority_id = episode.authority_id and later.child = episode.child
          and later_return.superseded_at is null and later_return.collection_year > delivered_in.collection_year
      )
    order by 1, episode.decom_on
"""


def odd_episodes(year: str, last_day: date) -> list[Remark]:
    """What is odd in the episodes of this return."""
    found = []
    with connection.cursor() as cursor:
        for column, value, reason, condition in ODD_EPISODES:
            cursor.execute(
                f"select line, coalesce({value}, '') from stay where year = %(year)s and ({condition}) order by line",  # noqa: S608
                {"year": year, "last_day": last_day},
            )
            found += [Remark("Episodes", line, column, shown, reason) for line, shown in cursor.fetchall()]
    found += [
        Remark("Episodes", line, "DECOM", decom, "before the child was born (DOB in Header.csv)")
        for line, decom in _rows(BEFORE_BIRTH)
    ]
    return found


def overlaps(year: str) -> list[Remark]:
    """The episodes that start before the one before them ended."""
    return [
        Remark(
            "Episodes", line, "DECOM", decom, f"the episode from {before} had not ended: both placements are disputed"
        )
        for line, decom, before in _rows(OVERLAPS, year)
    ]


def unknown_postcodes() -> list[Remark]:
    """The postcodes that the directory does not hold, each once; of a restricted row only the line is named."""
    with looking_up_postcodes():
        unknown = _rows(UNKNOWN_POSTCODES)
    return [
        Remark("Episodes", line, name, delivered, f"not in the postcode directory ({count} {_rows_word(count)})")
        for name, line, delivered, count in unknown
    ]


def left_open(authority_id: UUID, year: str) -> Iterator[str]:
    """What an earlier return left open and this one does not speak of: sentences, for it stands in no line of a file."""
    for child, decom, earlier in [*_rows(LEFT_OPEN, year), *_rows(NOT_NAMED, authority_id, year)]:
        yield (
            f"CHILD {child}, DECOM {decom}: open in the return of {earlier} and not in this one. It stays open; "
            "if it ended, deliver it with its DEC."
        )


def _rows_word(count: int) -> str:
    return "row" if count == 1 else "rows"


def _rows(query: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(parameters))
        return cursor.fetchall()
