"""What may one value be? Fields that take JSON's own types only, within bounds, and say so in the API's description."""

import re
from datetime import UTC, datetime
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api import text

# Years outside 1900 to 2099 are slips of the pen.
DAY_PATTERN = r"^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
INSTANT_PATTERN = r"^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
YEARS = range(1900, 2100)
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Text(serializers.CharField):
    """A text of at most `max_length` characters, without characters that cannot be seen."""

    default_error_messages = {"not_text": "This must be text in quotation marks."}

    def __init__(self, *, max_length: int = 200, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("not_text")
        try:
            text.refuse_unreadable(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error), code="unreadable") from error
        return super().to_internal_value(data)


class Yes(serializers.BooleanField):
    """true or false, nothing that could be read as one."""

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid", input=type(data).__name__)
        return data


class Whole(serializers.IntegerField):
    """A whole number between bounds, as a JSON number."""

    def __init__(self, *, min_value: int, max_value: int, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class Metres(serializers.FloatField):
    """A coordinate in metres (EPSG:27700), as a JSON number between bounds."""

    def __init__(self, *, min_value: int, max_value: int, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("invalid")
        return float(data)


class WholeInAddress(serializers.IntegerField):
    """A whole number between bounds, as digits in a query."""

    def __init__(self, *, min_value: int, max_value: int, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data):
        if not re.fullmatch(r"-?[0-9]{1,12}", data):
            self.fail("invalid")
        return int(data)


class Day(serializers.DateField):
    """A date as 2026-03-31, from 1900 until 2099."""

    default_error_messages = {"out_of_range": "This date is not between 1900 and 2099."}

    def to_internal_value(self, value):
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if day.year not in YEARS:
            self.fail("out_of_range")
        return day


class Instant(serializers.DateTimeField):
    """An instant with its offset, as 2026-03-31T09:30:00Z; told in UTC."""

    default_error_messages = {"out_of_range": "This instant is not between 1900 and 2099."}

    def __init__(self, **kwargs):
        super().__init__(default_timezone=UTC, **kwargs)

    def to_internal_value(self, value):
        if not isinstance(value, str) or not INSTANT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        if instant.year not in YEARS:
            self.fail("out_of_range")
        return instant


class Code(serializers.ChoiceField):
    """One of a closed list of codes, as text."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid_choice", input=type(data).__name__)
        return super().to_internal_value(data)


class Identifier(serializers.UUIDField):
    """The id of a row, in its usual form of 36 characters."""

    def to_internal_value(self, data):
        if not isinstance(data, str) or not IDENTIFIER.fullmatch(data):
            self.fail("invalid", value="This")
        return UUID(data)


@extend_schema_field({"type": "object", "additionalProperties": True})
class Anything(serializers.JSONField):
    """A JSON object whose own keys are not described here."""


@extend_schema_field({"type": "array", "items": {}})
class Entries(serializers.JSONField):
    """A JSON list whose entries are not described here."""
