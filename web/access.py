"""Who may open a page? Signed in, acting for one authority, in a role that the policy lets do this or covering one."""

from collections.abc import Callable, Iterable
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from accounts import cover, policy, scoping
from accounts.acting import acting_for
from accounts.membership import acting_person
from audit import log
from web.views import errors

PURPOSE = "pages"


def operation(name: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """Mark a view with its operation of accounts/policy.toml and guard it.

    The view runs inside `acting_for` with the actor as `request.actor`. A refusal becomes a page within it, so that
    what the view had written is taken back by the action that refused, while the log-book keeps the refusal's line.
    """

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.actor = acting_person(request)
            if request.actor is None:
                return redirect("choose_authority")
            with acting_for(request.actor, PURPOSE):
                try:
                    cover.require(name, request.actor)
                    return view(request, *args, **kwargs)
                except (*errors.EXPECTED, *errors.RACES) as refusal:
                    if not errors.is_expected(refusal):
                        raise
                    log.record(operation=name, outcome="refused")
                    return errors.refused(request, refusal)

        guarded.operation = name
        guarded.methods = methods
        return guarded

    return guard


def own(request: HttpRequest, rows: QuerySet) -> QuerySet:
    """Those rows that belong to the authority acted for: the pages' own wall, in front of the database's."""
    return scoping.own(rows, request.actor.authority_id)


def showing(operation_name: str, subject_kind: str, subject_ids: Iterable[UUID], *, fields: str = "") -> None:
    """Write into the log-book whose records this page shows, and which set of fields; nothing where it shows none."""
    shown = list(subject_ids)
    if not shown:
        return
    known = next(iter(policy.operations()[operation_name].field_sets.values()))
    log.record(operation=operation_name, subject_kind=subject_kind, subject_ids=shown, fields=fields or known)
