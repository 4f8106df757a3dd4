"""How does a person come in, choose for whom they act, and leave?"""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.membership import choose, current_memberships
from audit import log
from web.forms.authority import AuthorityForm
from web.forms.sign_in import SignInForm
from web.views.answers import page, sent_in


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, sent_in(request))
    if request.method == "POST":
        if form.is_valid():
            login(request, form.user)
            log.record(operation="sign_in", subject_kind="person", subject_ids=[form.user.id])
            return redirect(_way_on(request))
        log.record(operation="sign_in", outcome="refused")
    return page(request, "form", title="Sign in", form=form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("signed_out")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    return page(request, "signed_out", title="You are signed out")


@require_http_methods(["GET", "POST"])
@login_required
def choose_authority(request: HttpRequest) -> HttpResponse:
    memberships = current_memberships(request.user)
    if not memberships:
        return page(request, "no_membership", title="You act for no authority")
    form = AuthorityForm(memberships, sent_in(request))
    if request.method == "POST" and form.is_valid() and choose(request, form.cleaned_data["membership"]):
        return redirect("home")
    return page(request, "form", title="Choose whom you act for", form=form)


def _way_on(request: HttpRequest) -> str:
    """The page that was asked for before signing in, if it is one of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("home")
