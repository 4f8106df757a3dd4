"""Own memberships and the authority's; idempotency keys of the authority; who may sign in is asked before any context."""

from django.db import migrations

from db.row_security import forced, own_rows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [
        forced(
            "accounts_membership",
            using="authority_id = current_authority() or user_id = current_person()",
            check="authority_id = current_authority()",
        ),
        *own_rows("accounts_idempotencykey"),
    ]
