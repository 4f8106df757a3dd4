"""Which authorities are there, and which adjoin? Public ground, the same for every reader."""

from datetime import date

from django.db.models import Q
from rest_framework import serializers

from api.closed import Answer, PageQuery, Query
from api.fields import Day, Identifier, Text
from api.resource import ItemResource, ListResource, Resource
from db import clock
from geo.areas import adjoining_authorities
from geo.ground import current_ground
from geo.models import Authority, AuthorityCode


class AuthorityAnswer(Answer):
    id = Identifier()
    name = serializers.CharField()
    kind = serializers.CharField()
    country = serializers.CharField()
    gss = serializers.SerializerMethodField()
    dfe = serializers.SerializerMethodField()

    def get_gss(self, authority: Authority) -> str:
        return _code(authority, AuthorityCode.Scheme.GSS)

    def get_dfe(self, authority: Authority) -> str:
        return _code(authority, AuthorityCode.Scheme.DFE)


class AdjoiningAnswer(Answer):
    id = Identifier()
    name = serializers.CharField()
    relation = serializers.CharField()


class AuthorityQuery(PageQuery):
    code = Text(max_length=20, required=False, help_text="A code that the authority bears or bore, of any scheme")
    name = Text(required=False, help_text="A part of the name")


class AdjoiningQuery(Query):
    on = Day(required=False, help_text="The day asked about; today unless given")


class Authorities(ListResource):
    operations = {"GET": "authorities.read"}
    scope = "public"
    answer_class = AuthorityAnswer
    query_class = AuthorityQuery

    def rows(self):
        return Authority.objects.order_by("name", "id")

    def filtered(self):
        rows = self.get_queryset()
        if "name" in self.query:
            rows = rows.filter(Q(name__icontains=self.query["name"]) | Q(names__name__icontains=self.query["name"]))
        if "code" in self.query:
            rows = rows.filter(codes__code__iexact=self.query["code"])
        return rows.distinct()


class AuthorityItem(ItemResource):
    operations = {"GET": "authorities.read"}
    scope = "public"
    answer_class = AuthorityAnswer

    def rows(self):
        return Authority.objects.all()


class Adjoining(Resource):
    """The list is short and whole: no authority adjoins more than a few others."""

    operations = {"GET": "authorities.adjoining"}
    scope = "public"
    answer_class = AdjoiningAnswer
    query_class = AdjoiningQuery
    is_list = True

    def rows(self):
        return Authority.objects.all()

    def get(self, request, **kwargs):
        return self.tell_page()

    def filtered(self):
        on: date = self.query.get("on") or clock.today()
        adjoining = adjoining_authorities(self.found(), on)
        return [{"id": one.id, "name": one.name, "relation": how} for one, how in adjoining.items()]

    def ordered(self, rows):
        return rows

    def logged_ids(self, rows):
        return []


def _code(authority: Authority, scheme: str) -> str:
    return current_ground().code(authority, scheme, clock.today())
