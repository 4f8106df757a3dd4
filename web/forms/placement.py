"""How does a placement's start, end or not going ahead become recorded?"""

from datetime import datetime

from django import forms

from web.forms.base import Form
from web.forms.fields import Checkboxes, ClockField, DateField, LongText, london_instant


class MomentForm(Form):
    """A day and a time that lie behind us; `version` says which state of the placement was on the page."""

    button = "Record it"
    on = DateField(label="Day", error_messages={"required": "Enter the day, the month and the year."})
    at_time = ClockField(label="Time")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def field_of(self, name: str) -> str | None:
        return "on" if name in ("started_at", "ended_at") else super().field_of(name)

    @property
    def besides(self) -> dict:
        """What else is said of the moment, with the version that was on the page."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("on", "at_time")}

    @property
    def moment(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])


class StartForm(MomentForm):
    breach_reason = forms.CharField(
        label="Why did it start without approval?",
        required=False,
        widget=LongText(rows=2),
        help_text="Only where an approval is missing, or came after the start. It is then recorded as a breach.",
    )


class WithdrawForm(Form):
    button = "Record that it does not go ahead"
    reason = forms.CharField(
        label="Why does the move not go ahead?",
        widget=LongText(),
        error_messages={"required": "Say why the move does not go ahead."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ToldBeforeForm(Form):
    """One answer for many placements: the host was told before Placewatch, and how we know."""

    button = "State this for the placements that I ticked"
    placements = forms.MultipleChoiceField(
        label="Placements",
        widget=Checkboxes,
        error_messages={"required": "Tick the placements that you state this for."},
    )
    told_on = DateField(
        label="When was the host told?", error_messages={"required": "Enter the day, the month and the year."}
    )
    evidence = forms.CharField(
        label="How do you know?",
        widget=LongText(rows=2),
        help_text="A letter, an e-mail, a file note: where it is kept.",
        error_messages={"required": "Say how you know that the host was told."},
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placements"].choices = choices
