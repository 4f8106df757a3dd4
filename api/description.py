"""Where is the API's description? At /api/v1/schema/, for whoever is signed in."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator
from rest_framework.response import Response

from api.resource import Resource


class Description(Resource):
    """OpenAPI 3 as JSON."""

    operations = {"GET": "schema.read"}

    def get(self, request):
        return Response(_described())


@cache
def _described() -> dict:
    """The same for everybody, and a second's work: made once in each process."""
    return SchemaGenerator(patterns=None).get_schema(request=None, public=True)
