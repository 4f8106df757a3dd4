"""Who can sign in, as what, for which authority, and which systems may call?"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from oauth2_provider.models import AbstractApplication

from accounts.roles import Role


class UserManager(BaseUserManager):
    def create_user(self, *, email: str, name: str, password: str | None = None):
        """A person who can sign in; without a password only once one is set."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser):
    """A person. What they may do is their memberships, never a flag on this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person's role in an authority, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    role = models.TextField(choices=Role)
    team = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="membership_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.UniqueConstraint(
                fields=["user", "authority", "role"], condition=Q(ends_on=None), name="membership_once_per_role"
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role} of {self.authority_id}"


class Cover(models.Model):
    """That somebody does another person's work in an authority, from a day until a day; it ends by itself.

    `ends_on` is the first day on which it no longer runs. `ended_at` where somebody ended it before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="cover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(person=F("covered_by")), name="cover_is_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="cover_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"cover {self.starts_on} to {self.ends_on}"


class ActingAppointment(models.Model):
    """That a person may act as the director of children's services: appointed by whom, from when until when (reg. 2).

    `ended_at` where it ended before `ends_at`; what was decided until then stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acting_appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    appointed_by = models.TextField()
    reference = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="acting_appointment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="acting_appointment_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"acting appointment {self.reference}"


class Draft(models.Model):
    """What a person had filled in and not sent: it survives signing out. Encrypted; the person's own, for one authority."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    form = models.TextField()
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "person", "form"], name="draft_one_per_form_and_person")
        ]

    def __str__(self):
        return f"draft of {self.form}"


class ApiClient(AbstractApplication):
    """A system that calls for one authority in one role (OAuth2 client credentials)."""

    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    role = models.TextField(choices=Role, default=Role.SYSTEM)
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta(AbstractApplication.Meta):
        constraints = [models.CheckConstraint(condition=Q(role__in=Role.values), name="apiclient_role_is_known")]

    def __str__(self):
        return self.name


class IdempotencyKey(models.Model):
    """An unsafe request that was answered: the same key again gets the same answer, and nothing runs twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    caller = models.UUIDField()
    key = models.TextField()
    request_hash = models.TextField()
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "caller", "key"], name="idempotency_key_answers_once")
        ]

    def __str__(self):
        return self.key
