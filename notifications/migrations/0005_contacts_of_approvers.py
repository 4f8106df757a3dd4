"""An authority may keep how its approvers are reached at night; no other authority reads that."""

from django.db import migrations, models

READ_BY_ALL = """
drop policy notifications_contact_read_by_all on notifications_contact;
create policy notifications_contact_read_by_all on notifications_contact for select using ({})
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_word_about_a_missing_child"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="purpose",
            field=models.TextField(
                choices=[
                    ("placement_notices", "Placement notices"),
                    ("exploitation_lead", "Exploitation lead"),
                    ("leaving_care", "Leaving care"),
                    ("duty_desk", "Duty desk"),
                    ("out_of_hours", "Out of hours"),
                    ("director", "Director of children’s services"),
                    ("nominated_officer", "Nominated officer"),
                ]
            ),
        ),
        migrations.RunSQL(
            READ_BY_ALL.format("purpose not in ('director', 'nominated_officer')"), READ_BY_ALL.format("true")
        ),
    ]
