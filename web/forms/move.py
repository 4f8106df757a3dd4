"""Which move is registered: where, when, planned or already happened?"""

from datetime import datetime
from uuid import UUID

from django import forms

from placements.code_labels import labels
from placements.place.places import Place
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, Select, ShortText, Tick, london_instant

PLANNED, HAPPENED, EMERGENCY = "planned", "happened", "emergency"


class MoveForm(Form):
    """The answers that a move needs; codes of the return may be left for later.

    `host_id` is the area chosen on the check page, where the postcode lies in several.
    """

    host_id: UUID | None = None
    button = "Check before saving"
    manner = forms.ChoiceField(
        label="Has it happened?",
        choices=[
            (PLANNED, "No, it is planned"),
            (HAPPENED, "Yes, it was planned, and is recorded only now"),
            (EMERGENCY, "Yes, the child was placed in an emergency"),
        ],
        widget=Radios,
        error_messages={"required": "Say whether the move is planned or has happened in an emergency."},
    )
    starts_on = DateField(
        label="Day of the move", error_messages={"required": "Enter the day of the move: day, month and year."}
    )
    at_time = ClockField(label="Time, where it has happened", required=False)
    line = forms.CharField(label="Address, without the postcode", required=False, max_length=300, widget=ShortText())
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        widget=ShortText(width=10),
        help_text="Leave it empty if nobody knows it yet: the move can be recorded all the same.",
    )
    place_code = forms.ChoiceField(label="Kind of place", required=False, widget=Select)
    provider_code = forms.ChoiceField(label="Provider", required=False, widget=Select)
    urn = forms.CharField(
        label="Ofsted’s number of the home or agency (URN)", required=False, widget=ShortText(width=10)
    )
    home_postcode = forms.CharField(
        label="Postcode of the child’s home",
        required=False,
        widget=ShortText(width=10),
        help_text="For the distance in the yearly return. It decides nothing in law.",
    )
    legal_status = forms.ChoiceField(
        label="Legal status", required=False, widget=Select, help_text="Empty: as the child’s record says on the day."
    )
    is_in_key_stage_four = Tick(
        label="The child is in key stage 4 (years 10 and 11), and the move disrupts that",
        help_text="The nominated officer must then approve it too.",
    )
    reason_for_distance = forms.CharField(
        label="Why there and not nearer?",
        required=False,
        widget=LongText(rows=2),
        help_text="For a place out of area. The places that were asked are recorded after this is saved. No host is told.",
    )
    why_not_before = forms.CharField(
        label="Why was no approval recorded before it started?",
        required=False,
        max_length=300,
        widget=ShortText(),
        help_text="Only for a planned move that has happened already. It is recorded as a breach where approval was needed.",
    )
    is_restricted = Tick(
        label="Keep this address closed",
        help_text="Nobody without a named grant will get it, or anything that gives it away. You get a grant.",
    )
    tell_host = Tick(
        label="Tell the area’s authority as soon as this is saved, where notice is owed",
        help_text="About a planned move at a distance it is asked first, with the care plan, and told by the notice.",
        initial=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, kind in (("place_code", "place"), ("provider_code", "provider"), ("legal_status", "legal_status")):
            self.fields[name].choices = [("", "Not known")] + [
                (code, f"{words} ({code})") for code, words in labels(kind).items()
            ]

    @classmethod
    def as_initial(cls, answers: dict) -> dict:
        """Answers as they were typed, as the first values of a form that is shown again."""
        form = cls(answers)
        form.is_valid()
        return form.cleaned_data

    @property
    def details_of_a_plan(self) -> dict:
        """What is asked of a planned move alone."""
        names = ("is_in_key_stage_four", "reason_for_distance")
        # Ticked, the law's order holds: told at once, or asked first.
        tell_host = None if self.cleaned_data["tell_host"] else False
        return self.details | {"tell_host": tell_host} | {name: self.cleaned_data[name] for name in names}

    def clean(self):
        given = super().clean()
        if given.get("manner") in (HAPPENED, EMERGENCY) and not given.get("at_time") and "at_time" not in self.errors:
            self.add_error("at_time", "Enter the time at which the child was placed.")
        return given

    def field_of(self, name: str) -> str | None:
        if name in ("started_at", "planned_start_on"):
            return "starts_on"
        return super().field_of("why_not_before" if name == "breach_reason" else name)

    @property
    def is_emergency(self) -> bool:
        return self.cleaned_data["manner"] == EMERGENCY

    @property
    def has_happened(self) -> bool:
        """A planned move that is registered only after its start."""
        return self.cleaned_data["manner"] == HAPPENED

    @property
    def started_at(self) -> datetime:
        """The London instant of a start that has happened."""
        return london_instant(self.cleaned_data["starts_on"], self.cleaned_data["at_time"])

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        return Place(
            line=given["line"], postcode=given["postcode"], home_postcode=given["home_postcode"], urn=given["urn"]
        )

    @property
    def details(self) -> dict:
        """What planned and emergency moves have in common, by the action's names."""
        names = ("place_code", "provider_code", "legal_status", "is_restricted", "tell_host")
        return {"place": self.place, "host_id": self.host_id} | {name: self.cleaned_data[name] for name in names}
