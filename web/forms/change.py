"""In which area is a place, what changes of a placement, and what of it was recorded wrongly?"""

from datetime import datetime
from uuid import UUID

from django import forms

from placements.code_labels import labels
from placements.models import Placement
from placements.place.amendments import Changes
from placements.place.places import Place
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, Select, ShortText, Tick, london_instant

PLANNED, EMERGENCY = "planned", "emergency"
NOWHERE = Place()


class AreaForm(Form):
    """The area chosen, and where somebody chose before, how that is known to be wrong."""

    button = "Save"
    host = forms.TypedChoiceField(
        label="This postcode lies in several areas. In which of them is this address?",
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=Radios,
    )
    why = forms.CharField(
        label="How do you know that the earlier choice is wrong?", required=False, widget=LongText(rows=2)
    )
    tell_host = Tick(label="Tell the area’s authority as soon as this is saved, where notice is owed", initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, choices: list[tuple[str, str]], *args, is_chosen: bool, **kwargs):
        super().__init__(*args, **kwargs)
        nobody_knows = [("", "Nobody knows: take the choice back")] if is_chosen else []
        self.fields["host"].choices = [*choices, *nobody_knows]
        self.previews = is_chosen
        if not is_chosen:
            del self.fields["why"]

    @property
    def chosen(self) -> dict:
        """What is sent, by the action's names."""
        given = self.cleaned_data
        return {"host_id": given["host"], **{name: value for name, value in given.items() if name != "host"}}


class ChangeForm(Form):
    """A placement as it stands, to be changed where it is different now."""

    button = "Record the change"
    line = forms.CharField(label="Address, without the postcode", required=False, max_length=300, widget=ShortText())
    postcode = forms.CharField(label="Postcode", required=False, widget=ShortText(width=10))
    home_postcode = forms.CharField(label="Postcode of the child’s home", required=False, widget=ShortText(width=10))
    urn = forms.CharField(
        label="Ofsted’s number of the home or agency (URN)", required=False, widget=ShortText(width=10)
    )
    place_code = forms.ChoiceField(label="Kind of place", required=False, widget=Select)
    provider_code = forms.ChoiceField(label="Provider", required=False, widget=Select)
    legal_status = forms.ChoiceField(label="Legal status", required=False, widget=Select)
    is_in_key_stage_four = Tick(label="The child is in key stage 4, and the move disrupts that")
    reason_for_distance = forms.CharField(label="Reason for the distance", required=False, widget=LongText(rows=2))
    reason = forms.CharField(
        label="Why does this change?",
        widget=LongText(rows=2),
        help_text="Kept with what was recorded before.",
        error_messages={"required": "Say why."},
    )
    tell_host = Tick(label="Tell the area’s authority as soon as this is saved, where notice is owed", initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, placement: Placement, place: Place | None, *args, **kwargs):
        self.is_placed_openly = place is not None
        super().__init__(*args, initial=self._as_it_stands(placement, place), **kwargs)
        for name, kind in (("place_code", "place"), ("provider_code", "provider"), ("legal_status", "legal_status")):
            self.fields[name].choices = [("", "Not known")] + [
                (code, f"{words} ({code})") for code, words in labels(kind).items()
            ]
        if place is None:
            for name in NOWHERE.__dataclass_fields__:
                del self.fields[name]

    def _as_it_stands(self, placement: Placement, place: Place | None) -> dict:
        names = ("place_code", "provider_code", "legal_status", "is_in_key_stage_four", "reason_for_distance")
        where = {name: getattr(place or NOWHERE, name) for name in NOWHERE.__dataclass_fields__}
        return {name: getattr(placement, name) for name in names} | where | {"version": placement.version}

    def field_of(self, name: str) -> str | None:
        return super().field_of("line" if name == "place" else name)

    @property
    def changes(self) -> Changes:
        """Everything as it is to be; what is the same changes nothing."""
        given = self.cleaned_data
        names = ("place_code", "provider_code", "legal_status", "is_in_key_stage_four", "reason_for_distance")
        place = Place(**{name: given[name] for name in NOWHERE.__dataclass_fields__}) if self.is_placed_openly else None
        return Changes(place=place, **{name: given[name] for name in names})

    @property
    def besides(self) -> dict:
        """What is said of the change itself, by the action's names."""
        given = self.cleaned_data
        return {name: given[name] for name in ("reason", "tell_host", "version")}


class AmendForm(ChangeForm):
    is_move_of_house = Tick(
        label="The carer moved house with the child",
        help_text="The same placement at a new address: approvals stand, and telling the new area is good practice.",
    )
    effective_on = DateField(label="Since which day, if not today?", required=False)

    def field_of(self, name: str) -> str | None:
        return super().field_of("is_move_of_house" if name == "kind" else name)

    @property
    def besides(self) -> dict:
        given = self.cleaned_data
        return super().besides | {name: given[name] for name in ("is_move_of_house", "effective_on")}


class CorrectForm(ChangeForm):
    button = "Record the correction"
    manner = forms.ChoiceField(
        label="Was it planned, or made in an emergency?",
        choices=[("", "As it is recorded"), (PLANNED, "Planned"), (EMERGENCY, "In an emergency")],
        required=False,
        widget=Select,
    )
    started_on = DateField(label="Day of the start, where another is right", required=False)
    started_at_time = ClockField(label="Time of the start", required=False)
    ended_on = DateField(label="Day of the end, where it has ended and another is right", required=False)
    ended_at_time = ClockField(label="Time of the end", required=False)

    def clean(self):
        given = super().clean()
        for what, moment in (("start", "started"), ("end", "ended")):
            if bool(given.get(f"{moment}_on")) != bool(given.get(f"{moment}_at_time")):
                self.add_error(f"{moment}_at_time", f"Give the day and the time of the {what}, or neither.")
        return given

    def field_of(self, name: str) -> str | None:
        names = {"started_at": "started_on", "ended_at": "ended_on", "is_emergency": "manner"}
        return super().field_of(names.get(name, name))

    @property
    def changes(self) -> Changes:
        given = self.cleaned_data
        manner = {PLANNED: False, EMERGENCY: True}.get(given["manner"])
        moments = {"started_at": self._moment("started"), "ended_at": self._moment("ended")}
        return Changes(**(vars(super().changes) | {"is_emergency": manner} | moments))

    def _moment(self, which: str) -> datetime | None:
        given = self.cleaned_data
        on = given[f"{which}_on"]
        return london_instant(on, given[f"{which}_at_time"]) if on else None
