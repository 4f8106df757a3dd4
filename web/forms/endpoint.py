"""Where does the authority's own system take notices, and for how long does its old secret go on?"""

from datetime import timedelta

from django import forms

from web.forms.base import Form
from web.forms.fields import Radios, ShortText


class EndpointForm(Form):
    button = "Add it and show the secret"
    url = forms.CharField(
        label="Address of your system",
        max_length=2000,
        widget=ShortText(),
        help_text="It begins with https:// and leads to the public internet, on port 443.",
        error_messages={"required": "Enter the address at which your system takes notices."},
    )


class ProofForm(Form):
    button = "Send the challenge"


class AgreeForm(Form):
    button = "I agree: notices go there"


class EndEndpointForm(Form):
    button = "End this address"


class RotateForm(Form):
    button = "Make a new secret and show it"
    overlap = forms.ChoiceField(
        label="How long may the old secret still be used?",
        choices=[
            ("24", "One day"),
            ("168", "Seven days"),
            ("336", "Fourteen days"),
            ("0", "Not at all: it has leaked"),
        ],
        initial="24",
        widget=Radios(),
        help_text="Until then every notice is signed with both, so that none is refused while you change over.",
    )

    @property
    def overlap_asked(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["overlap"]))
