"""The clock with its offset, and the functions that row-level security asks."""

from django.db import migrations

CLOCK = """
create table db_clock (
    only_row boolean primary key default true check (only_row),
    clock_offset interval not null default interval '0'
);
insert into db_clock default values;
revoke all on db_clock from placewatch_app, placewatch_worker;
grant select on db_clock to placewatch_app, placewatch_worker;
grant select, update on db_clock to placewatch_clock;

create function placewatch_now() returns timestamptz language sql volatile
    return clock_timestamp() + (select clock_offset from db_clock);
"""

CONTEXT = """
-- After a transaction a setting is the empty string, not null: nullif keeps the cast from failing.
create function current_authority() returns uuid language sql stable
    return nullif(current_setting('app.authority', true), '')::uuid;
create function current_person() returns uuid language sql stable
    return nullif(current_setting('app.person', true), '')::uuid;
create function acting_as_operator() returns boolean language sql stable
    return coalesce(current_setting('app.operator', true), '') = 'on';
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(CLOCK, "drop function placewatch_now(); drop table db_clock"),
        migrations.RunSQL(
            CONTEXT,
            "drop function acting_as_operator(); drop function current_person(); drop function current_authority()",
        ),
    ]
