"""How is a visit, a review, or the end of looking after said in one short answer?"""

from django import forms

from web.forms.base import Form
from web.forms.fields import DateField, Radios, ShortText

DAY_MISSING = {"required": "Enter the day, the month and the year."}


class VisitForm(Form):
    button = "Record this visit"
    visited_on = DateField(label="On which day was the child visited?", error_messages=DAY_MISSING)
    visited_by = forms.CharField(
        label="By whom?", max_length=200, widget=ShortText(), error_messages={"required": "Say by whom."}
    )


class ReviewForm(Form):
    button = "Record this review"
    reviewed_on = DateField(label="On which day was the case reviewed?", error_messages=DAY_MISSING)
    reviewed_by = forms.CharField(
        label="Who chaired it?", max_length=200, widget=ShortText(), error_messages={"required": "Say who chaired it."}
    )


class TakeBackForm(Form):
    button = "Take it back"
    reason = forms.CharField(
        label="What was the mistake?",
        max_length=500,
        widget=ShortText(),
        error_messages={"required": "Say why it is taken back."},
    )


class CeasingForm(Form):
    """`asks_in_care` where the legal status on record does not say whether a care order is in force."""

    button = "Record this day"
    ceases_on = DateField(label="On which day does looking after end?", error_messages=DAY_MISSING)
    is_in_care = forms.TypedChoiceField(
        label="Is a care order in force, an interim one too?",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Nobody could say yet")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=Radios,
    )

    def __init__(self, *args, asks_in_care: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_in_care:
            del self.fields["is_in_care"]


class DecideCeasingForm(Form):
    button = "Record this approval"
    decided_by = forms.CharField(
        label="Who approved it?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say who approved it."},
    )
    decided_on = DateField(label="On which day?", error_messages=DAY_MISSING)
