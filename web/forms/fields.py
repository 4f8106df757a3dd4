"""How are GOV.UK's inputs asked and read?"""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError

from db.clock import LONDON

FIRST_YEAR, LAST_YEAR = 1900, 2100
NUMERIC = {"class": "govuk-input govuk-date-input__input", "inputmode": "numeric", "autocomplete": "off"}


class ShortText(forms.TextInput):
    """A line of text, as wide as the answer is long: `width` is one of GOV.UK's widths in characters."""

    def __init__(self, *, width: int | None = None, **attributes):
        size = f" govuk-input--width-{width}" if width else ""
        super().__init__(
            attrs={"class": f"govuk-input{size}", "autocomplete": "off", "spellcheck": "false"} | attributes
        )


class LongText(forms.Textarea):
    def __init__(self, *, rows: int = 4):
        super().__init__(attrs={"class": "govuk-textarea", "rows": rows})


class Select(forms.Select):
    def __init__(self):
        super().__init__(attrs={"class": "govuk-select"})


class Radios(forms.RadioSelect):
    template_name = "web/forms/radios.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    template_name = "web/forms/checkboxes.html"


class Tick(forms.BooleanField):
    """One statement that is true or not."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
            template_name="web/forms/tick.html",
            **options,
        )


class DayMonthYear(forms.MultiWidget):
    """Three inputs for a date, which everybody can type and no browser rewrites."""

    template_name = "web/forms/date.html"
    use_fieldset = True

    def __init__(self):
        narrow, wide = (NUMERIC | {"class": f"{NUMERIC['class']} govuk-input--width-{width}"} for width in (2, 4))
        super().__init__(
            {"day": forms.TextInput(narrow), "month": forms.TextInput(narrow), "year": forms.TextInput(wide)}
        )

    def decompress(self, value: date | None) -> list:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A real date, or an error that says what is missing of it."""

    widget = DayMonthYear

    def __init__(self, **options):
        numbers = [_number(1, 31, "day"), _number(1, 12, "month"), _number(FIRST_YEAR, LAST_YEAR, "year")]
        super().__init__(fields=numbers, require_all_fields=True, **options)

    def compress(self, parts: list) -> date | None:
        if not parts:
            return None
        day, month, year = parts
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError("This is not a real date. Check the day, the month and the year.") from error


def _number(lowest: int, highest: int, name: str) -> forms.IntegerField:
    said = f"The {name} must be a number from {lowest} to {highest}."
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), said)
    return forms.IntegerField(min_value=lowest, max_value=highest, error_messages=messages)


class ClockField(forms.TimeField):
    """A time of day by the 24-hour clock."""

    def __init__(self, **options):
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H%M"],
            widget=forms.TimeInput(
                format="%H:%M", attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off"}
            ),
            help_text="24-hour clock, for example 21:15",
            error_messages={"invalid": "Give the time by the 24-hour clock, such as 21:15."},
            **options,
        )


def london_instant(on: date, at: time) -> datetime:
    """The instant of a London day and time. In the hour that comes twice in October it is the first of the two."""
    return datetime.combine(on, at, tzinfo=LONDON)
