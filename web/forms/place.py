"""Which place is asked about?"""

from django import forms
from django.core.exceptions import ValidationError

from web.forms.base import Form
from web.forms.fields import DateField, ShortText


class PlaceForm(Form):
    """A place by its postcode or by its grid point; no child is named."""

    button = "Look it up"
    postcode = forms.CharField(label="Postcode of the place", required=False, widget=ShortText(width=10))
    easting = forms.FloatField(
        label="Or: metres east (British National Grid)",
        required=False,
        min_value=0,
        max_value=700_000,
        widget=ShortText(width=10, inputmode="decimal"),
    )
    northing = forms.FloatField(
        label="And metres north",
        required=False,
        min_value=0,
        max_value=1_300_000,
        widget=ShortText(width=10, inputmode="decimal"),
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day, the month and the year."})
    home_postcode = forms.CharField(
        label="Postcode of the child’s home, if you want the distance", required=False, widget=ShortText(width=10)
    )

    def clean(self):
        given = super().clean()
        has_point = given.get("easting") is not None and given.get("northing") is not None
        if not given.get("postcode") and not has_point and not self.errors:
            raise ValidationError("Give a postcode, or metres east and metres north.")
        return given
