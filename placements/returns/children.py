"""What does a return say of the children themselves: who they are, when they were in care, under which status?

A return tells what was until the end of its year. What the register knows of later days stands.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

CHILDREN = """
insert into placements_child
    (id, authority_id, reference, given_name, family_name, born_on, is_born_on_estimated, sex, recorded_at, recorded_by)
select gen_random_uuid(), %(authority)s, child, '', '', dob_on, false,
    case sex when '1' then 'M' when '2' then 'F' when '' then 'U' else sex end, %(at)s, %(by)s
from staged_header
on conflict (authority_id, reference) do update
set born_on = excluded.born_on, sex = excluded.sex, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
where %(is_latest)s
  and (placements_child.born_on, placements_child.sex) is distinct from (excluded.born_on, excluded.sex)
"""

# Each: the columns that name a row, those that follow, and the rows that the returns derive.
PERIODS = """
select child_id, min(decom_on) as starts_on, nullif(max(coalesce(dec_on, 'infinity')), 'infinity') as ends_on,
    case when max(coalesce(dec_on, 'infinity')) = 'infinity' then ''
        else (array_agg(case when rec = 'X1' then '' else rec end order by dec_on desc))[1] end as end_code
from (
    select *, count(*) filter (
        where number = 1 or taken_until < decom_on
            or (taken_until = decom_on and (rne = 'S' or left(rec_before, 1) = 'E'))
    ) over (partition by child_id order by number) as period
    from stay
) stays
group by child_id, period
"""
STATUSES = """
select child_id, min(decom_on) as starts_on,
    nullif(max(coalesce(dec_on, 'infinity')), 'infinity') as ends_on, ls as code
from (
    select *, count(*) filter (where number = 1 or not follows or ls <> ls_before) over (
        partition by child_id order by number
    ) as spell
    from (select *, lag(ls) over (partition by child_id order by number) as ls_before from stay) stays
) stays
where ls <> ''
group by child_id, spell, ls
"""
MISSING = """
select distinct on (child_id, starts_on, kind) child_id, starts_on, ends_on, kind
from (
    select child.id as child_id, mis_start_on as starts_on, mis_end_on as ends_on, missing as kind, %(year)s as year
    from staged_missing
    join placements_child child on child.authority_id = %(authority)s and child.reference = staged_missing.child
    union all
    select child.id, to_date(earlier.mis_start, 'DD/MM/YYYY'),
        to_date(nullif(earlier.mis_end, ''), 'DD/MM/YYYY'), earlier.missing, delivered_in.collection_year
    from placements_deliveredmissing earlier
    join placements_return delivered_in on delivered_in.id = earlier.delivered_in_id
    join placements_child child on child.authority_id = earlier.authority_id and child.reference = earlier.child
    where delivered_in.superseded_at is null and delivered_in.collection_year <> %(year)s
      and earlier.child in (select child from staged_header)
) told
order by child_id, starts_on, kind, year desc
"""
CLASH = "daterange(held.starts_on, held.ends_on) && daterange(told.starts_on, told.ends_on)"
NO_LONGER_TOLD = """
delete from {table} held
where held.child_id in (
    select id from placements_child join staged_header on reference = child where authority_id = %(authority)s
  )
  and held.starts_on <= %(told_until)s and not exists (select from {told} told where {same})
"""
# An end after the return's year was recorded here later: the return's open end does not undo it.
TOLD_DIFFERENTLY = """
update {table} held set ends_on = told.ends_on{also} from {told} told
where {same} and (told.ends_on is distinct from held.ends_on {differs})
  and not (told.ends_on is null and coalesce(held.ends_on > %(told_until)s, false))
"""
NEWLY_TOLD = """
insert into {table} (id, authority_id, {columns})
select gen_random_uuid(), %(authority)s, {columns} from {told} told
where not exists (select from {table} held where {same} {clashes})
"""
SPANS = (
    ("placements_careperiod", PERIODS, ("child_id", "starts_on"), "end_code"),
    ("placements_legalstatus", STATUSES, ("child_id", "starts_on", "code"), ""),
    ("placements_missingepisode", MISSING, ("child_id", "starts_on", "kind"), ""),
)


def keep_children(authority_id: UUID, *, is_latest: bool, by: str, at: datetime) -> None:
    """Add the children of the Header, and correct date of birth and sex of those that stand, unless a later year told."""
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN, {"authority": authority_id, "is_latest": is_latest, "at": at, "by": by})


def keep_spans(authority_id: UUID, *, year: str, told_until: date) -> None:
    """Bring periods of care, legal statuses and missing episodes of the return's children up to what the returns tell."""
    values = {"authority": authority_id, "year": year, "told_until": told_until}
    with connection.cursor() as cursor:
        for table, derivation, key, extra in SPANS:
            cursor.execute(f"create temporary table told_{table} on commit drop as {derivation}", values)
            for statement in _merge(table, key, extra):
                cursor.execute(statement, values)


def _merge(table: str, key: tuple[str, ...], extra: str) -> list[str]:
    """What is no longer told goes, what is told differently is corrected, what is new comes."""
    names = {
        "table": table,
        "told": f"told_{table}",
        "same": " and ".join(f"told.{name} = held.{name}" for name in key),
        "also": f", {extra} = told.{extra}" if extra else "",
        "differs": f"or told.{extra} <> held.{extra}" if extra else "",
        "columns": ", ".join([*key, "ends_on", *([extra] if extra else [])]),
        # A period of care that was registered here for later days stands, and the two cannot both run.
        "clashes": f"or held.child_id = told.child_id and {CLASH}" if table == "placements_careperiod" else "",
    }
    return [statement.format(**names) for statement in (NO_LONGER_TOLD, TOLD_DIFFERENTLY, NEWLY_TOLD)]
