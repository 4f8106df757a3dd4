"""What is asked of somebody who wants to pass on what was shared, of the owner who answers, and of who previews?"""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from hotspots.models import Audience, Output, PassingOn
from web.forms.base import Form
from web.forms.fields import LongText, Radios

CHOOSE = {"required": "Choose one of these."}


class Lines(forms.CharField):
    """Ids of lines, with commas between them."""

    def clean(self, value):
        try:
            return [UUID(one) for one in super().clean(value).split(",")]
        except ValueError:
            raise ValidationError("These lines cannot be read. Go back and try again.") from None


class ReadForm(Form):
    button = "Mark these as read"
    lines = Lines(widget=forms.HiddenInput, error_messages={"required": "There is nothing to mark."})


class PassOnForm(Form):
    button = "Show what may be passed on"
    audience = forms.ChoiceField(label="To whom?", choices=Audience.choices, widget=Radios, error_messages=CHOOSE)
    output = forms.ChoiceField(label="In what?", choices=Output.choices, widget=Radios, error_messages=CHOOSE)


class AskForm(PassOnForm):
    button = "Ask the owner"


class AnswerForm(Form):
    button = "Send this answer"
    answer = forms.ChoiceField(
        label="May it be passed on?", choices=PassingOn.Answer.choices, widget=Radios, error_messages=CHOOSE
    )
    words = forms.CharField(
        label="Anything to add?",
        help_text="They read it. Name no place and nobody.",
        required=False,
        widget=LongText(),
    )


class EffectForm(Form):
    button = "Show what publishing would bring about"


class AllowForm(Form):
    button = "Allow five more today"
