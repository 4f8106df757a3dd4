"""What the database itself guarantees of owning and sharing: what never changes, which state follows, who reads what."""

from django.db import migrations

from db.definers import definer
from db.row_security import also_for, insert_only, own_rows

SERVICE = "placewatch_app, placewatch_worker"


def changed_in_these_columns_only(table: str, *columns: str) -> migrations.RunSQL:
    """The service adds rows and later sets these columns; it changes nothing else and deletes nothing."""
    return migrations.RunSQL(
        f"revoke update, delete, truncate on {table} from {SERVICE};"
        f"grant update ({', '.join(columns)}) on {table} to {SERVICE}",
        f"grant update, delete on {table} to {SERVICE}",
    )


# The same table as hotspots/states.py; tests/hotspots/test_states.py compares every pair.
STATES = """
create function hotspot_moves_by_its_table() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            raise exception 'area of concern % begins as a draft', new.id using errcode = '23514';
        end if;
    elsif old.state <> new.state and (old.state, new.state) not in (
        ('draft', 'shared'), ('draft', 'withdrawn'), ('shared', 'lapsed'), ('shared', 'withdrawn'),
        ('lapsed', 'shared'), ('lapsed', 'withdrawn')
    ) then
        raise exception 'area of concern % may not go from % to %', new.id, old.state, new.state
            using errcode = '23514';
    end if;
    return new;
end
$$;
create trigger hotspot_moves_by_its_table before insert or update of state on hotspots_hotspot
    for each row execute function hotspot_moves_by_its_table();

create function superseded_once() returns trigger language plpgsql as $$
begin
    raise exception '%: what was superseded stays so', tg_table_name using errcode = '23514';
end
$$;
create trigger version_is_superseded_once before update of superseded_at on hotspots_version
    for each row when (old.superseded_at is not null) execute function superseded_once();
create trigger share_is_superseded_once before update of superseded_at on hotspots_share
    for each row when (old.superseded_at is not null) execute function superseded_once();
create trigger coverage_is_superseded_once before update of superseded_at on hotspots_coverage
    for each row when (old.superseded_at is not null) execute function superseded_once();

create function agreement_ends_once() returns trigger language plpgsql as $$
begin
    if old.ends_at <= placewatch_now() then
        raise exception 'agreement % has ended: make a new one', old.id using errcode = '23514';
    end if;
    return new;
end
$$;
create trigger agreement_ends_once before update of ends_at on hotspots_agreement
    for each row execute function agreement_ends_once();
"""
NO_STATES = """
drop trigger hotspot_moves_by_its_table on hotspots_hotspot;
drop function hotspot_moves_by_its_table();
drop trigger version_is_superseded_once on hotspots_version;
drop trigger share_is_superseded_once on hotspots_share;
drop trigger coverage_is_superseded_once on hotspots_coverage;
drop function superseded_once();
drop trigger agreement_ends_once on hotspots_agreement;
drop function agreement_ends_once();
"""

# A reader's own rows; their owner is answered by hotspots_shown, which says neither how often nor at which minute.
DISCLOSED = "alter policy hotspots_disclosure_rows on hotspots_disclosure using (recipient_id = current_authority())"
NOT_DISCLOSED = (
    "alter policy hotspots_disclosure_rows on hotspots_disclosure"
    " using (current_authority() in (sender_id, recipient_id))"
)

# Which areas may the current authority know of now, at which level? The one rule, asked by the definer functions and
# readable by nobody else. The view reads with its owner's rights; the clock is asked once a query (a scalar subselect).
OPEN = """
drop view hotspots_open;
create view hotspots_open as
select version.id as version_id, hotspot.id as hotspot_id, hotspot.authority_id as owner_id, hotspot.reference,
       case when hotspot.authority_id = current_authority() then 'own' else share.level end as level,
       share.distance_metres, version.number, version.name, version.kind_of_place, version.concern,
       version.conditions, version.condition_kinds, version.last_supported_on, version.review_on, version.shape
from hotspots_version version
join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
left join hotspots_share share
    on share.hotspot_id = hotspot.id
    and share.authority_id = hotspot.authority_id
    and share.partner_id = current_authority()
    and share.superseded_at is null
    and exists (
        select
        from hotspots_agreement agreement
        where agreement.id = share.agreement_id
            and agreement.authority_id = share.authority_id
            and agreement.partner_id = share.partner_id
            and agreement.starts_at <= (select placewatch_now())
            and (agreement.ends_at is null or agreement.ends_at > (select placewatch_now()))
    )
where version.superseded_at is null
    and version.authority_id = hotspot.authority_id
    and hotspot.state = 'shared'
    and (version.expires_on is null
         or version.expires_on > ((select placewatch_now()) at time zone 'Europe/London')::date)
    and (hotspot.authority_id = current_authority() or share.id is not null);
revoke all on hotspots_open from placewatch_app, placewatch_worker, placewatch_backup;
alter view hotspots_open owner to placewatch_overlay;
"""

# Read with the rights of whoever asks, so that it says no more than the function does.
SHOWN_TO = """
create view hotspots_shown_to with (security_invoker = true) as select * from hotspots_shown();
grant select on hotspots_shown_to to placewatch_app, placewatch_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0006_owning_and_sharing")]
    operations = [
        *own_rows("hotspots_statechange"),
        *insert_only("hotspots_statechange"),
        changed_in_these_columns_only("hotspots_hotspot", "state"),
        changed_in_these_columns_only("hotspots_version", "superseded_at"),
        changed_in_these_columns_only("hotspots_share", "superseded_at", "superseded_by"),
        changed_in_these_columns_only("hotspots_agreement", "ends_at", "end_recorded_at", "end_recorded_by"),
        changed_in_these_columns_only("hotspots_coverage", "superseded_at"),
        migrations.RunSQL(STATES, NO_STATES),
        migrations.RunSQL(DISCLOSED, NOT_DISCLOSED),
        *also_for("placewatch_overlay", "hotspots_disclosure"),
        migrations.RunSQL(
            "grant select on hotspots_disclosure to placewatch_overlay",
            "revoke select on hotspots_disclosure from placewatch_overlay",
        ),
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        definer("hotspots_shown.sql", "hotspots_shown()"),
        migrations.RunSQL(SHOWN_TO, "drop view hotspots_shown_to"),
    ]
