"""With which host are alerts agreed, and where is that written down?"""

from collections.abc import Iterable

from django import forms

from geo.models import Authority
from web.forms.base import Form
from web.forms.fields import Select, ShortText


class HostAlertForm(Form):
    button = "Save this agreement"
    host = forms.ChoiceField(label="Which host?", widget=Select, error_messages={"required": "Choose a host."})
    reference = forms.CharField(
        label="Where is the agreement written down?",
        max_length=500,
        widget=ShortText(),
        error_messages={"required": "Say where the agreement is written down."},
    )

    def __init__(self, hosts: Iterable[Authority], *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = sorted((one.name, str(one.id)) for one in hosts)
        self.fields["host"].choices = [("", "Choose"), *((key, name) for name, key in named)]


class EndAlertForm(Form):
    button = "End the alerts"
