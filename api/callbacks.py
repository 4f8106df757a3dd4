"""What does the e-mail service call us about? That something became of an e-mail: a worker then asks it what.

The call itself is believed in nothing: whoever forges one causes a question, never a state.
"""

import hmac
import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications.delivery import outbox

ASK = "notifications.tasks.ask_about_emails"


@csrf_exempt
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """204 once a worker was told to ask about the e-mail; 401 without the token that the operator gave the service."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    expected = settings.NOTIFY_CALLBACK_TOKEN
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        return HttpResponse(status=401)
    try:
        delivery_id = UUID(json.loads(request.body)["reference"])
    except (ValueError, KeyError, TypeError, AttributeError):
        # It is about something else that this service sent, or about nothing: no reason to call again.
        return HttpResponse(status=204)
    outbox.nudge(ASK, str(delivery_id))
    return HttpResponse(status=204)
