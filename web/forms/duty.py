"""How is a duty closed, how are many given or closed at once, and which of them does the board show?"""

from datetime import datetime, time
from uuid import UUID

from django import forms

from accounts.roles import Role
from db.clock import london_date
from duties.models import Basis
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, Select, london_instant

MET = "met"
NOT_OWED = "not_owed"
GIVE = "give"
MINE, NOBODYS = "me", "nobody"
WORDS_MISSING = "Say what was done, or why it was not owed: a duty is not closed without words."

People = list[tuple[str, str]]


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
        error_messages={"required": WORDS_MISSING},
    )
    done_on = DateField(label="On which day was it done, if not today?", required=False)

    def field_of(self, name: str) -> str | None:
        return "done_on" if name == "done_at" else super().field_of(name)

    def told(self, at: datetime) -> dict:
        """As the action asks for it; of a day without its hour, noon."""
        given = self.cleaned_data
        if given["closing"] == NOT_OWED:
            return {"reason": given["words"]}
        day = given["done_on"]
        is_today = day is None or day == london_date(at)
        return {"evidence": given["words"], "done_at": None if is_today else london_instant(day, time(12))}


class WhyLateForm(Form):
    button = "Write it down"
    words = forms.CharField(
        label="Why is it late, or was it done late?",
        widget=LongText(rows=3),
        max_length=2000,
        help_text="It stands beside the lateness, in the history and in an inspection pack.",
        error_messages={"required": "Say why: in a line will do."},
    )


class ManyForm(Form):
    """The same for every duty that is ticked: given to a person, done, or not owed."""

    button = "Do this for each"
    duty = forms.MultipleChoiceField(
        label="Duties", widget=Checkboxes, error_messages={"required": "Tick the duties that you mean."}
    )
    outcome = forms.ChoiceField(
        label="What is to happen?",
        choices=[(GIVE, "Give them to a person"), (MET, "They were done"), (NOT_OWED, "They were not owed after all")],
        widget=Radios,
        error_messages={"required": "Choose what is to happen."},
    )
    owner = forms.TypedChoiceField(label="To whom, if they are given", coerce=UUID, required=False, widget=Select())
    words = forms.CharField(
        label="What was done, when and by whom; or why they were not owed", required=False, widget=LongText()
    )

    def __init__(self, choices: list[tuple[str, str]], people: People, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = choices
        self.fields["owner"].choices = [("", "Choose a person"), *people]

    def clean(self):
        given = super().clean()
        if given.get("outcome") == GIVE and not given.get("owner"):
            self.add_error("owner", "Choose the person to whom they are given.")
        if given.get("outcome") in (MET, NOT_OWED) and not given.get("words"):
            self.add_error("words", WORDS_MISSING)
        return given


class HandOverForm(Form):
    button = "Hand over everything"
    whose = forms.TypedChoiceField(
        label="Whose work is handed over?",
        coerce=UUID,
        widget=Select(),
        error_messages={"required": "Choose whose work is handed over."},
    )
    owner = forms.TypedChoiceField(
        label="To whom?",
        coerce=UUID,
        widget=Select(),
        error_messages={"required": "Choose the person to whom it is given."},
    )

    def __init__(self, owners: People, people: People, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", "Choose a person"), *owners]
        self.fields["owner"].choices = [("", "Choose a person"), *people]


class FilterForm(Form):
    """Which duties the board shows; everything where nothing is chosen."""

    button = "Show these"
    who = forms.ChoiceField(label="Whose", required=False, widget=Select())
    role = forms.ChoiceField(label="Role", required=False, widget=Select(), choices=[("", "Any"), *Role.choices])
    team = forms.ChoiceField(label="Team", required=False, widget=Select())
    kind = forms.ChoiceField(label="What", required=False, widget=Select())
    basis = forms.ChoiceField(label="Kind", required=False, widget=Select(), choices=[("", "Any"), *Basis.choices])

    def __init__(self, owners: People, teams: list[str], kinds: list[str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(MINE, "What I can act on"), (NOBODYS, "What no person has"), *owners]
        self.fields["who"].choices = [("", "Anybody’s"), *listed]
        self.fields["team"].choices = [("", "Any"), *((one, one) for one in teams)]
        self.fields["kind"].choices = [("", "Anything"), *((one, one.replace("_", " ").capitalize()) for one in kinds)]
