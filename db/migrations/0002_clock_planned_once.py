"""The product's clock is planned once a connection: a plain SQL function with a subselect is planned in every statement."""

from django.db import migrations

PLANNED_ONCE = """
create or replace function placewatch_now() returns timestamptz language plpgsql volatile as $$
begin
    return clock_timestamp() + (select clock_offset from public.db_clock);
end
$$;
"""
AS_BEFORE = """
create or replace function placewatch_now() returns timestamptz language sql volatile
    return clock_timestamp() + (select clock_offset from db_clock);
"""


class Migration(migrations.Migration):
    dependencies = [("db", "0001_clock_and_context")]
    operations = [migrations.RunSQL(PLANNED_ONCE, AS_BEFORE)]
