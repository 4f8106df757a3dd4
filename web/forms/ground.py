"""Which ground does the drawing of an area ask for? A square around a point, or around a postcode."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from geo.exceptions import NotAPostcode
from geo.place import places_of_postcodes
from geo.postcodes import normalise
from hotspots.maps import Frame

LEAST_HALF, MOST_HALF = 50, 700_000
AROUND_A_POSTCODE_METRES = 400


class GroundForm(forms.Form):
    """Metres of the National Grid; a postcode, where one is given, is the middle instead."""

    easting = forms.FloatField(min_value=-1_000_000, max_value=2_000_000)
    northing = forms.FloatField(min_value=-1_000_000, max_value=2_500_000)
    half_metres = forms.FloatField(min_value=LEAST_HALF, max_value=MOST_HALF)
    postcode = forms.CharField(required=False, max_length=20)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on

    def clean_postcode(self) -> tuple[float, float] | None:
        """The point of the postcode; None where none was asked for."""
        if not self.cleaned_data["postcode"]:
            return None
        try:
            postcode = normalise(self.cleaned_data["postcode"])
        except NotAPostcode as fault:
            raise ValidationError(str(fault)) from fault
        place = places_of_postcodes([postcode], self._on)[postcode]
        if place.easting is None:
            raise ValidationError("This postcode has no grid reference here.")
        return place.easting, place.northing

    @property
    def frame(self) -> Frame:
        """The ground that was asked for."""
        given = self.cleaned_data
        if given["postcode"]:
            return Frame(*given["postcode"], AROUND_A_POSTCODE_METRES)
        return Frame(given["easting"], given["northing"], given["half_metres"])
