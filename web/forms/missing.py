"""What is asked of whoever records that a child is missing, came back, was talked with; and of the host that answers?"""

from datetime import datetime

from django import forms

from placements.missing import Word
from placements.models import MissingReport
from web.forms.base import Form
from web.forms.fields import ClockField, DateField, LongText, Radios, ShortText, london_instant

MISSING, AWAY = "missing", "away"
DAY_MISSING = {"required": "Enter the day, the month and the year."}


class AtMoment(Form):
    """A day and a time. `asked_as` is what the action calls the moment, and where its refusals are shown."""

    asked_as = ""
    on = DateField(label="Day", error_messages=DAY_MISSING)
    at_time = ClockField(label="Time")

    def field_of(self, name: str) -> str | None:
        return "on" if name == self.asked_as else super().field_of(name)

    @property
    def moment(self) -> datetime:
        return london_instant(self.cleaned_data["on"], self.cleaned_data["at_time"])


class ReportForm(AtMoment):
    asked_as = "missing_since"
    button = "Record it"
    field_order = ["kind", "on", "at_time", "last_seen", "place_postcode", "back_on", "back_at_time"]
    kind = forms.ChoiceField(
        label="What is known?",
        choices=[
            (MISSING, "Missing: not where expected, and nobody knows where"),
            (AWAY, "Away without authorisation: it is known where, but not where expected"),
        ],
        widget=Radios,
        error_messages={"required": "Say whether it is known where the child is."},
    )
    on = DateField(label="Missing since: the day", error_messages=DAY_MISSING)
    at_time = ClockField(label="Missing since: the time")
    last_seen = forms.CharField(
        label="Where last seen, when and with whom",
        widget=LongText(),
        help_text="The area’s authority reads these words. Name no address that is kept closed, and no other child.",
        error_messages={"required": "Say where the child was last seen, or that nobody knows."},
    )
    place_postcode = forms.CharField(
        label="Postcode of that place, if you know it",
        required=False,
        widget=ShortText(width=10),
        help_text="Only counted, to see how often such places had been shared before. Nobody is told of it.",
    )
    back_on = DateField(
        label="Day of the return, if the child is back",
        required=False,
        help_text="Only where you record this afterwards.",
    )
    back_at_time = ClockField(label="Time of the return, if the child is back", required=False)

    def clean(self):
        given = super().clean()
        if bool(given.get("back_on")) != bool(given.get("back_at_time")):
            self.add_error("back_on", "Give both the day and the time of the return, or leave both empty.")
        return given

    def field_of(self, name: str) -> str | None:
        return "back_on" if name == "returned_at" else super().field_of(name)

    @property
    def report(self) -> dict:
        """The answers by the action's names."""
        given = self.cleaned_data
        back = given["back_on"] and london_instant(given["back_on"], given["back_at_time"])
        return {
            "missing_since": self.moment,
            "last_seen": given["last_seen"],
            "place_postcode": given["place_postcode"],
            "is_whereabouts_known": given["kind"] == AWAY,
            "returned_at": back or None,
        }


class ReturnForm(AtMoment):
    asked_as = "returned_at"
    button = "Record the return"


class AskHostForm(Form):
    button = "Ask them"


class InterviewForm(AtMoment):
    asked_as = "interviewed_at"
    button = "Record it"
    field_order = ["ending", "on", "at_time", "interviewed_by", "words"]
    ending = forms.ChoiceField(
        label="How did it end?",
        choices=MissingReport.Outcome.choices,
        widget=Radios,
        help_text="An interview that was offered and declined is not done.",
        error_messages={"required": "Say how the interview ended."},
    )
    on = DateField(label="Day on which it was held, or offered", error_messages=DAY_MISSING)
    interviewed_by = forms.CharField(
        label="Who held it, or offered it",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say who held the interview, or who offered it."},
    )
    words = forms.CharField(label="What came of it; if it was not held, why", required=False, widget=LongText())


class PoliceForm(AtMoment):
    asked_as = "given_at"
    button = "Record that it was given"
    field_order = ["given_to", "on", "at_time"]
    given_to = forms.CharField(
        label="Who took the message",
        max_length=200,
        widget=ShortText(),
        error_messages={"required": "Say who took the message."},
    )


class AnswerForm(AtMoment):
    """What the host says of a missing child."""

    asked_as = "happened_at"
    button = "Send this to the sender"
    field_order = ["word", "on", "at_time", "words", "post"]
    word = forms.ChoiceField(
        label="What do you tell them?",
        choices=Word.choices,
        widget=Radios,
        error_messages={"required": "Choose what you tell them."},
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        widget=LongText(),
        help_text="Where the child was seen, who held the interview, or why it was not held.",
    )
    post = forms.CharField(
        label="Your post",
        max_length=120,
        widget=ShortText(),
        error_messages={"required": "Enter your post, so that the sender knows who says it."},
    )
