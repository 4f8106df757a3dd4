"""Was this request answered before? An unsafe request runs once for its Idempotency-Key, whatever is sent again.

A key is remembered with its answer in the transaction of the work itself, for 30 days; the answer is sealed, since it
may hold a closed address. Only answers to work that was
done are remembered: a refusal changed nothing, so the same key may be tried again once what stood in the way is gone.
Of two requests at once the second waits for the first, and gets its answer.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import connection, transaction
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import secrets
from accounts.models import IdempotencyKey
from api.exceptions import KeyUsedForAnotherRequest

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,255}")

# The unique row is taken before the work: a second request waits here until the first has committed or rolled back.
TAKE = """
insert into accounts_idempotencykey (id, authority_id, caller, key, request_hash, status, created_at)
values (gen_random_uuid(), %s, %s, %s, %s, 0, clock_timestamp())
on conflict (authority_id, caller, key) do nothing
"""


def once(handler: Callable) -> Callable:
    """Wrap a view's unsafe handler: one transaction, which a refusal rolls back, and one run for one key."""

    @wraps(handler)
    def answered_once(view, request: Request, *args, **kwargs) -> Response:
        key = _key(request)
        with transaction.atomic():
            if key is None:
                return handler(view, request, *args, **kwargs)
            asked = _hash(view, request)
            if not _take(request, key, asked):
                return _earlier_answer(view, request, key, asked)
            response = handler(view, request, *args, **kwargs)
            _rows(request, key).update(status=response.status_code, body=_sealed(request, key, response.data))
            return response

    answered_once.runs_once = True
    return answered_once


def _key(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        if request.user.client_id is None:
            return None
        raise ValidationError({HEADER: ["A system must send this header with every request that changes something."]})
    if not KEY.fullmatch(key):
        raise ValidationError({HEADER: ["This header takes 1 to 255 visible ASCII characters; a random UUID is best."]})
    return key


def _hash(view, request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    digest.update(view.raw_body)
    return digest.hexdigest()


def _take(request: Request, key: str, asked: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [request.user.authority_id, _caller(request), key, asked])
        return cursor.rowcount == 1


def _earlier_answer(view, request: Request, key: str, asked: str) -> Response:
    earlier = _rows(request, key).get()
    if earlier.request_hash != asked:
        raise KeyUsedForAnotherRequest
    view.outcome = "repeated"
    return Response(_opened(request, key, earlier.body), status=earlier.status)


def _sealed(request: Request, key: str, answer: dict) -> str:
    sealed = secrets.encrypt(json.dumps(answer), bound_to=_bound_to(request, key))
    return base64.b64encode(sealed).decode()


def _opened(request: Request, key: str, sealed: str) -> dict:
    return json.loads(secrets.decrypt(base64.b64decode(sealed), bound_to=_bound_to(request, key)))


def _bound_to(request: Request, key: str) -> str:
    return f"answer:{request.user.authority_id}:{_caller(request)}:{key}"


def _rows(request: Request, key: str):
    return IdempotencyKey.objects.filter(authority_id=request.user.authority_id, caller=_caller(request), key=key)


def _caller(request: Request) -> UUID:
    return request.user.caller_id
