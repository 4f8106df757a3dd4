"""An authority sees its covers and appointments; a draft is seen by the person whose it is, nobody else."""

from django.db import migrations

from db.row_security import forced, own_rows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_cover_appointments_drafts")]
    operations = [
        *own_rows("accounts_cover", "accounts_actingappointment"),
        forced("accounts_draft", using="authority_id = current_authority() and person_id = current_person()"),
    ]
