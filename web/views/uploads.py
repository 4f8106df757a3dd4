"""How does an owner bring in a file of areas: send it, see what it would do or which rows are bad, then decide, once?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from hotspots.exceptions import FileRefused
from hotspots.files import uploads
from hotspots.models import Agreement, Hotspot, Upload
from hotspots.sharing import agreements
from placements.overlay import effect as effects
from placements.overlay.publishing import publish_after
from web.access import operation, own, showing
from web.forms.upload import DROPPED, BringInForm, UploadForm
from web.presenters import upload as presented
from web.views.answers import back_to, page, paged, sent_in
from web.views.looking import look_then_act


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
    form = BringInForm(partners, sent_in(request), changes_areas=_changes_what_is_told(sent))
    refused, effect = None, None
    if request.method == "POST" and form.is_valid():
        try:
            effect = _decide(request, sent, form)
            if effect is None and not form.errors:
                return redirect("areas_of_concern")
        except FileRefused as refusal:
            form.was_refused, refused = True, presented.refused(refusal)
            form.add_error(None, refusal.sentence)
    return page(
        request,
        "upload",
        title=_title(sent, effect),
        form=form if sent.state == Upload.State.WAITING or form.errors else None,
        rows=presented.summary(sent),
        would=presented.would(sent),
        refused=refused,
        effect=effect,
        back=_back(),
    )


def _title(sent: Upload, effect: effects.Effect | None) -> str:
    if effect:
        return "What the file would bring about"
    return "What the file would do" if sent.state == Upload.State.WAITING else "What the file did"


def _changes_what_is_told(sent: Upload) -> bool:
    told = Hotspot.objects.filter(authority_id=sent.authority_id, state=Hotspot.State.SHARED)
    return told.filter(reference__in=sent.would["changed"]).exists()


def _decide(request: HttpRequest, sent: Upload, form: BringInForm) -> effects.Effect | None:
    """Drop the file, look at what it would bring about, or bring it in; a form sent again changes nothing."""
    who = {"by": request.actor, "at": now()}
    if form.cleaned_data["then"] == DROPPED:
        if dropped := form.carry_out(uploads.drop, upload_id=sent.id, **who):
            messages.success(request, presented.done(dropped))
        return None
    how = form.asked()

    def look() -> effects.Effect:
        return effects.preview_of_upload(sent.id, how, **who)

    def bring_in(preview_id: UUID | None) -> Upload | None:
        def asked() -> str:
            return effects.question_of_upload(sent.id, how, **who)

        return publish_after(preview_id, asked, lambda: uploads.bring_in(sent.id, how, **who), **who)

    return look_then_act(request, form, look=look, act=bring_in, done=presented.done)


def _back():
    return back_to("Areas of concern", "areas_of_concern")
