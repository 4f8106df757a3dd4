"""Documents are seen by sender and recipient; the envelope (delivery, attempt, endpoint) is open to the worker."""

from django.db import migrations

from db.definers import definer
from db.row_security import ADDRESSED, OWN, also_for, forced, insert_only, own_rows

# Only the sender's transaction makes a document or an envelope; a fact may come from either side.
SENT = "sender_id = current_authority()"

# What tells of a closed address is read, among the sender's people, by those whom the document names.
READERS = """
    current_authority() = recipient_id
    or current_authority() = sender_id
        and (only_for is null or current_person() = any(only_for) or acting_as_operator())
"""

# The directory is read by all: whom to ring is no secret between authorities. Each keeps its own.
DIRECTORY_IS_READ_BY_ALL = """
create policy notifications_contact_read_by_all on notifications_contact for select using (true)
"""

# A document is never edited and never deleted: it is recalled, and that is the one column that changes.
# Envelopes come from address_envelopes alone, and only the worker moves them on. Nothing undelivered is deleted.
RIGHTS = """
revoke update, delete, truncate on notifications_document from placewatch_app, placewatch_worker;
grant update (recalled_at) on notifications_document to placewatch_app, placewatch_worker;
revoke insert, update, delete, truncate on notifications_delivery from placewatch_app, placewatch_worker;
grant update (state, attempts_made, next_at, lease, leased_until, given_at, ended_at)
    on notifications_delivery to placewatch_worker;
revoke insert on notifications_attempt from placewatch_app;
revoke delete, truncate on notifications_endpoint from placewatch_app, placewatch_worker;
"""

POST_RIGHTS = """
grant select on notifications_document, db_clock to placewatch_post;
grant select (id, authority_id, ended_at) on notifications_endpoint to placewatch_post;
grant select, insert on notifications_delivery to placewatch_post;
"""

# The same table as notifications/states.py; tests/notifications/test_states.py compares every pair.
TRANSITIONS = """
create function delivery_moves_by_its_table() returns trigger language plpgsql as $$
begin
    if old.state in ('given', 'undeliverable') then
        raise exception 'delivery % has ended as %: it is never changed', old.id, old.state using errcode = '23514';
    end if;
    if old.state <> new.state and (old.state, new.state) not in (
        ('queued', 'sending'), ('sending', 'queued'), ('sending', 'given'), ('sending', 'undeliverable')
    ) then
        raise exception 'delivery % may not go from % to %', old.id, old.state, new.state using errcode = '23514';
    end if;
    return new;
end
$$;
create trigger delivery_moves_by_its_table before update on notifications_delivery
    for each row execute function delivery_moves_by_its_table();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [
        forced("notifications_contact", using=OWN),
        migrations.RunSQL(DIRECTORY_IS_READ_BY_ALL, migrations.RunSQL.noop),
        forced("notifications_document", using=READERS, check=SENT),
        forced("notifications_documentfact", using=ADDRESSED),
        forced("notifications_delivery", using=ADDRESSED, check=SENT),
        forced("notifications_attempt", using=ADDRESSED, check=SENT),
        *own_rows("notifications_endpoint"),
        *also_for("placewatch_worker", "notifications_delivery", "notifications_attempt", "notifications_endpoint"),
        *insert_only("notifications_documentfact", "notifications_attempt"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(TRANSITIONS, migrations.RunSQL.noop),
        migrations.RunSQL(POST_RIGHTS, migrations.RunSQL.noop),
        *also_for("placewatch_post", "notifications_document", "notifications_endpoint", "notifications_delivery"),
        definer("address_envelopes.sql", "address_envelopes(uuid)"),
    ]
