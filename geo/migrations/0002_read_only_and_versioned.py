"""The service only reads the ground, and every change of it changes its version."""

from django.db import migrations

TABLES = [
    "geo_authority",
    "geo_authoritycode",
    "geo_authorityname",
    "geo_succession",
    "geo_adjoining",
    "geo_districtcode",
]
READ_ONLY = [
    *TABLES,
    "geo_groundversion",
    "geo_postcodedirectory",
    "geo_postcode",
    "geo_postcodecandidate",
    "geo_boundaryedition",
    "geo_boundary",
]
SERVICE = "placewatch_app, placewatch_worker"


def read_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"revoke insert, update, delete, truncate on {table} from {SERVICE}",
        f"grant insert, update, delete on {table} to {SERVICE}",
    )


def versioned(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        create trigger ground_changed after insert or update or delete or truncate on {table}
            for each statement execute function ground_changed()
        """,
        f"drop trigger ground_changed on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            insert into geo_groundversion (id, version) values (1, gen_random_uuid());
            create function ground_changed() returns trigger language plpgsql as $$
            begin
                update geo_groundversion set version = gen_random_uuid();
                return null;
            end $$;
            """,
            "drop function ground_changed(); delete from geo_groundversion;",
        ),
        *[versioned(table) for table in TABLES],
        *[read_only(table) for table in READ_ONLY],
        # Django adds this index for LIKE; under the collation "C" the primary key answers LIKE already.
        migrations.RunSQL(
            "drop index geo_postcode_postcode_180c430f_like",
            "create index geo_postcode_postcode_180c430f_like on geo_postcode (postcode varchar_pattern_ops)",
        ),
    ]
