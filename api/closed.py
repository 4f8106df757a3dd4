"""Which fields may come in, and which may go out? Closed sets: an unknown field is refused, an unlisted one never told."""

from collections.abc import Mapping
from typing import ClassVar

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from api.fields import Code, WholeInAddress


class Body(serializers.Serializer):
    """What a request may hold. A field that is not declared is refused, so nobody believes that it was heard.

    `exactly_one` lists groups of fields of which a request gives one, whole, and nothing of the others.
    """

    exactly_one: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def to_internal_value(self, data):
        if isinstance(data, Mapping):
            unknown = sorted(data.keys() - self.fields.keys())
            if unknown:
                raise ValidationError({name: ["There is no such field here."] for name in unknown}, code="unknown")
        return super().to_internal_value(data)

    def validate(self, attrs):
        given = [group for group in self.exactly_one if attrs.keys() & set(group)]
        if self.exactly_one and not (len(given) == 1 and attrs.keys() >= set(given[0])):
            choices = ", or else ".join(" and ".join(group) for group in self.exactly_one)
            raise ValidationError({self.exactly_one[0][0]: [f"Give {choices}."]}, code="exactly_one")
        return attrs


class NoBody(Body):
    """The address says all."""


class Query(Body):
    """What may stand after the question mark. Nothing, unless a subclass declares it."""

    @classmethod
    def read(cls, parameters: QueryDict) -> dict:
        """The validated parameters. Refuses unknown ones and repeated ones."""
        repeated = [name for name, values in parameters.lists() if len(values) > 1]
        if repeated:
            raise ValidationError({name: ["This is given twice."] for name in repeated}, code="repeated")
        query = cls(data=parameters.dict())
        query.is_valid(raise_exception=True)
        return query.validated_data


class PageQuery(Query):
    """Which page of a list, and how long a page is."""

    page = WholeInAddress(min_value=1, max_value=1_000_000, required=False)
    page_size = WholeInAddress(min_value=1, max_value=200, required=False)


def ordering_of(*columns: str) -> Code:
    """The allow-list of orders of a list: each column upwards, or downwards with a minus."""
    return Code(choices=[sign + column for column in columns for sign in ("", "-")], required=False)


class Answer(serializers.Serializer):
    """What may be told: of the declared fields those that the policy table names, and no other."""

    def __init__(self, *args, names: tuple[str, ...], **kwargs):
        self.names = names
        super().__init__(*args, **kwargs)

    def get_fields(self):
        declared = super().get_fields()
        return {name: declared[name] for name in self.names}
