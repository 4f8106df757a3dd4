"""How is an approver asked for a decision, and how is one recorded that somebody took on the telephone?"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django import forms

from accounts.models import User
from placements.models import Approval, GatheredEvidence
from placements.rules.satisfied_of import READ_FROM_THE_RECORD, Answer, Item, Standing
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, Tick, london_instant


class DecisionForm(Form):
    """For each thing that the record does not show, a box for evidence and one for a reason; then yes or no."""

    button = "Record my decision"
    decision = forms.ChoiceField(
        label="Do you approve?",
        choices=[("approved", "Yes, I approve this placement"), ("declined", "No, I decline it")],
        widget=Radios,
        error_messages={"required": "Choose one."},
    )
    words = forms.CharField(
        label="In your own words", required=False, widget=LongText(), help_text="Needed where you decline."
    )

    def __init__(self, items: Iterable[Item], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = [item.requirement.code for item in items if not item.is_answered]
        asked = {}
        for item in items:
            if not item.is_answered:
                asked |= _boxes(item)
        self.fields = asked | self.fields

    @property
    def decided(self) -> dict:
        """The decision by the action's names."""
        given = self.cleaned_data
        answers = {
            code: Answer(evidence=given.get(f"evidence_{code}", ""), reason=given.get(f"reason_{code}", ""))
            for code in self.codes
        }
        return {"decision": given["decision"], "words": given["words"], "answers": answers}


class RecordedDecisionForm(DecisionForm):
    """The same for a decision of somebody else: who took it, and when, apart from now."""

    button = "Record this decision"
    decider = forms.ChoiceField(
        label="Who decided?", widget=Radios, error_messages={"required": "Say who decided: only they could."}
    )
    on = DateField(label="Which day?", error_messages={"required": "Enter the day, the month and the year."})
    at_time = ClockField(label="At what time did they decide?")
    is_by_telephone = Tick(label="They said so on the telephone", initial=True)
    field_order = ("decider", "on", "at_time", "is_by_telephone")

    def __init__(self, deciders: Iterable[tuple[User, str]], items: Iterable[Item], *args, **kwargs):
        super().__init__(items, *args, **kwargs)
        self.fields["decision"].label = "What did they decide?"
        self.fields["decision"].choices = [(value, label) for value, label in Approval.Decision.choices]
        self.fields["words"].label = "In their words"
        self.fields["words"].help_text = "Needed where they declined."
        self.fields["decider"].choices = [(str(one.id), f"{one.name}, {office}") for one, office in deciders]
        self.order_fields(self.field_order)

    def field_of(self, name: str) -> str | None:
        return "on" if name == "decided_at" else super().field_of(name)

    @property
    def decided_at(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])

    @property
    def decided(self) -> dict:
        return super().decided | {
            "decider_id": self.cleaned_data["decider"],
            "decided_at": self.decided_at,
            "is_by_telephone": self.cleaned_data["is_by_telephone"],
        }


class GatherForm(Form):
    """For each thing that the record does not show, what is held for it, to be written before anybody decides."""

    button = "Save what there is"

    def __init__(self, items: Iterable[Item], held: Mapping[str, GatheredEvidence], *args, **kwargs):
        asked = [one for one in items if one.standing is not Standing.SATISFIED or one.requirement.code in held]
        self.codes = [one.requirement.code for one in asked]
        initial = {}
        for code, one in held.items():
            initial |= {f"evidence_{code}": one.evidence, f"reason_{code}": one.reason}
        super().__init__(*args, initial=initial, **kwargs)
        for item in asked:
            self.fields |= _boxes(item)

    @property
    def answers(self) -> dict[str, Answer]:
        """What stands in the boxes, by the code of the item."""
        given = self.cleaned_data
        return {
            code: Answer(evidence=given.get(f"evidence_{code}", ""), reason=given.get(f"reason_{code}", ""))
            for code in self.codes
        }


class ConfirmForm(Form):
    button = "Yes, that is what I decided"


def _boxes(item: Item) -> dict[str, forms.Field]:
    """What can be written against an item: where only the record can show it, a reason alone."""
    code, sentence = item.requirement.code, item.requirement.sentence
    reason = forms.CharField(
        label="Or the reason why not",
        required=False,
        widget=LongText(rows=2),
        help_text=f"Against: {sentence}",
    )
    if code in READ_FROM_THE_RECORD:
        reason.label = "Why not, if you decide without it"
        return {f"reason_{code}": reason}
    evidence = forms.CharField(
        label=sentence, required=False, widget=LongText(rows=2), help_text="The evidence for it."
    )
    return {f"evidence_{code}": evidence, f"reason_{code}": reason}
