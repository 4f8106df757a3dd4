"""How does a person say to whom is written, which letters are made, and what was done with them?"""

from django import forms

from placements.models import Channel, LetterFact
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, Select, ShortText, Tick

FACTS = [choice for choice in LetterFact.Fact.choices if choice[0] != LetterFact.Fact.SHOWN]


class CorrespondentForm(Form):
    button = "Put this on the list"
    code = forms.ChoiceField(
        label="Who is it to the child?", widget=Select, error_messages={"required": "Choose who it is to the child."}
    )
    name = forms.CharField(label="Name of the person or body", required=False, max_length=200, widget=ShortText())
    channel = forms.ChoiceField(
        label="How does the letter reach them?", choices=Channel.choices, required=False, widget=Radios
    )
    postal_address = forms.CharField(
        label="Their own postal address",
        required=False,
        widget=LongText(rows=3),
        help_text="As it stands on the envelope, one part on each line, without the name. Only for letters by post.",
    )
    email = forms.EmailField(
        label="Their own e-mail address", required=False, widget=ShortText(), help_text="Only for secure e-mail."
    )
    nobody_because = forms.CharField(
        label="Or: why is there nobody of this kind?", required=False, max_length=400, widget=LongText(rows=2)
    )

    def __init__(self, kinds: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", ""), *kinds]


class AboutForm(Form):
    """Whether one decision is about one person of the list."""

    button = "Record this"
    withholding = forms.CharField(widget=forms.HiddenInput)
    is_the_one = forms.ChoiceField(
        label="Is the decision about this person?",
        choices=[("yes", "Yes, it is this person"), ("no", "No, it is about somebody else")],
        widget=Radios,
        error_messages={"required": "Say whether it is this person."},
    )


class PrepareForm(Form):
    button = "Make these letters"
    correspondents = forms.MultipleChoiceField(
        label="To whom?",
        widget=Checkboxes,
        help_text="Who is withheld cannot be ticked. The order is that of the envelopes.",
        error_messages={"required": "Tick at least one line."},
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correspondents"].choices = choices


class ManyForm(Form):
    button = "Make all letters that can be made for these"
    placements = forms.MultipleChoiceField(label="Whose letters?", widget=Checkboxes, required=False)

    def __init__(self, choices: list[tuple[str, str]], *args, everybody: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placements"].choices = choices
        if everybody > len(choices):
            self.fields["everybody"] = Tick(label=f"All {everybody} children, those on the other pages too")

    def clean(self):
        said = super().clean()
        if not said.get("everybody") and not said.get("placements") and "placements" not in self.errors:
            self.add_error("placements", "Tick at least one child.")
        return said


class FactForm(Form):
    """What was done with those letters of a batch that are ticked."""

    button = "Record this"
    together = forms.MultipleChoiceField(label="Many at once", widget=Checkboxes, required=False)
    letters = forms.MultipleChoiceField(label="Or one by one", widget=Checkboxes, required=False)
    fact = forms.ChoiceField(
        label="What was done with them?",
        choices=FACTS,
        widget=Radios,
        error_messages={"required": "Choose what was done with them."},
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day, the month and the year."})
    done_by = forms.CharField(
        label="By whom?", required=False, max_length=200, widget=ShortText(), help_text="Blank: by you."
    )

    def __init__(self, choices: list[tuple[str, str]], together: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letters"].choices = choices
        self.fields["together"].choices = together
        if not together:
            del self.fields["together"]

    def clean(self):
        said = super().clean()
        if not said.get("letters") and not said.get("together") and not self.errors.keys() & {"letters", "together"}:
            self.add_error("letters", "Tick at least one letter.")
        return said


class CorrectionForm(Form):
    button = "Make the corrected letter"
    correction = forms.CharField(
        label="What was wrong? A sentence to the reader",
        max_length=2000,
        widget=LongText(rows=3),
        error_messages={"required": "Say in a sentence what was wrong."},
    )
    is_understood = Tick(label="It goes to this one reader; the first letter and its copy are kept")

    def clean_is_understood(self):
        if not self.cleaned_data["is_understood"]:
            raise forms.ValidationError("Tick that it goes to this one reader.")
        return True


class TakeOverForm(Form):
    button = "Take over this list"
    from_placement = forms.ChoiceField(
        label="From which placement?", widget=Radios, error_messages={"required": "Choose a placement."}
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_placement"].choices = choices
