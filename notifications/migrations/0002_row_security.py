"""Documents are seen by sender and recipient; the envelope (delivery, attempt, endpoint) is open to the worker."""

from django.db import migrations

from db.definers import definer
from db.row_security import ADDRESSED, also_for, forced, insert_only, own_rows

# Only the sender's transaction makes a document or an envelope; a fact may come from either side.
SENT = "sender_id = current_authority()"

POST_RIGHTS = """
grant select on notifications_document, db_clock to placewatch_post;
grant select (id, authority_id, ended_at) on notifications_endpoint to placewatch_post;
grant select, insert on notifications_delivery to placewatch_post;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("db", "0001_clock_and_context")]
    operations = [
        # The directory is read by all: whom to ring is no secret between authorities. Each keeps its own.
        forced("notifications_contact", using="true", check="authority_id = current_authority()"),
        forced("notifications_document", using=ADDRESSED, check=SENT),
        forced("notifications_documentfact", using=ADDRESSED),
        forced("notifications_delivery", using=ADDRESSED, check=SENT),
        forced("notifications_attempt", using=ADDRESSED, check=SENT),
        *own_rows("notifications_endpoint"),
        *also_for("placewatch_worker", "notifications_delivery", "notifications_attempt", "notifications_endpoint"),
        *insert_only("notifications_documentfact", "notifications_attempt"),
        migrations.RunSQL(POST_RIGHTS, migrations.RunSQL.noop),
        *also_for("placewatch_post", "notifications_document", "notifications_endpoint", "notifications_delivery"),
        definer("address_envelopes.sql", "address_envelopes(uuid)"),
    ]
