"""How does a person of the recipient answer a notice?"""

from django import forms

from web.forms.base import Form
from web.forms.fields import LongText, ShortText


class AcknowledgeForm(Form):
    button = "Acknowledge: I have read it"
    post = forms.CharField(
        label="Your post",
        max_length=120,
        widget=ShortText(),
        help_text="The sender sees your name and your post, and nothing else about you.",
        error_messages={"required": "Enter your post, so that the sender knows who has read it."},
    )


class DisputeForm(AcknowledgeForm):
    button = "Send this to the sender"
    words = forms.CharField(
        label="What is wrong with it?",
        widget=LongText(),
        error_messages={"required": "Say what is wrong, so that its sender can put it right."},
    )
