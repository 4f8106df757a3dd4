"""Who may act as the director of children's services?"""

from rest_framework import serializers

from accounts import appointments
from api.closed import Answer, Body, PageQuery, ordering_of
from api.covers import of_ours
from api.fields import Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock


class AppointmentAnswer(Answer):
    id = Identifier()
    person = serializers.UUIDField(source="person_id")
    person_name = serializers.CharField(source="person.name")
    starts_at = Instant()
    ends_at = Instant()
    appointed_by = serializers.CharField()
    reference = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()


class AppointmentBody(Body):
    person = Identifier()
    starts_at = Instant()
    ends_at = Instant()
    appointed_by = Text(max_length=200, help_text="Who appointed them")
    reference = Text(max_length=200, help_text="Where the appointment is written")


class AppointmentQuery(PageQuery):
    ordering = ordering_of("starts_at", "ends_at")


class AboutAppointments(Resource):
    subject_kind = "appointment"
    answer_class = AppointmentAnswer

    def rows(self):
        return appointments.appointments()


class Appointments(AboutAppointments, ListResource):
    operations = {"GET": "appointments.read", "POST": "appointments.record"}
    body_class = AppointmentBody
    query_class = AppointmentQuery
    creates = True

    @once
    def post(self, request):
        asked = self.read_body()
        person_id = asked.pop("person")
        of_ours(self, person_id)
        made = appointments.appoint(person_id=person_id, **asked, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=made.id))


class AppointmentItem(AboutAppointments, ItemResource):
    operations = {"GET": "appointments.read"}


class EndAppointment(AboutAppointments):
    operations = {"POST": "appointments.record"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        appointments.end_appointment(appointment_id=self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())
