"""What surrounds a request? One transaction: context, idempotency row and log-book stand or fall together."""

from django.db import transaction

# Answers that touch no tenant row and must come without a database.
WITHOUT_TRANSACTION = ("/static/", "/health/")


class RequestTransactionMiddleware:
    """Open the request's transaction; a failure of ours (5xx) takes back everything, a refusal keeps its log row."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT_TRANSACTION):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
