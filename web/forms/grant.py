"""How is somebody let read a closed address, and how is that taken back?"""

from datetime import time, timedelta
from uuid import UUID

from django import forms

from web.forms.base import Form
from web.forms.duty import People
from web.forms.fields import DateField, LongText, Select, ShortText, london_instant


class GrantForm(Form):
    button = "Let this person read the address"
    person = forms.TypedChoiceField(
        label="Who needs to know it?", coerce=UUID, widget=Select(), error_messages={"required": "Choose the person."}
    )
    reason = forms.CharField(
        label="Why?",
        widget=LongText(rows=3),
        help_text="Do not write the address, or anything that gives it away.",
        error_messages={"required": "Say why this person needs to know the address."},
    )
    last_on = DateField(
        label="Last day", required=False, help_text="Leave it empty where it runs until somebody takes it back."
    )

    def __init__(self, people: People, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose a person"), *people]

    def field_of(self, name: str) -> str | None:
        return "last_on" if name == "ends_at" else super().field_of(name)

    @property
    def given(self) -> dict:
        """As the action asks for it: until the midnight that ends the last day."""
        said = self.cleaned_data
        last_on = said["last_on"]
        ends_at = london_instant(last_on + timedelta(days=1), time.min) if last_on else None
        return {"person_id": said["person"], "reason": said["reason"], "ends_at": ends_at}


class EndGrantForm(Form):
    button = "Take the grant back"
    reason = forms.CharField(
        label="Why does it end?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say why the grant ends."},
    )
