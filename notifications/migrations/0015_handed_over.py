"""What the e-mail service took is told apart from what is not delivered."""

from django.db import migrations

from db.definers import definer


class Migration(migrations.Migration):
    dependencies = [("notifications", "0014_sent_again_where_they_are_now")]

    operations = [definer("post_in_figures.sql", "post_in_figures()")]
