"""How does a placement's start, end or not going ahead become recorded?"""

from datetime import datetime

from django import forms

from web.forms.base import Form
from web.forms.fields import Checkboxes, ClockField, DateField, LongText, Radios, london_instant

TOLD, NO_TRACE_PLANNED, NO_TRACE_EMERGENCY = "told", "no_trace_planned", "no_trace_emergency"


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
    """One answer for many placements: the host was told before Placewatch, and how we know; or no trace is found."""

    button = "State this for the placements that I ticked"
    answer = forms.ChoiceField(
        label="What did you find?",
        choices=[
            (TOLD, "The host was told before Placewatch"),
            (NO_TRACE_PLANNED, "No trace that it was told; the placement was planned"),
            (NO_TRACE_EMERGENCY, "No trace that it was told; it was an emergency"),
        ],
        initial=TOLD,
        widget=Radios,
        error_messages={"required": "Say what you found."},
    )
    placements = forms.MultipleChoiceField(
        label="Placements",
        widget=Checkboxes,
        error_messages={"required": "Tick the placements that you state this for."},
    )
    told_on = DateField(label="If it was told: when?", required=False)
    evidence = forms.CharField(
        label="If it was told: how do you know?",
        required=False,
        widget=LongText(rows=2),
        help_text="A letter, an e-mail, a file note: where it is kept.",
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["placements"].choices = choices

    def clean(self):
        given = super().clean()
        if given.get("answer") == TOLD:
            for name, said in (
                ("told_on", "Enter the day, the month and the year."),
                ("evidence", "Say how you know that the host was told."),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return given

    @property
    def was_told(self) -> bool:
        return self.cleaned_data["answer"] == TOLD

    @property
    def was_emergency(self) -> bool:
        """Of placements of which no trace is found."""
        return self.cleaned_data["answer"] == NO_TRACE_EMERGENCY
