"""On which version of a row was a change decided? The header If-Match."""

import re

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.exceptions import VersionMissing

HEADER = "If-Match"
VERSION = re.compile(r'"([0-9]{1,9})"')


def asked_for(request: Request) -> int:
    """The version in If-Match. Raises VersionMissing (428) without the header."""
    value = request.headers.get(HEADER)
    if value is None:
        raise VersionMissing
    found = VERSION.fullmatch(value.strip())
    if not found:
        raise ValidationError({HEADER: ['This header holds one version in quotation marks, such as "3".']})
    return int(found.group(1))


def tag(version: int) -> str:
    """The version as the header ETag gives it."""
    return f'"{version}"'
