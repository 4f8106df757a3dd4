"""How is an inspection pack asked for?"""

from django import forms

from placements.models import PackRequest
from web.forms.base import Form
from web.forms.fields import DateField, Radios

WHOLE_DAY = {"required": "Enter the day, the month and the year."}


class AskForm(Form):
    button = "Ask for this pack"
    starts_on = DateField(label="First day of the period", error_messages=WHOLE_DAY)
    ends_on = DateField(label="Last day of the period", error_messages=WHOLE_DAY)
    purpose = forms.ChoiceField(
        label="What is the pack for?",
        choices=PackRequest.Purpose.choices,
        widget=Radios,
        help_text="Each time that a pack is taken, this is written into the log-book.",
        error_messages={"required": "Say what the pack is for."},
    )


class AgreeForm(Form):
    """Nothing to fill in: the button is the answer."""

    button = "Agree that this pack is taken"
