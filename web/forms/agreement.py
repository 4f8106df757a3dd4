"""What was agreed with a partner about sharing areas of concern, and when does it end?"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms

from db.clock import now
from web.forms.area import line
from web.forms.base import Form
from web.forms.fields import DateField, Select, london_instant

MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)


class AgreementForm(Form):
    """It begins now, or at the start of a day to come; it runs until it is ended, or until the end of a last day."""

    button = "Record the agreement"
    partner = forms.TypedChoiceField(
        label="With which authority?",
        coerce=UUID,
        widget=Select(),
        error_messages={"required": "Choose the authority."},
    )
    purpose = line("For which purpose?", longest=500, required="Say for which purpose.")
    basis = line("On which legal basis?", longest=500, required="Say on which legal basis.")
    reference = line("Where is it written?", required="Give the reference of the agreement.")
    starts_on = DateField(label="From which day?", required=False, help_text="Leave it empty for now.")
    last_on = DateField(label="Last day", required=False, help_text="Leave it empty if it runs until one side ends it.")

    def __init__(self, partners: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "Choose an authority"), *partners]

    def asked(self) -> dict:
        """As the action asks for it."""
        given = self.cleaned_data
        return {
            "partner_id": given["partner"],
            "purpose": given["purpose"],
            "basis": given["basis"],
            "reference": given["reference"],
            "starts_at": london_instant(given["starts_on"], MIDNIGHT) if given["starts_on"] else now(),
            "ends_at": end_of(given["last_on"]),
        }


class EndAgreementForm(Form):
    button = "End the agreement"
    last_on = DateField(label="Last day", required=False, help_text="Leave it empty to end it now.")


def end_of(last_on: date | None) -> datetime | None:
    """The instant at which a last day is over; None for no day."""
    return london_instant(last_on + ONE_DAY, MIDNIGHT) if last_on else None
