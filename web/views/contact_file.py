"""How is a file of contacts taken in? It is shown first: what is new, what waits for a call back, and every bad row."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from notifications.directory import contact_file
from web.access import operation
from web.forms.directory import ContactFileForm, TakeInForm
from web.presenters import directory as presented
from web.views.answers import back_to, page, sent_in


@operation("contacts.import", methods=("GET", "POST"))
def choose(request: HttpRequest) -> HttpResponse:
    """The file is chosen and read; nothing is taken in yet."""
    form = ContactFileForm(sent_in(request), request.FILES if request.method == "POST" else None)
    form.is_multipart = True
    if request.method == "POST" and form.is_valid():
        content = form.content()
        found = form.carry_out(contact_file.preview, content=content, by=request.actor, on=today())
        if found is not None:
            text = content.decode("utf-8-sig")
            return _shown(request, TakeInForm(initial={"csv": text}, bad_rows=len(found.bad)), found)
    back = back_to("Who can be reached", "readiness")
    return page(request, "form", title="Take in a file of contacts", form=form, back=back)


@operation("contacts.import", methods=("POST",))
def take_in(request: HttpRequest) -> HttpResponse:
    """What was looked at is taken in: every row, or none, unless its bad rows are left out."""
    if not request.POST.get("csv"):
        return redirect("import_contacts")
    content = request.POST["csv"].encode()
    found = contact_file.preview(content, by=request.actor, on=today())
    form = TakeInForm(request.POST, bad_rows=len(found.bad))
    if form.is_valid():
        leave_out = form.cleaned_data.get("leave_out_bad_rows", False)
        arguments = {"content": content, "leave_out_bad_rows": leave_out, "by": request.actor, "at": now()}
        done = form.carry_out(contact_file.take_in, **arguments)
        if done:
            messages.success(request, presented.account(done))
            return redirect("readiness")
    return _shown(request, form, found)


def _shown(request: HttpRequest, form: TakeInForm, found: contact_file.Preview) -> HttpResponse:
    return page(
        request,
        "contact_file",
        title="What this file would do",
        back=back_to("Choose another file", "import_contacts"),
        form=form,
        found=found,
        bad=presented.bad_rows(found.bad),
        entries=presented.entries_of_file(found.entries),
    )
