"""Which child is registered?"""

from django import forms

from placements.code_labels import labels
from placements.models import Child
from web.forms.base import Form
from web.forms.fields import DateField, Radios, Select, ShortText, Tick


class ChildForm(Form):
    button = "Register this child"
    reference = forms.CharField(
        label="Your reference for the child",
        max_length=40,
        widget=ShortText(width=20),
        error_messages={"required": "Enter the reference that your records use."},
    )
    given_name = forms.CharField(
        label="Given name", max_length=200, widget=ShortText(), error_messages={"required": "Enter the given name."}
    )
    family_name = forms.CharField(
        label="Family name", max_length=200, widget=ShortText(), error_messages={"required": "Enter the family name."}
    )
    born_on = DateField(
        label="Date of birth", error_messages={"required": "Enter the date of birth, or an estimate of it."}
    )
    is_born_on_estimated = Tick(label="The date of birth is an estimate")
    sex = forms.ChoiceField(label="Sex", choices=Child.Sex, initial=Child.Sex.UNKNOWN, widget=Radios)
    looked_after_since = DateField(label="Looked after since, if known", required=False)
    legal_status = forms.ChoiceField(label="Legal status, if known", required=False, widget=Select)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["legal_status"].choices = [("", "Not known"), *labels("legal_status").items()]


class IdentifyForm(ChildForm):
    button = "Record who this child is"


class SearchForm(Form):
    button = "Search"
    words = forms.CharField(
        label="Reference or name",
        required=False,
        max_length=100,
        widget=ShortText(width=20),
        help_text="The beginning is enough. Only your own authority’s children are searched.",
    )
