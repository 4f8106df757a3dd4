"""How is a concern about exploitation assessed and closed?"""

from collections.abc import Iterable

from django import forms

from accounts.models import User
from web.forms.base import Form
from web.forms.fields import DateField, LongText, Select

WHOLE_DAY = {"required": "Enter the day, the month and the year."}


class AssessmentForm(Form):
    button = "Save this assessment"
    assessed_on = DateField(label="On which day was it assessed?", error_messages=WHOLE_DAY)
    words = forms.CharField(
        label="What is thought, and on what does it rest?",
        widget=LongText(rows=6),
        error_messages={"required": "Write what is thought, and on what it rests."},
    )
    not_known = forms.CharField(label="What is not known?", required=False, widget=LongText())


class CloseConcernForm(Form):
    button = "Close this concern"
    reason = forms.CharField(
        label="Why is it closed?",
        widget=LongText(rows=6),
        error_messages={"required": "Say why the concern is closed."},
    )
    supervisor = forms.ChoiceField(
        label="With which supervisor was it agreed?",
        widget=Select,
        error_messages={"required": "Name the supervisor with whom it was agreed."},
    )
    look_again_on = DateField(label="When will it be looked at again?", error_messages=WHOLE_DAY)

    def __init__(self, supervisors: Iterable[User], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].choices = [("", "Choose"), *((str(one.id), one.name) for one in supervisors)]
