"""By whom is each authority reached, which new addresses wait for a call back, and who is ready?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery
from api.fields import Anything, Code, Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.notices import AuthorityNamed
from api.resource import ListResource, Resource
from db import clock
from notifications.directory import contact_file, contact_rows, contacts, directory, directory_watch, drills
from notifications.exceptions import ContactFileRefused
from notifications.models import Contact
from placements.exceptions import UnreadableField

MOST_DRILLS = drills.AT_MOST


class ContactAnswer(Answer):
    id = Identifier()
    authority = AuthorityNamed()
    kept_by = serializers.UUIDField(
        source="kept_by_id", allow_null=True, help_text="Your own authority, where it found this out by ringing"
    )
    purpose = serializers.CharField()
    team = serializers.CharField()
    channel = serializers.CharField()
    email = serializers.CharField()
    telephone = serializers.CharField()
    starts_on = Day()
    ends_on = Day(allow_null=True)
    confirmed_on = Day()
    confirmed_by = serializers.CharField()
    is_stale = serializers.SerializerMethodField(help_text="Nobody has confirmed it for half a year")

    def get_is_stale(self, contact: Contact) -> bool:
        return directory_watch.is_stale(contact, clock.today())


class ChangeAnswer(Answer):
    id = Identifier()
    of = AuthorityNamed()
    purpose = serializers.CharField()
    team = serializers.CharField()
    channel = serializers.CharField()
    email = serializers.CharField()
    telephone = serializers.CharField()
    starts_on = Day(allow_null=True, help_text="null: as soon as it is confirmed")
    said_by = serializers.CharField()
    proposed_at = Instant()
    proposed_by = serializers.CharField()
    numbers_on_file = serializers.SerializerMethodField(help_text="One of these is rung back, and no other")

    def get_numbers_on_file(self, change) -> list[str]:
        return directory.numbers_on_file(change.of_id, clock.today())


class AccountAnswer(Answer):
    sha256 = serializers.CharField()
    added = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Changes that wait for a call back")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="Bad rows, by number, with why")


class ReadinessAnswer(Answer):
    """One authority, in the order of their names."""

    authority = AuthorityNamed()
    purposes = serializers.SerializerMethodField(help_text="The purposes for which a contact is on file")
    drilled_at = Instant(allow_null=True)
    answered_after_seconds = serializers.SerializerMethodField(help_text="null: no drill, or no reply yet")
    answered_by = serializers.CharField()

    def get_purposes(self, ready: drills.Readiness) -> list[str]:
        return sorted(ready.contacts)

    def get_answered_after_seconds(self, ready: drills.Readiness) -> int | None:
        return None if ready.answered_after is None else int(ready.answered_after.total_seconds())


class DrillAnswer(Answer):
    drill = serializers.UUIDField()
    documents = Anything(help_text="The references of what was sent")


class DirectoryQuery(PageQuery):
    purpose = Code(choices=Contact.Purpose.choices, required=False)
    authority = Identifier(required=False)


class ChangeBody(Body):
    of = Identifier()
    purpose = Code(choices=Contact.Purpose.choices)
    team = Text(max_length=200, required=False, allow_blank=True, default="")
    channel = Code(choices=Contact.Channel.choices, default=Contact.Channel.EMAIL)
    email = Text(max_length=254, required=False, allow_blank=True, default="")
    telephone = Text(max_length=40, required=False, allow_blank=True, default="")
    starts_on = Day(required=False, help_text="From a day ahead; without it, as soon as it is confirmed")
    said_by = Text(max_length=200)


class ConfirmChangeBody(Body):
    number_rung = Text(max_length=40)
    spoke_to = Text(max_length=200)


class StillRightBody(Body):
    spoke_to = Text(max_length=200)


class ImportBody(Body):
    csv = Text(max_length=contact_rows.MOST_BYTES, help_text="The file's text, its first line the names of its columns")
    leave_out_bad_rows = Yes(
        required=False, help_text="Take in the others; without it a bad row refuses the whole file"
    )


class DrillBody(Body):
    authorities = serializers.ListField(child=Identifier(), min_length=1, max_length=MOST_DRILLS)


class AboutContacts(Resource):
    scope = "public"
    subject_kind = "contact"
    answer_class = ContactAnswer

    def rows(self):
        return directory.readable(self.actor.authority_id, clock.today())


class Directory(AboutContacts, ListResource):
    operations = {"GET": "directory.read"}
    query_class = DirectoryQuery

    def filtered(self):
        named = {name: self.query[name] for name in ("purpose", "authority") if name in self.query}
        return self.get_queryset().filter(**named)


class StillRight(AboutContacts):
    operations = {"POST": "contacts.confirm"}
    body_class = StillRightBody

    @once
    def post(self, request, **kwargs):
        said = self.read_body()["spoke_to"]
        kept = contacts.still_right(contact_id=self.found().id, spoke_to=said, by=self.actor, at=clock.now())
        return self.tell(kept)


class AboutChanges(Resource):
    subject_kind = "contact_change"
    answer_class = ChangeAnswer

    def rows(self):
        return contacts.waiting(self.actor.authority_id)


class Changes(AboutChanges, ListResource):
    operations = {"GET": "contacts.changes", "POST": "contacts.propose"}
    body_class = ChangeBody
    creates = True

    @once
    def post(self, request, **kwargs):
        asked = self.read_body()
        of = asked.pop("of")
        if not directory.authorities(clock.today()).filter(id=of).exists():
            raise UnreadableField("of", "There is no such authority today.")
        return self.tell(contacts.propose(of_id=of, **asked, by=self.actor, at=clock.now()))


class ConfirmChange(AboutChanges):
    operations = {"POST": "contacts.confirm"}
    answer_class = ContactAnswer
    body_class = ConfirmChangeBody

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(contacts.confirm_change(change_id=self.found().id, **said))


class WithdrawChange(AboutChanges):
    operations = {"POST": "contacts.propose"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.tell(contacts.withdraw(change_id=self.found().id, by=self.actor, at=clock.now()))


class ImportContacts(Resource):
    operations = {"POST": "contacts.import"}
    subject_kind = "contact"
    answer_class = AccountAnswer
    body_class = ImportBody

    @once
    def post(self, request, **kwargs):
        asked = self.read_body()
        told = {"leave_out_bad_rows": asked.get("leave_out_bad_rows", False), "by": self.actor, "at": clock.now()}
        try:
            account = contact_file.take_in(asked["csv"].encode(), **told)
        except ContactFileRefused as refused:
            raise UnreadableField("csv", str(refused)) from refused
        return self.tell_fields(account)


class Board(ListResource):
    """Everybody whom somebody might have to tell, by name."""

    operations = {"GET": "readiness.read"}
    subject_kind = "document"
    answer_class = ReadinessAnswer

    def get_queryset(self):
        return directory.authorities(clock.today())

    def paginate_queryset(self, rows):
        page = super().paginate_queryset(rows)
        return drills.board(page, sender_id=self.actor.authority_id, on=clock.today())

    def logged_ids(self, rows):
        return []


class Drills(Resource):
    operations = {"POST": "drills.run"}
    subject_kind = "document"
    answer_class = DrillAnswer
    body_class = DrillBody
    creates = True

    @once
    def post(self, request, **kwargs):
        wanted = self.read_body()["authorities"]
        sent = drills.run(recipient_ids=wanted, by=self.actor, at=clock.now())
        self.subjects = [one.id for one in sent]
        return self.tell_fields({"drill": sent[0].subject_id, "documents": [one.reference for one in sent]})
