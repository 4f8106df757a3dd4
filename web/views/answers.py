"""How is a page answered? With its title, its form's status and one page of a list."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from web.forms.base import Form
from web.presenters.elements import Link

ROWS_ON_A_PAGE = 25


def page(
    request: HttpRequest, template: str, *, title: str, form: Form | None = None, back: Link | None = None, **context
) -> HttpResponse:
    """The page of a template under templates/web. The title names no child: it stands in the browser's history."""
    context |= {"title": title, "form": form, "back": back}
    return render(request, f"web/{template}.html", context, status=form.status if form else 200)


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What was sent in, be it empty; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def paged(request: HttpRequest, rows) -> Page:
    """One page of a list, by `?page=`; a number out of range is the nearest page."""
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))


def back_to(text: str, name: str, **where) -> Link:
    """A link back to a page of a name."""
    return Link(text, reverse(name, kwargs=where))
