"""How does an owner bring in a file of areas: send it, see what it would do or which rows are bad, then decide, once?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from hotspots import agreements, uploads
from hotspots.exceptions import FileRefused, HotspotError
from hotspots.models import Agreement, Upload
from web.access import operation, own, showing
from web.forms.upload import DROPPED, BringInForm, UploadForm
from web.presenters import upload as presented
from web.views.answers import back_to, page, paged, sent_in


@operation("uploads.read")
def all_uploads(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, Upload.objects.defer("content").order_by("-received_at", "id")))
    showing("uploads.read", "upload", [one.id for one in found])
    table = presented.listed(found)
    return page(request, "list", title="Files of areas", found=found, table=table, back=_back())


@operation("uploads.receive", methods=("GET", "POST"))
def send_file(request: HttpRequest) -> HttpResponse:
    form = UploadForm(sent_in(request), request.FILES or None, initial={"srid": ""})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            upload = uploads.receive(**form.asked(), by=request.actor, at=now())
            return redirect("upload", upload_id=upload.id)
        except FileRefused as refusal:
            form.was_refused, refused = True, presented.refused(refusal)
            form.add_error("file", refusal.sentence)
    return page(request, "send_file", title="Bring in a file of areas", form=form, refused=refused, back=_back())


@operation("uploads.bring_in", methods=("GET", "POST"))
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    sent = own(request, Upload.objects.defer("content").filter(id=upload_id)).get()
    showing("uploads.read", "upload", [sent.id])
    standing = own(request, Agreement.objects.filter(agreements.stands(now()))).select_related("partner")
    partners = [(str(one.partner_id), one.partner.name) for one in standing.order_by("partner__name")]
    form = BringInForm(partners, sent_in(request))
    refused = None
    if request.method == "POST" and form.is_valid():
        who = {"upload_id": sent.id, "by": request.actor, "at": now()}
        try:
            is_dropped = form.cleaned_data["then"] == DROPPED
            done = uploads.drop(**who) if is_dropped else uploads.bring_in(**who, **form.asked())
            messages.success(request, presented.done(done))
            return redirect("areas_of_concern")
        except FileRefused as refusal:
            form.was_refused, refused = True, presented.refused(refusal)
            form.add_error(None, refusal.sentence)
        except HotspotError as refusal:
            form.was_refused = True
            form.add_error(None, str(refusal))
    return page(
        request,
        "upload",
        title="What the file would do" if sent.state == Upload.State.WAITING else "What the file did",
        form=form if sent.state == Upload.State.WAITING or form.errors else None,
        rows=presented.summary(sent),
        would=presented.would(sent),
        refused=refused,
        back=_back(),
    )


def _back():
    return back_to("Areas of concern", "areas_of_concern")
