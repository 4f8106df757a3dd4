"""How is a place recorded that was asked before this one?"""

from django import forms

from web.forms.base import Form
from web.forms.fields import DateField, LongText, ShortText


class PlaceTriedForm(Form):
    button = "Record it"
    place = forms.CharField(
        label="Which place was asked, or who was asked for one?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say which place was asked, or who was asked for one."},
    )
    why_not = forms.CharField(
        label="Why was it not that?",
        widget=LongText(rows=2),
        help_text="“No bed” will do. No host is ever told.",
        error_messages={"required": "Say why it was not that place; “no bed” will do."},
    )
    asked_on = DateField(label="Day on which it was asked, if you know it", required=False)
