"""Grants are given and taken back; and what tells of a closed address is read by whoever holds a grant now (ADR 0065)."""

from django.db import migrations, models
from django.db.models import F, Q

# Until now a document was read by those who held a grant when it was composed. A grant given later reaches it, and one
# that has ended does not: the document says only that it is closed (`only_for` is not null).
READERS = """
create function may_read_closed(subject uuid) returns boolean language sql stable as $$
    select exists (
        select from placements_addressgrant address_grant
        where address_grant.person_id = current_person()
          and address_grant.starts_at <= placewatch_now()
          and (address_grant.ends_at is null or placewatch_now() < address_grant.ends_at)
          and (
              address_grant.placement_id = subject
              or address_grant.placement_id = (
                  select report.placement_id from placements_missingreport report where report.id = subject
              )
          )
    )
$$;
alter policy notifications_document_rows on notifications_document using (
    current_authority() = recipient_id
    or current_authority() = sender_id
        and (only_for is null or acting_as_operator() or may_read_closed(subject_id))
);
"""
BACK = """
alter policy notifications_document_rows on notifications_document using (
    current_authority() = recipient_id
    or current_authority() = sender_id
        and (only_for is null or current_person() = any(only_for) or acting_as_operator())
);
drop function may_read_closed(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0017_recall_and_passing_on"), ("notifications", "0009_area_recall")]
    operations = [
        migrations.AddField(
            "addressgrant", "ended_by", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "addressgrant", "ended_why", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RemoveConstraint("addressgrant", "address_grant_ends_after_it_starts"),
        migrations.AddConstraint(
            "addressgrant",
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="address_grant_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            "addressgrant",
            models.CheckConstraint(
                condition=Q(ended_by="", ended_why="") | Q(ends_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_why=""),
                name="address_grant_taken_back_with_its_reason",
            ),
        ),
        migrations.RunSQL(READERS, BACK),
    ]
