"""Which emergency move is it? Five answers: who, where, kind of place, when, and why it cannot wait."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django import forms

from placements.actions.emergencies import OLDEST, FiveAnswers, NotInRegister
from placements.models import Child
from placements.place.kinds_of_place import kinds_of_place
from placements.place.places import Place
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, Radios, ShortText, london_instant

TONIGHT, TOMORROW, THERE = "tonight", "tomorrow", "there"
NOT_IN_REGISTER = "none"


class EmergencyForm(Form):
    """The five answers. Who it is is found by the words; only where that leaves a doubt is one question more asked.

    `found` are the children whom the words find, None before anybody asked.
    """

    button = "See what follows"
    who = forms.CharField(
        label="1. Who is moving?",
        max_length=100,
        widget=ShortText(width=20),
        help_text="Name or your reference; the beginning is enough. A child who is not in the register can be recorded.",
        error_messages={"required": "Write who is moving: a name, or your reference."},
    )
    child = forms.ChoiceField(
        label="Which child is it?", widget=Radios, error_messages={"required": "Choose which child it is."}
    )
    about_age = forms.IntegerField(
        label="This child is not in the register. About how old is the child?",
        min_value=0,
        max_value=OLDEST,
        required=False,
        widget=ShortText(width=2, inputmode="numeric"),
        help_text="In years. The record gets a provisional reference, and the date of birth is marked as an estimate.",
    )
    line = forms.CharField(
        label="2. Where to? Address, or what is known of it", required=False, max_length=300, widget=ShortText()
    )
    postcode = forms.CharField(
        label="Postcode", required=False, widget=ShortText(width=10), help_text="Leave it empty if nobody knows it."
    )
    kind = forms.ChoiceField(
        label="3. What kind of place is it?",
        widget=Radios,
        error_messages={"required": "Choose the kind of place, or that nobody knows yet."},
    )
    when = forms.ChoiceField(
        label="4. When?",
        choices=[
            (TONIGHT, "Tonight, or later today"),
            (TOMORROW, "Tomorrow"),
            (THERE, "The child is there already"),
        ],
        widget=Radios,
        error_messages={"required": "Say when the child moves."},
    )
    arrived_on = DateField(label="If the child is there already: since which day?", required=False)
    arrived_at_time = ClockField(label="And since what time?", required=False)
    why_not_wait = forms.CharField(
        label="5. Why can it not wait?",
        max_length=300,
        widget=ShortText(),
        error_messages={"required": "Say in a line why it cannot wait."},
    )

    def __init__(self, found: Sequence[Child] | None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = found
        self.fields["kind"].choices = [(name, kind.words) for name, kind in kinds_of_place().items()]
        if not found or len(found) == 1:
            del self.fields["child"]
        else:
            self.fields["child"].choices = [
                *((str(one.id), f"{one.name} ({one.reference}), born {one.born_on:%-d %B %Y}") for one in found),
                (NOT_IN_REGISTER, "None of these: the child is not in the register"),
            ]
        if found is None or len(found) == 1:
            del self.fields["about_age"]

    def clean(self):
        given = super().clean()
        if "about_age" in self.fields and self._is_unknown(given) and given.get("about_age") is None:
            self.add_error("about_age", f"Give about how old the child is, in years, from 0 to {OLDEST}.")
        if given.get("when") == THERE:
            for name, said in (("arrived_on", "Enter the day."), ("arrived_at_time", "Enter the time.")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, said)
        return given

    def field_of(self, name: str) -> str | None:
        names = {"started_at": "arrived_on", "given_name": "who"}
        return super().field_of(names.get(name, name))

    @property
    def is_tonight(self) -> bool:
        return self.cleaned_data["when"] == TONIGHT

    def answers(self, *, today: date, host_id: UUID | None) -> FiveAnswers:
        """The five answers as the action takes them."""
        given = self.cleaned_data
        return FiveAnswers(
            who=self._who(),
            place=Place(line=given["line"], postcode=given["postcode"]),
            kind=given["kind"],
            on=today + timedelta(days=given["when"] == TOMORROW),
            why_not_wait=given["why_not_wait"],
            arrived_at=self._arrived_at(),
            host_id=host_id,
        )

    def _arrived_at(self) -> datetime | None:
        given = self.cleaned_data
        return london_instant(given["arrived_on"], given["arrived_at_time"]) if given["when"] == THERE else None

    def _who(self) -> UUID | NotInRegister:
        given = self.cleaned_data
        if self._is_unknown(given):
            first, _, others = given["who"].strip().partition(" ")
            return NotInRegister(given_name=first, family_name=others.strip(), about_age=given["about_age"])
        return self.found[0].id if len(self.found) == 1 else UUID(given["child"])

    def _is_unknown(self, given: dict) -> bool:
        return not self.found or given.get("child") == NOT_IN_REGISTER


class HostForm(Form):
    """In which area does the place lie, of those that its postcode leaves possible?"""

    button = "This is the area"
    host = forms.TypedChoiceField(
        label="This postcode lies in several areas. In which of them is this address?",
        coerce=UUID,
        widget=Radios,
        error_messages={"required": "Choose the area."},
    )

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = choices
