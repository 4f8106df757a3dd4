"""Which of what could not be delivered is meant, and why is it sent again?"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from db.clock import LONDON
from notifications.delivery.replays import Which
from notifications.models import Delivery, Document
from web.forms.base import Form
from web.forms.fields import DateField, LongText, Select

ANY = [("", "Any")]


class FilterForm(Form):
    """Everything where nothing is chosen. Offered is only what occurs."""

    button = "Show these"
    recipient = forms.ChoiceField(label="To whom", required=False, widget=Select)
    endpoint = forms.ChoiceField(label="To which of their systems", required=False, widget=Select)
    channel = forms.ChoiceField(
        label="Which way", required=False, widget=Select, choices=ANY + Delivery.Channel.choices
    )
    kind = forms.ChoiceField(label="What", required=False, widget=Select, choices=ANY + Document.Kind.choices)
    from_on = DateField(label="Given up from which day?", required=False)
    until_on = DateField(label="Until which day?", required=False)

    def __init__(self, dead: QuerySet[Delivery], *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = set(dead.order_by().values_list("recipient_id", "recipient__name", "endpoint_id").distinct())
        names = {(str(recipient), name) for recipient, name, _ in found}
        systems = {(str(endpoint), f"{name}, {str(endpoint)[:8]}") for _, name, endpoint in found if endpoint}
        for field, offered in (("recipient", names), ("endpoint", systems)):
            self.fields[field].choices = ANY + sorted(offered, key=lambda one: one[1])

    def which(self) -> Which:
        """What is meant; the last day is meant whole."""
        said = self.cleaned_data
        return Which(
            recipient_id=UUID(said["recipient"]) if said["recipient"] else None,
            endpoint_id=UUID(said["endpoint"]) if said["endpoint"] else None,
            channel=said["channel"],
            kind=said["kind"],
            ended_from=_midnight(said["from_on"]) if said["from_on"] else None,
            ended_before=_midnight(said["until_on"] + timedelta(days=1)) if said["until_on"] else None,
        )

    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, in words."""
        said = []
        for name, field in self.fields.items():
            if value := self.cleaned_data[name]:
                words = dict(field.choices)[value] if hasattr(field, "choices") else f"{value.day} {value:%B %Y}"
                said.append((field.label, words))
        return said


class ReplayForm(Form):
    button = "Send them again"
    reason = forms.CharField(
        label="Why are they sent again?",
        widget=LongText(),
        help_text="For example: the address was wrong and has been corrected.",
        error_messages={"required": "Say why they are sent again: what was put right?"},
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(0), LONDON)
