"""How does a person write down a new address, ring back, take in a file, and send a drill?"""

from django import forms

from notifications.directory import contact_rows
from notifications.models import Contact
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, Select, ShortText, Tick


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
    starts_on = DateField(label="From which day?", required=False, help_text="Blank: as soon as it is confirmed.")
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

    def __init__(self, numbers: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number_rung"].choices = numbers


class StillRightForm(Form):
    button = "It is still right"
    spoke_to = forms.CharField(
        label="Who said so?", max_length=200, widget=ShortText(), error_messages={"required": "Say who said so."}
    )


class ContactFileForm(Form):
    """A file, or its text; either is shown before anything is taken in."""

    button = "Show what it would do"
    file = forms.FileField(
        label="The file",
        required=False,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        help_text="CSV with its first line: gss_code, role, email, telephone, last_confirmed; team and secure_transport "
        "where you have them. At most 1 MB.",
        error_messages={"empty": "The file is empty."},
    )
    csv = forms.CharField(
        label="Or its text",
        required=False,
        max_length=contact_rows.MOST_BYTES,
        widget=LongText(rows=6),
        help_text="Where you cannot choose a file: paste it here.",
    )

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        if bool(said.get("file")) == bool(said.get("csv", "").strip()):
            self.add_error("file", "Choose a file, or paste its text: one of the two.")
        elif said.get("file") and said["file"].size > contact_rows.MOST_BYTES:
            self.add_error("file", "The file is larger than 1 MB.")
        return said

    def content(self) -> bytes:
        """The file as it was sent; a pasted one in UTF-8."""
        return self.cleaned_data["file"].read() if self.cleaned_data["file"] else self.cleaned_data["csv"].encode()


class TakeInForm(Form):
    """The same file, now that it was looked at; read anew, since the page holds it in the meantime."""

    button = "Take in this file"
    csv = forms.CharField(max_length=contact_rows.MOST_BYTES, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, bad_rows: int, **kwargs):
        super().__init__(*args, **kwargs)
        if bad_rows:
            rows = "the row that cannot be read" if bad_rows == 1 else f"the {bad_rows} rows that cannot be read"
            self.fields["leave_out_bad_rows"] = Tick(label=f"Leave out {rows}, and take in the others")


class DrillForm(Form):
    button = "Send the drill to those that I ticked"
    authorities = forms.MultipleChoiceField(
        label="Whom?", widget=Checkboxes, error_messages={"required": "Tick at least one authority."}
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authorities"].choices = choices
