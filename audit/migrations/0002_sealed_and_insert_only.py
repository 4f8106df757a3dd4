"""The log-book's walls: rows are added and never changed; each gets a digest and waits for its seal."""

from django.db import migrations

from db.definers import definer
from db.row_security import also_for, forced

DIGEST = """
create function log_digest(entry audit_logentry) returns bytea language sql stable
    return sha256(convert_to(jsonb_build_array(
        entry.id, entry.authority_id,
        to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(entry.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.person_id, entry.client_id, entry.role, entry.purpose, entry.operation, entry.subject_kind,
        to_jsonb(entry.subject_ids), entry.fields, entry.outcome, entry.request_id, entry.detail
    )::text, 'UTF8'));

create function log_entry_is_written() returns trigger language plpgsql as $$
begin
    new.written_at := clock_timestamp();
    new.digest := log_digest(new);
    return new;
end
$$;
create trigger log_entry_is_written before insert on audit_logentry
    for each row execute function log_entry_is_written();

create function log_entry_waits_for_its_seal() returns trigger language plpgsql as $$
begin
    insert into audit_unsealed (entry_id) values (new.id);
    return null;
end
$$;
create trigger log_entry_waits_for_its_seal after insert on audit_logentry
    for each row execute function log_entry_waits_for_its_seal();

create function log_is_never_changed() returns trigger language plpgsql as $$
begin
    raise exception 'the log-book is added to and never changed';
end
$$;
create trigger log_is_never_changed before update or delete on audit_logentry
    for each row execute function log_is_never_changed();
create trigger log_is_never_emptied before truncate on audit_logentry
    for each statement execute function log_is_never_changed();
create trigger seal_is_never_changed before update or delete on audit_seal
    for each row execute function log_is_never_changed();
create trigger seal_is_never_emptied before truncate on audit_seal
    for each statement execute function log_is_never_changed();
"""
RIGHTS = """
revoke update, delete, truncate on audit_logentry from placewatch_app, placewatch_worker;
revoke select, update, delete, truncate on audit_unsealed from placewatch_app, placewatch_worker;
revoke insert, update, delete, truncate on audit_head, audit_seal from placewatch_app, placewatch_worker;
grant select on audit_logentry to placewatch_sealer;
grant select, delete on audit_unsealed to placewatch_sealer;
grant select, insert, update on audit_head to placewatch_sealer;
grant select, insert on audit_seal to placewatch_sealer;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        # A line of no authority (a failed sign-in) is written by nobody in particular and read by nobody here.
        forced(
            "audit_logentry",
            using="authority_id = current_authority()",
            check="authority_id is not distinct from current_authority()",
        ),
        *also_for("placewatch_sealer", "audit_logentry"),
        definer("seal_log.sql", "seal_log(integer)"),
        definer("log_links.sql", "log_links(uuid)"),
        definer("log_unsealed.sql", "log_unsealed(integer)"),
    ]
