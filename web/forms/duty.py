"""How is a duty closed?"""

from django import forms

from web.forms.base import Form
from web.forms.fields import LongText, Radios

MET = "met"
NOT_OWED = "not_owed"


class CloseForm(Form):
    button = "Close this duty"
    closing = forms.ChoiceField(
        label="What happened?",
        choices=[(MET, "It was done"), (NOT_OWED, "It was not owed after all")],
        widget=Radios,
        error_messages={"required": "Choose whether it was done or was not owed."},
    )
    words = forms.CharField(
        label="What was done, when and by whom; or why it was not owed",
        widget=LongText(),
        error_messages={"required": "Say what was done, or why it was not owed: a duty is not closed without words."},
    )
