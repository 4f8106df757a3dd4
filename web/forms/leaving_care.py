"""What is asked of whoever records something about a young person, in as few answers as can be?"""

from django import forms

from db.clock import today
from geo.models import Authority
from leaving_care import oc3
from leaving_care.models import Circumstance, Home, Step
from web.forms.base import Form
from web.forms.fields import Checkboxes, DateField, LongText, Radios, Select, ShortText, Tick

DAY_MISSING = {"required": "Enter the day, the month and the year."}


def other_authorities(authority_id) -> list[tuple[str, str]]:
    """Every authority but our own that exists today, by name."""
    rows = Authority.objects.exclude(id=authority_id).order_by("name")
    return [("", "Choose")] + [(str(one.id), one.name) for one in rows]


class AreaField(forms.ChoiceField):
    """Another authority, chosen by name; the form that holds it gives the choices."""

    def __init__(self, **options):
        super().__init__(widget=Select(), **options)


class MoveForm(Form):
    """The four answers of a move, fit for a telephone's screen."""

    button = "Record the move"
    moved_on = DateField(label="When did they move?", error_messages=DAY_MISSING)
    postcode = forms.CharField(
        label="Where to? Postcode",
        required=False,
        widget=ShortText(width=10),
        help_text="Leave it empty if nobody knows.",
    )
    line = forms.CharField(label="Address, if you have it", required=False, max_length=500, widget=ShortText())
    power = forms.ChoiceField(
        label="Who provides it?",
        choices=Home.Power.choices,
        widget=Radios,
        help_text="Visits and a review are owed where we provide it under section 23B or with section 24B help.",
        error_messages={"required": "Say who provides it, or that it is not known yet."},
    )
    how_they_are = forms.CharField(label="How are they?", required=False, widget=LongText(rows=3))
    area_id = AreaField(
        label="Authority of the area",
        required=False,
        help_text="Only where the postcode is not known or lies in more than one area.",
    )

    def __init__(self, *args, authority_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area_id"].choices = other_authorities(authority_id)

    @property
    def answers(self) -> dict:
        return self.cleaned_data | {"area_id": self.cleaned_data["area_id"] or None}


class WhoProvidesForm(Form):
    button = "Record it"
    from_on = DateField(label="From which day?", error_messages=DAY_MISSING)
    power = forms.ChoiceField(
        label="Who provides the home from that day, under which section?",
        choices=Home.Power.choices,
        widget=Radios,
        error_messages={"required": "Say who provides it, or that it is not known yet."},
    )


class StepForm(Form):
    button = "Record it"
    kind = forms.ChoiceField(
        label="What was done?",
        choices=Step.Kind.choices,
        widget=Radios,
        error_messages={"required": "Choose what was done."},
    )
    done_on = DateField(label="On which day?", error_messages=DAY_MISSING)
    words = forms.CharField(label="In a few words, if you want", required=False, widget=LongText(rows=3))


class FactForm(Form):
    button = "Record it"
    kind = forms.ChoiceField(
        label="What is to be recorded?",
        choices=Circumstance.Kind.choices,
        widget=Radios,
        error_messages={"required": "Choose what is recorded."},
    )
    starts_on = DateField(
        label="Since which day?",
        help_text=(
            "For a disputed age: the other date of birth. For a decision: the first day as an eligible child. For care by "
            "another authority: the day on which it began there."
        ),
        error_messages=DAY_MISSING,
    )
    ends_on = DateField(
        label="Until which day, if it is over",
        required=False,
        help_text="The first day on which it no longer holds. For education: the day to which the plan sets it out.",
    )
    words = forms.CharField(label="How do you know?", required=False, widget=LongText(rows=3))


class EndFactForm(Form):
    button = "Record the end"
    ends_on = DateField(label="First day on which it no longer held", error_messages=DAY_MISSING)


class TakeBackForm(Form):
    button = "Take it back"
    reason = forms.CharField(
        label="Why is it taken back?", widget=LongText(rows=3), error_messages={"required": "Say why it is taken back."}
    )


class ReturnAnswerForm(Form):
    button = "Record it"
    age = forms.TypedChoiceField(
        label="Around which birthday?",
        choices=[(age, str(age)) for age in oc3.AGES],
        coerce=int,
        widget=Select(),
    )
    in_touch = forms.ChoiceField(label="In touch?", choices=list(oc3.IN_TOUCH.items()), widget=Radios)
    activity = forms.ChoiceField(label="Activity", choices=list(oc3.ACTIVITY.items()), widget=Select())
    accommodation = forms.ChoiceField(label="Home", choices=list(oc3.ACCOMMODATION.items()), widget=Select())
    on = DateField(label="Day of the contact", error_messages=DAY_MISSING)


class AppointForm(Form):
    """Who becomes the adviser, of one young person or of those ticked."""

    button = "Appoint"
    child_ids = forms.MultipleChoiceField(
        label="Of whom?", widget=Checkboxes, error_messages={"required": "Choose at least one young person."}
    )
    person_id = forms.ChoiceField(
        label="Who becomes the adviser?", widget=Select(), error_messages={"required": "Choose a person."}
    )
    starts_on = DateField(label="From which day?", error_messages=DAY_MISSING)
    reason = forms.CharField(label="Why, if you want to say", required=False, widget=ShortText())

    def __init__(self, *args, children, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child_ids"].choices = [(str(one.id), f"{one.name} ({one.reference})") for one in children]
        self.fields["person_id"].choices = [("", "Choose"), *people]


class TellForm(Form):
    button = "Tell them"
    area_id = AreaField(label="Which authority?", error_messages={"required": "Choose the authority."})
    has_left = Tick(label="The young person has left its area")

    def __init__(self, *args, authority_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area_id"].choices = other_authorities(authority_id)


class OfferForm(Form):
    button = "Keep it on the list"
    title = forms.CharField(label="What is offered?", max_length=200, widget=ShortText())
    words = forms.CharField(label="What it is, and how to get it", widget=LongText())
    address = forms.URLField(
        label="Page about it", required=False, max_length=200, assume_scheme="https", widget=ShortText()
    )
    review_on = DateField(label="Day to look at it again", error_messages=DAY_MISSING)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review_on"].help_text = f"A day after {today():%d %m %Y}."
