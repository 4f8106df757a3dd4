"""What stands in the authority's log-book?"""

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from audit import log
from audit.models import LogEntry
from web.access import operation, own
from web.presenters import log_book as presented
from web.views.answers import page, paged


@operation("log.read")
def log_book(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, LogEntry.objects.order_by("-id")))
    people = {one.person_id for one in found} | {presented.for_whom(one) for one in found}
    names = dict(User.objects.filter(id__in=people - {None}).values_list("id", "name"))
    log.record(operation="log.read", subject_kind="log")
    return page(request, "list", title="Log-book", found=found, table=presented.table(found, names))
