"""Who is away, who covers, and who acts as the director?"""

from datetime import timedelta
from uuid import UUID

from django import forms

from web.forms.base import Form
from web.forms.duty import People
from web.forms.fields import ClockField, DateField, Select, ShortText, london_instant

NO_DATE = {"required": "Enter the day, the month and the year."}


class CoverForm(Form):
    """`people` are all of the authority; `may_choose_person` for a manager, who sets anybody's."""

    button = "Set this cover"
    person = forms.TypedChoiceField(
        label="Who is away?", coerce=UUID, widget=Select(), error_messages={"required": "Choose who is away."}
    )
    covered_by = forms.TypedChoiceField(
        label="Who covers?",
        coerce=UUID,
        widget=Select(),
        help_text="They see these duties and can act on them, marked as done for the person who is away.",
        error_messages={"required": "Choose who covers."},
    )
    starts_on = DateField(label="First day away", error_messages=NO_DATE)
    last_on = DateField(label="Last day away", error_messages=NO_DATE)

    def __init__(self, people: People, *args, may_choose_person: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["covered_by"].choices = [("", "Choose a person"), *people]
        self.fields["person"].choices = people
        if not may_choose_person:
            del self.fields["person"]

    def field_of(self, name: str) -> str | None:
        return "last_on" if name == "ends_on" else super().field_of(name)

    @property
    def days(self) -> dict:
        """As the action asks for them: from the first day until the first day back."""
        given = self.cleaned_data
        return {"starts_on": given["starts_on"], "ends_on": given["last_on"] + timedelta(days=1)}


class AppointmentForm(Form):
    button = "Record this appointment"
    person = forms.TypedChoiceField(
        label="Who may act as the director?",
        coerce=UUID,
        widget=Select(),
        error_messages={"required": "Choose the person."},
    )
    starts_on = DateField(label="From which day?", error_messages=NO_DATE)
    starts_at_time = ClockField(label="From what time?")
    ends_on = DateField(label="Until which day?", error_messages=NO_DATE)
    ends_at_time = ClockField(label="Until what time?")
    appointed_by = forms.CharField(
        label="Who appointed them?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say who appointed them."},
    )
    reference = forms.CharField(
        label="Where is that written?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say where the appointment is written."},
    )

    def __init__(self, people: People, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose a person"), *people]

    def field_of(self, name: str) -> str | None:
        return {"starts_at": "starts_on", "ends_at": "ends_on"}.get(name, super().field_of(name))

    @property
    def asked(self) -> dict:
        """As the action asks for it."""
        given = self.cleaned_data
        return {
            "person_id": given["person"],
            "starts_at": london_instant(given["starts_on"], given["starts_at_time"]),
            "ends_at": london_instant(given["ends_on"], given["ends_at_time"]),
            "appointed_by": given["appointed_by"],
            "reference": given["reference"],
        }


class EndForm(Form):
    button = "End it now"
