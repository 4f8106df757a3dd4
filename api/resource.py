"""What does every view of the API do alike? Permission, scope, closed fields, and a line in the log-book."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db.models import Model, QuerySet
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from accounts import policy, scoping
from accounts.acting import Actor
from accounts.policy import Relation
from api import versions
from api.closed import Answer, Body, PageQuery, Query
from audit import log


class Resource(GenericAPIView):
    """One address. A subclass names its operations and gives its rows; what it may tell is the policy's to say.

    `scope` names the function of accounts.scoping by which its rows are found; `subject_kind` is what the log-book
    calls them, and is empty only where no row of an authority is told (public ground). An address whose body is a file
    describes it in `body_described`, by media type.
    """

    operations: ClassVar[dict[str, str]] = {}
    relation: ClassVar[Relation] = Relation.OWN
    scope: ClassVar[str] = "own"
    subject_kind: ClassVar[str] = ""
    answer_class: ClassVar[type[Answer] | None] = None
    body_class: ClassVar[type[Body] | None] = None
    query_class: ClassVar[type[Query]] = Query
    is_list: ClassVar[bool] = False
    is_versioned: ClassVar[bool] = False
    is_question: ClassVar[bool] = False
    body_described: ClassVar[dict | None] = None
    most_body_bytes: ClassVar[int | None] = None
    creates: ClassVar[bool] = False
    http_method_names: ClassVar[list[str]] = ["get", "head", "post"]
    lookup_field = "id"

    actor: Actor | None = None
    outcome = "done"
    subjects: Iterable[UUID] = ()

    @property
    def operation(self) -> str | None:
        """The policy's name for what this request asks; None for a method that is not offered."""
        return self.operations.get("GET" if self.request.method == "HEAD" else self.request.method)

    def rows(self) -> QuerySet:
        """The rows of this address before any scope."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        """The rows within the application's own wall; row-level security stands behind it."""
        return self.scoped(self.rows())

    def scoped(self, rows: QuerySet) -> QuerySet:
        """Other rows within the same wall: a child that a body names, for one."""
        return getattr(scoping, self.scope)(rows, self.actor.authority_id)

    def filtered(self) -> QuerySet:
        """The rows that the validated query asks for. A subclass with filters narrows them here."""
        return self.get_queryset()

    def ordered(self, rows: QuerySet) -> QuerySet:
        """The rows in the order asked for, or in their own; the id settles ties, so that pages do not overlap."""
        asked = self.query.get("ordering")
        return rows.order_by(asked, "id") if asked else rows

    def prepare(self, rows: list) -> None:
        """What the answer needs beside the rows, read once for all of them."""

    def as_told(self, rows: list) -> list:
        """What is told of a page of rows, in their order: the rows themselves, unless a list tells more of each."""
        return rows

    def logged_ids(self, rows: Iterable[Model]) -> list[UUID]:
        """What the log-book names of a page of rows."""
        return [row.id for row in rows]

    def queries(self, method: str) -> type[Query]:
        """What may stand after the question mark: filters and pages belong to reading."""
        return self.query_class if method in ("GET", "HEAD") else Query

    def status_told(self, method: str) -> int:
        """The status of a request that was answered."""
        return HTTPStatus.CREATED if self.creates and method == "POST" else HTTPStatus.OK

    def perform_authentication(self, request):
        self.actor = request.user

    def initial(self, request, *args, **kwargs):
        # Read before the form check of a session looks for a form in it: afterwards it could not be read again.
        self.raw_body = self._sent(request)
        super().initial(request, *args, **kwargs)
        self.query = self.queries(request.method).read(request.query_params)

    def _sent(self, asked) -> bytes:
        """The body as it was sent. An address that takes files takes `most_body_bytes` of whom we know, else Django's limit."""
        request = asked._request
        if self.most_body_bytes is None or request.method != "POST" or not _is_known(asked):
            return request.body
        sent = request.read(self.most_body_bytes + 1)
        if len(sent) > self.most_body_bytes:
            raise RequestDataTooBig
        return sent

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.actor is not None and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._write_log(response)
        return response

    def read_body(self) -> dict:
        """The validated body of this request."""
        body = self.body_class(data=self.request.data)
        body.is_valid(raise_exception=True)
        return body.validated_data

    def found(self) -> Model:
        """The row that the address names, within scope; absent and forbidden are the same 404."""
        return self.get_object()

    def tell(self, row: Model) -> Response:
        """One row, in the fields that the policy gives to this operation."""
        self.subjects = [row.id]
        self.prepare([row])
        return self.tell_fields(row)

    def tell_fields(self, answer: object) -> Response:
        """An answer that is no row of its own."""
        told = self.answer_class(answer, names=self.field_names(), context=self.get_serializer_context())
        headers = {"ETag": versions.tag(answer.version)} if self.is_versioned else {}
        return Response(told.data, status=self.status_told(self.request.method), headers=headers)

    def tell_page(self) -> Response:
        """One page of the rows asked for."""
        page = self.paginate_queryset(self.ordered(self.filtered()))
        self.subjects = self.logged_ids(page)
        self.prepare(page)
        told = self.answer_class(
            self.as_told(page), many=True, names=self.field_names(), context=self.get_serializer_context()
        )
        return self.get_paginated_response(told.data)

    def field_names(self) -> tuple[str, ...]:
        """The closed field set of this operation."""
        return policy.fields(self.operation, self.relation)

    def _write_log(self, response: Response) -> None:
        """One line a request: reads of rows, writes, and whatever was refused."""
        is_refused = response.status_code >= HTTPStatus.BAD_REQUEST
        if not (self.subject_kind or is_refused):
            return
        asked = [self.kwargs["id"]] if is_refused and "id" in self.kwargs else []
        log.record(
            operation=self.operation or "none",
            subject_kind=self.subject_kind,
            subject_ids=asked or self.subjects,
            fields="" if is_refused or not self.operation else policy.field_set(self.operation, self.relation),
            outcome=response.data["code"] if is_refused else self.outcome,
        )


class ListResource(Resource):
    """An address whose GET tells a page of rows."""

    is_list = True
    query_class = PageQuery

    def get(self, request, **kwargs):
        return self.tell_page()


class ItemResource(Resource):
    """An address whose GET tells one row."""

    def get(self, request, **kwargs):
        return self.tell(self.found())


def _is_known(asked) -> bool:
    """Whether a token that is good, or a session, stands behind a request: asked before a byte of a large body is read.

    Raises AuthenticationFailed for a token that is not good. What they may do is asked later.
    """
    if asked.headers.get("Authorization", "").lower().startswith("bearer "):
        return asked.user is not None
    return asked._request.user.is_authenticated
