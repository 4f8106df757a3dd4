"""Around which place, and how much ground, is the map drawn?"""

from django import forms
from django.core.exceptions import ValidationError

from geo.exceptions import NotAPostcode
from geo.place import places_of_postcodes
from geo.postcodes import normalise
from hotspots.maps import Frame
from web.forms.base import Form
from web.forms.fields import Radios, ShortText

FRAMES = (("500", "1 kilometre"), ("2500", "5 kilometres"), ("10000", "20 kilometres"), ("50000", "100 kilometres"))
NO_GRID = "This postcode has no grid reference here, so no map can be drawn around it."
# To where a step takes the middle, in halves of the frame; and how much wider the frame becomes.
STEPS = {
    "north": (0, 1, 1),
    "south": (0, -1, 1),
    "east": (1, 0, 1),
    "west": (-1, 0, 1),
    "nearer": (0, 0, 0.5),
    "farther": (0, 0, 2),
}
LEAST_HALF, MOST_HALF = 250, 200_000


class MapForm(Form):
    """A place by its postcode; nothing of it is kept."""

    button = "Show the map"
    postcode = forms.CharField(label="Around which postcode?", widget=ShortText(width=10))
    half_metres = forms.TypedChoiceField(label="How wide?", choices=FRAMES, coerce=int, initial="2500", widget=Radios)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on

    def clean_postcode(self) -> tuple[float, float]:
        """The point of the postcode, in metres of the National Grid."""
        try:
            postcode = normalise(self.cleaned_data["postcode"])
        except NotAPostcode as fault:
            raise ValidationError(str(fault)) from fault
        place = places_of_postcodes([postcode], self._on)[postcode]
        if place.easting is None:
            raise ValidationError(place.reason or NO_GRID)
        return place.easting, place.northing

    @property
    def frame(self) -> Frame:
        """The ground that was asked for."""
        return Frame(*self.cleaned_data["postcode"], self.cleaned_data["half_metres"])


class StepForm(forms.Form):
    """One step from the map that stands: further north, south, east, west, nearer or farther away."""

    easting = forms.FloatField(min_value=-500_000, max_value=1_500_000)
    northing = forms.FloatField(min_value=-500_000, max_value=2_000_000)
    half_metres = forms.FloatField(min_value=LEAST_HALF, max_value=MOST_HALF)
    step = forms.ChoiceField(choices=[(name, name) for name in STEPS])

    @property
    def frame(self) -> Frame:
        """The ground after the step."""
        east, north, wider = STEPS[self.cleaned_data["step"]]
        half = self.cleaned_data["half_metres"]
        return Frame(
            self.cleaned_data["easting"] + east * half,
            self.cleaned_data["northing"] + north * half,
            min(MOST_HALF, max(LEAST_HALF, half * wider)),
        )
