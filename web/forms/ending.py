"""How does a person say that a start moves, how a placement ends, and that somebody is not told?"""

from django import forms

from placements.models import Ending, Withholding
from placements.rules.written_dates import date_in_words
from web.forms.base import Form
from web.forms.fields import DateField, LongText, Radios, Select, ShortText
from web.forms.placement import MomentForm

DAY_MISSING = {"required": "Enter the day, the month and the year."}
PARAGRAPHS = [
    ("b", "(b) a parent, or another with parental responsibility"),
    ("c", "(c) somebody with contact under section 34 (a child in care)"),
    ("d", "(d) somebody with contact under a section 8 order (a child not in care)"),
    ("e", "(e) whoever cared for the child immediately before"),
]


class NewDateForm(Form):
    button = "Move the start, and tell everybody who was told"
    planned_start_on = DateField(label="New day of the move", error_messages=DAY_MISSING)
    reason = forms.CharField(
        label="Why does the day change?",
        widget=LongText(rows=2),
        help_text="Kept with our own record. The host is told the new day, not the reason.",
        error_messages={"required": "Say why the day changes."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(MomentForm):
    """The moment of an ending, and how it ended where that is known."""

    how = forms.ChoiceField(label="How did it end?", required=False, widget=Select)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [("", "I shall say later"), *Ending.How.choices]


class EndingForm(Form):
    button = "Record this"
    how = forms.ChoiceField(
        label="How does it end, or did it end?",
        choices=Ending.How.choices,
        widget=Radios,
        error_messages={"required": "Choose how the placement ends; “not known yet” will do."},
    )
    planned_on = DateField(
        label="Day for which the ending is planned",
        required=False,
        help_text="Only where the child does not move to another placement of ours.",
    )
    why_not_before = forms.CharField(
        label="Why was it not reasonably practicable to tell people before it?",
        required=False,
        widget=LongText(rows=3),
        help_text="Only then does the law leave ten working days after it (reg. 14(4)).",
    )
    decided_by = forms.CharField(label="Who decided that?", required=False, max_length=200, widget=ShortText())
    decided_on = DateField(label="On which day?", required=False)


class ConfirmForm(Form):
    """Nothing but the press."""

    def __init__(self, *args, button: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.button = button


class LookAgainForm(Form):
    """A decision to leave somebody out, looked at again: it holds until another day, or it ends."""

    button = "Record what was decided"
    outcome = forms.ChoiceField(
        label="What is decided now?",
        choices=[
            ("holds", "It holds, and is looked at again on another day"),
            ("ends", "It ends: the person is told like the others from now on"),
        ],
        widget=Radios,
        error_messages={"required": "Choose what is decided now."},
    )
    reason = forms.CharField(label="Why?", widget=LongText(rows=3), error_messages={"required": "Say why."})
    decided_by = forms.CharField(
        label="Who decided?", max_length=200, widget=ShortText(), error_messages={"required": "Say who decided."}
    )
    decided_on = DateField(label="When was it decided?", error_messages=DAY_MISSING)
    look_again_on = DateField(
        label="If it holds: when is it looked at again?", required=False, help_text="Blank where it ends."
    )

    def clean(self):
        said = super().clean()
        if said.get("outcome") == "holds" and not said.get("look_again_on") and "look_again_on" not in self.errors:
            self.add_error("look_again_on", "Enter the day on which it is looked at again.")
        return said

    @property
    def ends(self) -> bool:
        return self.cleaned_data["outcome"] == "ends"

    @property
    def because(self) -> str:
        """Why it ends and who decided so, in a sentence."""
        said = self.cleaned_data
        return f"{said['reason']} Decided by {said['decided_by']} on {date_in_words(said['decided_on'])}."

    @property
    def decision(self) -> dict:
        """What is decided anew where it holds."""
        return {name: self.cleaned_data[name] for name in ("reason", "decided_by", "decided_on", "look_again_on")}


class WithholdForm(Form):
    button = "Record this decision"
    paragraph = forms.ChoiceField(
        label="Whom does it concern? (reg. 13(2))",
        choices=PARAGRAPHS,
        widget=Radios,
        error_messages={"required": "Choose whom it concerns."},
    )
    person = forms.CharField(
        label="Who is it?", max_length=200, widget=ShortText(), error_messages={"required": "Say who the person is."}
    )
    what = forms.ChoiceField(
        label="What is decided?",
        choices=Withholding.What.choices,
        widget=Radios,
        error_messages={"required": "Choose what is decided."},
    )
    reason = forms.CharField(
        label="Why?",
        widget=LongText(rows=3),
        help_text="Not told at all: only where telling would put the child at risk of significant harm. Without the "
        "address: only for a child in care, where knowing it would prejudice the child’s welfare.",
        error_messages={"required": "Say why."},
    )
    decided_by = forms.CharField(
        label="Who decided?", max_length=200, widget=ShortText(), error_messages={"required": "Say who decided."}
    )
    decided_on = DateField(label="When was it decided?", error_messages=DAY_MISSING)
    look_again_on = DateField(label="When is it looked at again?", error_messages=DAY_MISSING)
