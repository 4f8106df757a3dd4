"""Is the service up, and are its parts? For whoever watches it; no sign-in, and nothing of what it holds."""

from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from notifications.health import broker_answers

SILENCE = timedelta(seconds=30)
SEEN = "select part, clock_timestamp() - seen_at < %s from audit_signoflife"
PARTS = ("worker", "post", "beat")
OK, DOWN, UNKNOWN = "ok", "down", "unknown"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """This process answers; it asks nothing of any other."""
    return JsonResponse({"web": OK})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker, the two workers and beat: 200 when all are well, else 503 with the one that is not."""
    parts = _database() | {"broker": OK if broker_answers() else DOWN}
    return JsonResponse(parts, status=200 if set(parts.values()) == {OK} else 503)


def _database() -> dict[str, str]:
    """The database, and whether the workers and beat left a sign of life in it within 30 seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(SEEN, [SILENCE])
            seen = dict(cursor.fetchall())
    except Error:
        return {"database": DOWN, **dict.fromkeys(PARTS, UNKNOWN)}
    return {"database": OK, **{part: OK if seen.get(part) else DOWN for part in PARTS}}
