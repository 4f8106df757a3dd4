"""What does Django REST Framework cost by itself? A view with one query and nothing else."""

from django.db import connection
from rest_framework.response import Response
from rest_framework.views import APIView


class BareView(APIView):
    """Looks up one postcode: no authentication, no permission, no transaction of its own, no log."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def post(self, request):
        with connection.cursor() as cursor:
            cursor.execute("select district_code from geo_postcode where postcode = %s", [request.data["postcode"]])
            return Response({"district": cursor.fetchone()[0]})
