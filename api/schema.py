"""How is the API described? OpenAPI 3, made from the views, their closed field sets and the policy table."""

from django.conf import settings
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from accounts import policy
from api import errors, fields, idempotency, text, versions

ALWAYS = {401: "Not signed in", 403: "Not permitted", 406: "Only JSON is spoken", 503: "The database is away"}
QUERY_REFUSED = {400: "A parameter is unknown or unreadable"}
WRITING = {
    400: "The body, a parameter or a header cannot be taken",
    409: "What is recorded already stands against it",
    413: "The body is too large",
    415: "Only application/json is read",
    422: "A rule or the Idempotency-Key stands against it",
}


class ProblemSerializer(serializers.Serializer):
    """A refusal (RFC 9457), with a sentence for people and a code for machines."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(required=False)
    findings = serializers.ListField(child=serializers.DictField(), required=False)
    present = serializers.CharField(required=False)
    permitted = serializers.ListField(child=serializers.CharField(), required=False)
    reference = serializers.CharField(required=False)


class PolicyAutoSchema(AutoSchema):
    """Describes a `Resource`: what the policy says of the operation, and every status that it can answer."""

    def get_description(self):
        return policy.operations()[self._operation()].what

    def get_tags(self):
        return [self._operation().partition(".")[0]]

    def get_request_serializer(self):
        return (self.view.body_described or self.view.body_class) if self._is_unsafe() else None

    def get_response_serializers(self):
        return {str(self.view.status_told(self.method)): self._answer(), **self._refusals()}

    def get_override_parameters(self):
        query = self.view.queries(self.method)
        parameters = [query] if query().fields else []
        if self._is_unsafe() and not self.view.is_question:
            parameters.append(IDEMPOTENCY_KEY)
        if self._is_unsafe() and self.view.is_versioned:
            parameters.append(IF_MATCH)
        return parameters

    def _answer(self):
        if self.view.answer_class is None:
            return {"type": "object", "additionalProperties": True}
        names = policy.fields(self._operation(), self.view.relation)
        return self.view.answer_class(names=names, many=self._is_list_view())

    def _refusals(self) -> dict:
        described = {**ALWAYS, **(WRITING if self._is_unsafe() else QUERY_REFUSED)}
        if "{id}" in self.path or self._is_unsafe() or self.view.is_list:
            described[404] = "Nothing here, or nothing that is yours to see"
        if self._is_unsafe() and self.view.is_versioned:
            described |= {412: "Changed since it was read", 428: "If-Match is missing"}
        return {
            (str(status), errors.MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=sentence)
            for status, sentence in sorted(described.items())
        }

    def _is_list_view(self, serializer=None) -> bool:
        return self.view.is_list and self.method == "GET" and not isinstance(serializer, ProblemSerializer)

    def _operation(self) -> str:
        return self.view.operations[self.method]

    def _is_unsafe(self) -> bool:
        return self.method == "POST"

    def _get_filter_parameters(self):
        return []

    def _get_pagination_parameters(self):
        return []


class ActorScheme(OpenApiAuthenticationExtension):
    """A system's bearer token, or a person's session with its form token."""

    target_class = "accounts.authentication.ActorAuthentication"
    name = ["system", "person"]

    def get_security_definition(self, auto_schema):
        return [
            {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/oauth/token/", "scopes": {}}},
            },
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        ]

    def get_security_requirement(self, auto_schema):
        return [{"system": []}, {"person": []}]


class ClosedSets(OpenApiSerializerExtension):
    """Bodies refuse what they do not declare, answers hold nothing else: both are closed in the description too."""

    target_class = "rest_framework.serializers.Serializer"
    match_subclasses = True

    def map_serializer(self, auto_schema, direction):
        described = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        described = {**described, "additionalProperties": False}
        groups = getattr(self.target, "exactly_one", ())
        return {"oneOf": [_with(described, group, groups) for group in groups]} if groups else described


class SentFields(OpenApiSerializerFieldExtension):
    """What is sent is bounded more narrowly than what is told: readable text, sane years."""

    target_class = "rest_framework.fields.Field"
    match_subclasses = True

    def map_serializer_field(self, auto_schema, direction):
        described = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        return {**described, **_bounds(self.target)} if direction == "request" else described


def _with(described: dict, group: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> dict:
    """The same object with one of the groups of fields, whole, and without the others."""
    others = {name for other in groups if other != group for name in other}
    properties = {name: kind for name, kind in described["properties"].items() if name not in others}
    return {**described, "properties": properties, "required": [*described.get("required", []), *group]}


def _bounds(field: serializers.Field) -> dict:
    match field:
        case fields.Text(allow_blank=True):
            return {"pattern": text.PATTERN}
        case fields.Text():
            return {"pattern": text.PATTERN_NOT_BLANK, "minLength": 1}
        case fields.Day():
            return {"pattern": fields.DAY_PATTERN}
        case fields.Instant():
            return {"pattern": fields.INSTANT_PATTERN}
    return {}


IDEMPOTENCY_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Names this request for 30 days: sent again, it runs no second time. People's sessions may leave it out.",
    pattern=r"^[!-~]{1,255}$",
)
IF_MATCH = OpenApiParameter(
    versions.HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The version on which the change was decided, as ETag gave it.",
    pattern=r'^"[0-9]{1,9}"$',
)
