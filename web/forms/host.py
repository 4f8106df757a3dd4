"""How is a host asked, answered for by itself, and given what the law asks for?"""

from datetime import datetime
from uuid import UUID

from django import forms

from placements.telling.care_plans import CarePlan
from placements.telling.consultations import BOXES
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, ShortText, Tick, london_instant

DAY_MISSING = {"required": "Enter the day, the month and the year."}


class HopedForForm(Form):
    """A question with the day and time by which an answer is hoped for: a wish, from which nothing turns late."""

    hoped_for_on = DateField(label="Day by which you hope for an answer", required=False)
    hoped_for_at = ClockField(label="Time on that day", required=False)

    def clean(self):
        given = super().clean()
        if bool(given.get("hoped_for_on")) != bool(given.get("hoped_for_at")) and not self.errors:
            self.add_error("hoped_for_at", "Give the day and the time, or neither.")
        return given

    def field_of(self, name: str) -> str | None:
        return "hoped_for_on" if name == "answer_hoped_for_by" else super().field_of(name)

    @property
    def answer_hoped_for_by(self) -> datetime | None:
        given = self.cleaned_data
        return london_instant(given["hoped_for_on"], given["hoped_for_at"]) if given["hoped_for_on"] else None


class CarePlanFields(forms.Form):
    """The care plan that goes with what is sent: recorded as given now, never stored."""

    care_plan_version = forms.CharField(
        label="Version of the care plan that you give with this",
        required=False,
        max_length=40,
        widget=ShortText(width=10),
        help_text="Leave it empty if none goes with it. Placewatch keeps no case files: it records what you gave.",
    )
    care_plan_channel = forms.CharField(
        label="How you give it",
        required=False,
        max_length=200,
        widget=ShortText(),
        help_text="For example: secure e-mail.",
    )

    def care_plan(self, at: datetime) -> CarePlan | None:
        """The care plan as given at an instant; None where none goes with it."""
        given = self.cleaned_data
        if not given["care_plan_version"]:
            return None
        return CarePlan(given["care_plan_version"], at, given["care_plan_channel"])


class AskForm(CarePlanFields, HopedForForm):
    button = "Ask"
    question = forms.CharField(label="What do you want to know of the place?", required=False, widget=LongText())
    is_child_named = Tick(
        label="Name the child", initial=True, help_text="Without it the host learns the postcode and the kind of place."
    )
    field_order = ("question", "is_child_named", "care_plan_version", "care_plan_channel")


class EnquiryForm(HopedForForm):
    button = "Ask"
    postcode = forms.CharField(
        label="Postcode of the place",
        max_length=20,
        widget=ShortText(width=10),
        error_messages={"required": "Enter the postcode of the place that you ask about."},
    )
    kind_of_place = forms.CharField(label="Kind of place", required=False, max_length=200, widget=ShortText())
    planned_start_on = DateField(label="Day on which a child might move there", required=False)
    question = forms.CharField(
        label="What do you want to know of the place?",
        widget=LongText(),
        help_text="Do not write of a child here: this question names none.",
        error_messages={"required": "Write what you want to know of the place."},
    )
    host = forms.TypedChoiceField(
        label="This postcode lies in several areas. Which of them do you ask?",
        coerce=UUID,
        widget=Radios,
        error_messages={"required": "Choose which area you ask: the postcode lies in several."},
    )
    field_order = ("postcode", "host", "kind_of_place", "planned_start_on", "question")

    def __init__(self, choices: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = choices
        if not choices:
            del self.fields["host"]


class AnswerForm(Form):
    """Five short boxes, none of them compulsory."""

    button = "Send this answer"
    place = forms.CharField(
        label=BOXES["place"], required=False, widget=LongText(rows=3), help_text="Name no other child."
    )
    health = forms.CharField(label=BOXES["health"], required=False, widget=LongText(rows=2))
    school = forms.CharField(label=BOXES["school"], required=False, widget=LongText(rows=2))
    contact = forms.CharField(label=BOXES["contact"], required=False, widget=LongText(rows=2))
    call_us = forms.CharField(
        label=BOXES["call_us"],
        required=False,
        widget=LongText(rows=2),
        help_text="Whom to ring and when, if you would rather say it.",
    )
    post = forms.CharField(
        label="Your post", required=False, max_length=120, widget=ShortText(), help_text="The asker sees name and post."
    )


class MomentAndWords(Form):
    on = DateField(label="Day", error_messages=DAY_MISSING)
    at_time = ClockField(label="Time")
    moment_name = ""

    def field_of(self, name: str) -> str | None:
        return "on" if name == self.moment_name else super().field_of(name)

    @property
    def moment(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])


class TryForm(MomentAndWords):
    button = "Record the call"
    moment_name = "rung_at"
    rung = forms.CharField(
        label="Whom did you ring?",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say whom you rang: who, and on which number."},
    )
    words = forms.CharField(
        label="What came of it?",
        widget=LongText(rows=2),
        help_text="“No reply” is an answer.",
        error_messages={"required": "Say what came of it; “no reply” will do."},
    )


class SupplyForm(MomentAndWords):
    button = "Record that it was given"
    moment_name = "care_plan_supplied_at"
    version = forms.CharField(
        label="Version of the care plan",
        max_length=40,
        widget=ShortText(width=10),
        error_messages={"required": "Say which version of the care plan was given."},
    )
    channel = forms.CharField(
        label="How it was given",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say by which channel it was given, such as secure e-mail."},
    )


class VersionForm(Form):
    button = "Record this version"
    version = forms.CharField(
        label="Version that the care plan became",
        max_length=40,
        widget=ShortText(width=10),
        error_messages={"required": "Say which version the care plan became."},
    )
    became_on = DateField(label="Since when", error_messages=DAY_MISSING)


class CompleteForm(CarePlanFields, Form):
    button = "Give this notice"
    needs_and_suitability = forms.CharField(
        label="Our assessment of the child’s needs, and why this placement is the most suitable to meet them",
        widget=LongText(rows=10),
        error_messages={"required": "Write our assessment of needs, and why this placement is the most suitable."},
    )
    field_order = ("needs_and_suitability", "care_plan_version", "care_plan_channel")
