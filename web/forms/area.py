"""What does an owner say of an area of concern, and with whom does it share it?"""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from hotspots import coordinates, drafting
from hotspots.actions import DEFAULT_DISTANCE_METRES
from hotspots.coordinates import LineNotReadable, System
from hotspots.drafting import Said
from hotspots.models import Condition, Hotspot, Share, Version
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, Select, ShortText, Tick

SYSTEMS = [
    (System.EASTING_NORTHING.value, "Easting and northing, in metres of the National Grid"),
    (System.LONGITUDE_LATITUDE.value, "Longitude and latitude, in degrees"),
]
NOTHING = "nothing"
LEVELS = [(NOTHING, "Nothing, from now on"), *Share.Level.choices]


def line(label: str, *, longest: int = 200, required: str = "", hint: str = "") -> forms.CharField:
    """One line of text; `required` is the sentence said where it is missing."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        widget=ShortText(),
        help_text=hint,
        error_messages={"required": required} if required else None,
    )


def words(label: str, *, longest: int, rows: int = 4, hint: str = "") -> forms.CharField:
    """Several lines of text that may stay empty."""
    return forms.CharField(label=label, max_length=longest, required=False, widget=LongText(rows=rows), help_text=hint)


class AreaForm(Form):
    """What is said of an area, and its corners. The map, where the browser has one, writes into the corners."""

    button = "Save as a draft"
    reference = line("Your own reference", required="Give the area a reference of your own.")
    name = line("Name", hint="Told only to partners who may know the shape.")
    kind_of_place = line("Kind of place", hint="In your own words, such as canal towpath or takeaway.")
    concern = line("What is the concern?", longest=2000, hint="In your own words, such as collected by car, evenings.")
    corners = forms.CharField(
        label="Corners",
        max_length=500_000,
        widget=LongText(rows=8),
        help_text="One corner a line: two numbers. An empty line begins another part. "
        "A line with the word hole cuts the ring after it out of the part above.",
        error_messages={"required": "Give at least three corners, one a line."},
    )
    system = forms.TypedChoiceField(
        label="What are the two numbers?",
        coerce=int,
        choices=SYSTEMS,
        widget=Radios(),
        error_messages={"required": "Say what the two numbers are."},
    )
    first_supported_on = DateField(label="First supported on", required=False)
    last_supported_on = DateField(label="Last supported on", required=False)
    review_on = DateField(
        label="Look at it again by", required=False, help_text="After this day it is shown as old news."
    )
    expires_on = DateField(
        label="Tell nobody from this day on", required=False, help_text="Leave it empty if you will decide yourself."
    )
    originator = line(
        "Who gave it to you?", hint="A police force, for one. Named only to a reader whom its condition stops."
    )
    condition_kinds = forms.MultipleChoiceField(
        label="Conditions that came with it", required=False, choices=Condition.choices, widget=Checkboxes()
    )
    conditions = words(
        "The conditions in words", longest=2000, rows=3, hint="Words without a tick above bind as all of them do."
    )
    grading = forms.CharField(
        label="What the police wrote beside it",
        max_length=200,
        required=False,
        strip=False,
        widget=ShortText(),
        help_text="Kept exactly as it came, and shown to nobody.",
    )
    narrative = words("What is known", longest=20_000, rows=6, hint="For your own authority. Told to no partner.")

    def __init__(self, *args, version: Version | None = None, **kwargs):
        self.version = version
        if version:
            kwargs["initial"] = _initial(version)
        super().__init__(*args, **kwargs)
        if version:
            self.button = "Save the change" if version.hotspot.state == Hotspot.State.DRAFT else "Publish the change"
            del self.fields["reference"]
            self.fields["grading"].help_text = "Leave it empty to keep what is held. It is shown to nobody."

    def clean_corners(self) -> dict:
        """The corners as a GeoJSON geometry."""
        try:
            return coordinates.read(self.cleaned_data["corners"])
        except LineNotReadable as fault:
            raise forms.ValidationError(str(fault)) from None

    def field_of(self, name: str) -> str | None:
        return "corners" if name == "shape" else super().field_of(name)

    def asked(self) -> dict[str, Any]:
        """The arguments `said` and `shape` of an action. Raises AreaRefused."""
        given = self.cleaned_data
        said = Said(**{name: given[name] for name in Said.__dataclass_fields__})
        return {"said": said, "shape": drafting.shape_of(given["corners"], given["system"])}


class ChangeForm(AreaForm):
    number = forms.IntegerField(widget=forms.HiddenInput())
    is_correction = Tick(label="The version before was wrong: it is not to be relied on")
    correction = words("What was wrong with it?", longest=2000, rows=3)
    field_order = ("number",)
    previews = True

    def __init__(self, *args, version: Version, **kwargs):
        super().__init__(*args, version=version, **kwargs)
        self.looks_first = version.hotspot.state == Hotspot.State.SHARED

    def clean(self):
        given = super().clean()
        if given.get("is_correction") and not given.get("correction", "").strip():
            self.add_error("correction", "Say what was wrong.")
        return given

    def asked(self) -> dict[str, Any]:
        given = self.cleaned_data
        correction = given["correction"] if given["is_correction"] else ""
        return super().asked() | {"number": given["number"], "correction": correction}


class ShareForm(Form):
    """Partners are those with whom an agreement stands."""

    button = "Share"
    looks_first = True
    partners = forms.TypedMultipleChoiceField(
        label="With whom?", coerce=UUID, widget=Checkboxes(), error_messages={"required": "Choose at least one."}
    )
    level = forms.ChoiceField(
        label="What may they be told?",
        choices=LEVELS,
        widget=Radios(),
        error_messages={"required": "Choose what they may be told."},
    )
    distance_metres = forms.IntegerField(
        label="Near means within how many metres?",
        min_value=100,
        max_value=20_000,
        widget=ShortText(width=5, inputmode="numeric"),
        help_text="For contact only, and for near or not. Your choice; the reader's own radius does not count.",
        error_messages={"required": "Give a number of metres, such as 1000."},
    )

    def __init__(self, partners: list[tuple[str, str]], *args, **kwargs):
        kwargs.setdefault("initial", {"level": Share.Level.PROXIMITY, "distance_metres": DEFAULT_DISTANCE_METRES})
        super().__init__(*args, **kwargs)
        self.fields["partners"].choices = partners


class FindForm(Form):
    """Which of the authority's own areas are listed; all where nothing is asked. Partners are those of an agreement."""

    button = "Show these"
    words = line("Reference or name", longest=100, hint="A part of it is enough.")
    state = forms.ChoiceField(
        label="State", required=False, widget=Select(), choices=[("", "Any"), *Hotspot.State.choices]
    )
    partner = forms.TypedChoiceField(
        label="Shared with", required=False, coerce=UUID, empty_value=None, widget=Select()
    )

    def __init__(self, partners: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "Anybody or nobody"), *partners]

    def of(self, areas: QuerySet[Hotspot]) -> QuerySet[Hotspot]:
        """Those that are meant; none where it cannot be read what is meant."""
        if not self.is_valid():
            return areas.none()
        asked = self.cleaned_data
        if asked["words"]:
            is_named = Q(versions__superseded_at=None, versions__name__icontains=asked["words"])
            areas = areas.filter(Q(reference__icontains=asked["words"]) | is_named).distinct()
        if asked["state"]:
            areas = areas.filter(state=asked["state"])
        if asked["partner"]:
            areas = areas.filter(
                id__in=Share.objects.filter(partner_id=asked["partner"], superseded_at=None).values("hotspot_id")
            )
        return areas


class PublishForm(Form):
    button = "Publish"
    looks_first = True


class LapseForm(Form):
    button = "Let it lapse"
    reason = words("Why?", longest=2000, rows=3)


class WithdrawForm(Form):
    button = "Withdraw it for good"
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        widget=LongText(rows=3),
        help_text="Partners are told that it is withdrawn, not why.",
        error_messages={"required": "Say why it is withdrawn."},
    )


class CoverageForm(Form):
    button = "Say this"
    shares = forms.TypedChoiceField(
        label="Do you share areas of concern?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=Radios(),
        error_messages={"required": "Say whether you share."},
    )
    scope = words("What do they cover?", longest=2000, rows=3, hint="Which places and which kinds of concern.")
    last_looked_on = DateField(label="When did you last look?")
    review_on = DateField(label="When will you look again?", required=False)


def _initial(version: Version) -> dict[str, Any]:
    said = {name: getattr(version, name) for name in Said.__dataclass_fields__ if name != "grading"}
    corners = coordinates.write(drafting.shape_in(version))
    return said | {"corners": corners, "system": System.EASTING_NORTHING.value, "number": version.number}
