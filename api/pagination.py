"""How long is a list? At most one page; every list says how to go on."""

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """`page` and `page_size` (at most 200); the answer holds count, next, previous and results."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
