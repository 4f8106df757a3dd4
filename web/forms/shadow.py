"""Who answers for trying the matching out with nothing shown, and why?"""

from django import forms

from web.forms.base import Form
from web.forms.fields import LongText, ShortText


class ShadowForm(Form):
    """Begins shadow mode; from then on nobody of the authority is shown what is screened."""

    button = "Begin shadow mode"
    owner = forms.CharField(
        label="Who answers for it?",
        widget=ShortText(),
        help_text="A name and a post.",
        error_messages={"required": "Say who answers for it: a name and a post."},
    )
    reason = forms.CharField(
        label="Why is the matching tried out with nothing shown?",
        widget=LongText(),
        error_messages={"required": "Say why the matching is tried out with nothing shown."},
    )


class EndShadowForm(Form):
    """Ends shadow mode; every open place is then checked anew, and shown."""

    button = "End shadow mode"
    end = forms.CharField(widget=forms.HiddenInput, initial="yes")
