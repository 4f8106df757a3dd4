"""How does a person write down a new address, ring back, take in a file, and send a drill?"""

from django import forms

from notifications import contact_file
from notifications.models import Contact
from web.forms.base import Form
from web.forms.fields import Checkboxes, LongText, Radios, Select, ShortText


class ChangeForm(Form):
    button = "Write this down"
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=Contact.Purpose.choices,
        widget=Select,
        error_messages={"required": "Choose what it is for."},
    )
    team = forms.CharField(label="Team or body", required=False, max_length=200, widget=ShortText())
    channel = forms.ChoiceField(
        label="How is it used?",
        choices=Contact.Channel.choices,
        widget=Radios,
        initial=Contact.Channel.EMAIL,
        error_messages={"required": "Choose how it is used."},
    )
    email = forms.EmailField(label="E-mail address", required=False, widget=ShortText())
    telephone = forms.CharField(label="Telephone number", required=False, max_length=40, widget=ShortText(width=20))
    said_by = forms.CharField(
        label="Who told you?",
        max_length=200,
        widget=ShortText(),
        help_text="It changes nothing until a second person has rung a number on file and heard it there.",
        error_messages={"required": "Say who told you."},
    )


class ConfirmChangeForm(Form):
    button = "It is right: use it from today"
    number_rung = forms.ChoiceField(
        label="Which number on file did you ring?",
        widget=Radios,
        error_messages={"required": "Choose the number that you rang."},
    )
    spoke_to = forms.CharField(
        label="Who there said it to you?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say who there said it to you."},
    )

    def __init__(self, numbers: list[str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number_rung"].choices = [(one, one) for one in numbers]


class StillRightForm(Form):
    button = "It is still right"
    spoke_to = forms.CharField(
        label="Who said so?", max_length=200, widget=ShortText(), error_messages={"required": "Say who said so."}
    )


class ImportForm(Form):
    button = "Take in this file"
    csv = forms.CharField(
        label="The file’s text",
        max_length=contact_file.MOST_BYTES,
        widget=LongText(rows=12),
        help_text="Paste the CSV file with its first line: gss_code, role, email, telephone, last_confirmed; team and "
        "secure_transport where you have them.",
        error_messages={"required": "Paste the file."},
    )


class DrillForm(Form):
    button = "Send the drill to those that I ticked"
    authorities = forms.MultipleChoiceField(
        label="Whom?", widget=Checkboxes, error_messages={"required": "Tick at least one authority."}
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authorities"].choices = choices
