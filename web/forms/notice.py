"""How does a person of the recipient answer a notice?"""

from datetime import datetime

from django import forms

from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, ShortText, london_instant


class AcknowledgeForm(Form):
    button = "Acknowledge: I have read it"
    post = forms.CharField(
        label="Your post",
        max_length=120,
        widget=ShortText(),
        help_text="The sender sees your name and your post, and nothing else about you.",
        error_messages={"required": "Enter your post, so that the sender knows who has read it."},
    )


class GuestForm(Form):
    """By which number on file is the code told?"""

    button = "Make the link and the code"
    number = forms.ChoiceField(
        label="Which number on file do you ring?",
        widget=Radios,
        help_text="Never a number that whoever wrote or rang gave of themselves.",
        error_messages={"required": "Choose the number that you ring."},
    )

    def __init__(self, numbers: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = numbers


class TelephoneForm(Form):
    """What somebody there said on the telephone: keyed by the sender, and shown as such."""

    button = "Record that they have read it"
    person = forms.CharField(
        label="Who there has read it?",
        max_length=120,
        widget=ShortText(),
        error_messages={"required": "Enter their name."},
    )
    post = forms.CharField(
        label="Their post", max_length=120, widget=ShortText(), error_messages={"required": "Enter their post."}
    )
    telephone = forms.CharField(
        label="On which number was it said?",
        max_length=40,
        widget=ShortText(width=20),
        error_messages={"required": "Enter the number."},
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day, the month and the year."})
    at_time = ClockField(label="At what time?")

    @property
    def said_at(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])


class CodeForm(Form):
    """What a guest is asked before anything is shown."""

    button = "Open"
    code = forms.CharField(
        label="The code that you were told on the telephone",
        max_length=20,
        widget=ShortText(width=10),
        error_messages={"required": "Enter the code."},
    )


class ReadForm(Form):
    """A guest's own words: a person has read it."""

    button = "I have read this"
    person = forms.CharField(
        label="Your name", max_length=120, widget=ShortText(), error_messages={"required": "Enter your name."}
    )
    post = forms.CharField(
        label="Your post", max_length=120, widget=ShortText(), error_messages={"required": "Enter your post."}
    )


class DisputeForm(AcknowledgeForm):
    button = "Send this to the sender"
    words = forms.CharField(
        label="What is wrong with it?",
        widget=LongText(),
        error_messages={"required": "Say what is wrong, so that its sender can put it right."},
    )


class ActOnForm(AcknowledgeForm):
    button = "Send this to the sender"
    words = forms.CharField(
        label="What was done?",
        widget=LongText(),
        help_text="In a sentence, for example: a worker rang the home and the school was told.",
        error_messages={"required": "Say what was done."},
    )
