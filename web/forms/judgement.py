"""How is a judgement about a place asked, and a conversation about several of them?"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django import forms

from placements.actions.judgements import POSSIBLE
from placements.models import Judgement, Screening
from placements.owed.judgements_owed import said_of
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, ShortText, london_instant

WRITE_IT = {"required": "Write it in words."}


class JudgementForm(Form):
    """Four boxes, and whether they agree with what is shared; `screening` and `supersedes` say what was on the page."""

    button = "Save this judgement"
    known_and_not_known = forms.CharField(
        label="What is known, and what is not known?", widget=LongText(rows=6), error_messages=WRITE_IT
    )
    thinks_and_why = forms.CharField(
        label="What do you think, and why?", widget=LongText(rows=6), error_messages=WRITE_IT
    )
    agreement = forms.ChoiceField(
        label="Does this agree with what is shared about the place?",
        widget=Radios,
        error_messages={"required": "Choose one: you may differ, either way."},
    )
    asked_whom = forms.CharField(
        label="Who was asked about the place?",
        required=False,
        max_length=500,
        widget=ShortText(),
        help_text="Needed where the area’s authority shares nothing with us.",
    )
    asked_on = DateField(label="When were they asked?", required=False)
    they_said = forms.CharField(label="What did they say?", required=False, widget=LongText())
    look_again_on = DateField(
        label="When will you look again?", error_messages={"required": "Enter the day, the month and the year."}
    )
    screening = forms.UUIDField(required=False, widget=forms.HiddenInput)
    supersedes = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, read: Screening | None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = [(one.value, one.label) for one in POSSIBLE[said_of(read)]]

    @property
    def answers(self) -> dict:
        """The answers as the action asks for them."""
        given = dict(self.cleaned_data)
        return given | {"screening_id": given.pop("screening"), "supersedes_id": given.pop("supersedes")}


class ConversationForm(Form):
    """One conversation about several children: a day, a time, and words about each that was talked of."""

    button = "Record this conversation"
    on = DateField(
        label="Which day did you talk?", error_messages={"required": "Enter the day, the month and the year."}
    )
    at_time = ClockField(label="At what time?")

    def __init__(self, waiting: Iterable[Judgement], *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in waiting:
            child = one.placement.child
            self.fields[self._name(one.id)] = forms.CharField(
                label=f"What did it come to about {child.name} ({child.reference})?",
                required=False,
                widget=LongText(),
                help_text=f"{one.written_by} wrote: {one.thinks_and_why} Leave it empty where you did not talk of it.",
            )
        self.about = [one.id for one in waiting]

    @property
    def held_at(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])

    @property
    def words(self) -> dict[UUID, str]:
        """The words about each judgement that was talked of."""
        given = {one: self.cleaned_data[self._name(one)] for one in self.about}
        return {one: words for one, words in given.items() if words.strip()}

    def field_of(self, name: str) -> str | None:
        return "on" if name == "held_at" else super().field_of(name)

    def _name(self, judgement_id: UUID) -> str:
        return f"about_{judgement_id}"


class PeriodForm(Form):
    button = "Show this period"
    starts_on = DateField(label="First day", error_messages={"required": "Enter the day, the month and the year."})
    ends_on = DateField(label="Last day", error_messages={"required": "Enter the day, the month and the year."})
