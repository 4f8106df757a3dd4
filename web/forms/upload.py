"""Which file of areas is sent, and what shall become of it?"""

from typing import Any
from uuid import UUID

from django import forms

from hotspots.actions import DEFAULT_DISTANCE_METRES
from hotspots.files.uploads import AT_ONCE_BYTES, MOST_BYTES, How
from hotspots.models import Share
from web.forms.area import SYSTEMS
from web.forms.base import Form
from web.forms.fields import Checkboxes, Radios, ShortText

AS_THE_FILE_SAYS = ""
DRAFTS, PUBLISHED, DROPPED = "drafts", "published", "dropped"
MOST_MEBIBYTES = MOST_BYTES // 2**20
AT_ONCE_MEBIBYTES = AT_ONCE_BYTES // 2**20


class UploadForm(Form):
    button = "Read the file"
    file = forms.FileField(
        label="The file",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
        help_text=(
            f"GeoJSON, KML, KMZ, GeoPackage or a zipped Shapefile, at most {MOST_MEBIBYTES} MiB. One of more than "
            f"{AT_ONCE_MEBIBYTES} MiB is read once it is here: you see how far it is, and may come back later."
        ),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    srid = forms.ChoiceField(
        label="What are its numbers?",
        required=False,
        choices=[(AS_THE_FILE_SAYS, "What the file itself says"), *((str(srid), words) for srid, words in SYSTEMS)],
        widget=Radios(),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_MEBIBYTES} MiB. Divide it.")
        return file

    def asked(self) -> dict[str, Any]:
        """The arguments of an action. The name is the sender's, and is only shown."""
        given = self.cleaned_data
        return {
            "content": given["file"].read(),
            "name": given["file"].name,
            "srid": int(given["srid"]) if given["srid"] else None,
        }


class BringInForm(Form):
    """Partners are those with whom an agreement stands."""

    button = "Continue"
    then = forms.ChoiceField(
        label="What shall become of it?",
        choices=[
            (DRAFTS, "Bring it in; new areas are drafts until somebody publishes them"),
            (PUBLISHED, "Bring it in and publish its areas"),
            (DROPPED, "Drop it: nothing is changed"),
        ],
        widget=Radios(),
        error_messages={"required": "Choose what shall become of it."},
    )
    partners = forms.TypedMultipleChoiceField(
        label="Where you publish: with whom are they shared?",
        coerce=UUID,
        required=False,
        widget=Checkboxes(),
        help_text="With nobody ticked they count for your own children's places, and for whom they are shared with already.",
    )
    level = forms.ChoiceField(label="What may they be told?", choices=Share.Level.choices, widget=Radios())
    distance_metres = forms.IntegerField(
        label="Near means within how many metres?",
        min_value=100,
        max_value=20_000,
        widget=ShortText(width=5, inputmode="numeric"),
        error_messages={"required": "Give a number of metres, such as 1000."},
    )

    def __init__(self, partners: list[tuple[str, str]], *args, changes_areas: bool = False, **kwargs):
        """`changes_areas`: the file says something else of areas that may be told of today."""
        kwargs.setdefault("initial", {"level": Share.Level.PROXIMITY, "distance_metres": DEFAULT_DISTANCE_METRES})
        super().__init__(*args, **kwargs)
        self.changes_areas = changes_areas
        if partners:
            self.fields["partners"].choices = partners
        else:
            for name in ("partners", "level", "distance_metres"):
                del self.fields[name]

    def clean(self):
        given = super().clean()
        then = given.get("then")
        self.looks_first = then == PUBLISHED or (then == DRAFTS and self.changes_areas)
        if self.looks_first:
            self.button = "Publish them" if then == PUBLISHED else "Bring it in"
        return given

    @staticmethod
    def filled_in(how: How) -> dict[str, Any]:
        """What was chosen before, as the form would have sent it."""
        return {
            "then": PUBLISHED if how.is_published else DRAFTS,
            "partners": [str(one) for one in how.partner_ids],
            "level": how.level,
            "distance_metres": how.distance_metres,
        }

    def asked(self) -> How:
        """How the file is brought in."""
        given = self.cleaned_data
        is_published = given["then"] == PUBLISHED
        if not (is_published and given.get("partners")):
            return How(is_published=is_published)
        return How(True, given["partners"], given["level"], given["distance_metres"])
