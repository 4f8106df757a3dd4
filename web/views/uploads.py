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
    form = BringInForm(_partners(request, sent), sent_in(request), changes_areas=_changes_what_is_told(sent))
    refused, effect = presented.bad_rows(sent.refused["rows"]) if sent.refused else None, None
    if request.method == "POST":
        if form.is_valid():
            try:
                effect = _decide(request, sent, form)
                if effect is None and not form.errors:
                    is_decided = form.cleaned_data["then"] == DROPPED or not uploads.is_large(sent)
                    return redirect("areas_of_concern") if is_decided else redirect("upload", upload_id=sent.id)
            except FileRefused as refusal:
                form.was_refused, refused = True, presented.refused(refusal)
                form.add_error(None, refusal.sentence)
    elif sent.state in Upload.WORKED_ON:
        return _worked_on(request, sent)
    elif effect := _looked_at(request, sent):
        chosen = BringInForm.filled_in(uploads.how_of(sent))
        form = BringInForm(_partners(request, sent), chosen, changes_areas=_changes_what_is_told(sent))
    return page(
        request,
        "upload",
        title=presented.title(sent, effect),
        form=form if sent.state == Upload.State.WAITING or form.errors else None,
        sent=sent,
        rows=presented.summary(sent),
        would=presented.would(sent),
        refused=refused,
        effect=effect,
        back=_back(),
    )


def _worked_on(request: HttpRequest, sent: Upload) -> HttpResponse:
    """How far the work on a large file is."""
    return page(
        request,
        "upload_worked_on",
        title=presented.title(sent, None),
        sent=sent,
        how_far=presented.how_far(sent),
        rows=presented.summary(sent),
        back=back_to("Files of areas", "uploads"),
    )


def _looked_at(request: HttpRequest, sent: Upload) -> effects.Effect | None:
    """What a worker found that bringing the file in would bring about, where it was asked and still stands."""
    if sent.state != Upload.State.WAITING or sent.how is None or sent.refused:
        return None
    return effects.looked_at_today(sent.id, uploads.how_of(sent), by=request.actor, at=now())


def _partners(request: HttpRequest, sent: Upload) -> list[tuple[str, str]]:
    """With whom it may be shared; nobody is asked of a file that can only be dropped."""
    if sent.state != Upload.State.WAITING:
        return []
    standing = own(request, Agreement.objects.filter(agreements.stands(now()))).select_related("partner")
    return [(str(one.partner_id), one.partner.name) for one in standing.order_by("partner__name")]


def _changes_what_is_told(sent: Upload) -> bool:
    if not sent.would:
        return False
    told = Hotspot.objects.filter(authority_id=sent.authority_id, state=Hotspot.State.SHARED)
    return told.filter(reference__in=sent.would["changed"]).exists()


def _decide(request: HttpRequest, sent: Upload, form: BringInForm) -> effects.Effect | None:
    """Drop the file, look at what it would bring about, or bring it in; a form sent again changes nothing.

    Of a large file None too where a worker was asked.
    """
    who = {"by": request.actor, "at": now()}
    if form.cleaned_data["then"] == DROPPED:
        if dropped := form.carry_out(uploads.drop, upload_id=sent.id, **who):
            messages.success(request, presented.done(dropped))
        return None
    how = form.asked()

    def look() -> effects.Effect | None:
        if uploads.is_large(sent):
            uploads.look_ahead(sent.id, how, **who)
            return None
        return effects.preview_of_upload(sent.id, how, **who)

    def bring_in(preview_id: UUID | None) -> Upload | None:
        def asked() -> str:
            return effects.question_of_upload(sent.id, how, **who)

        return publish_after(preview_id, asked, lambda: uploads.bring_in(sent.id, how, **who), **who)

    return look_then_act(request, form, look=look, act=bring_in, done=presented.done)


def _back():
    return back_to("Areas of concern", "areas_of_concern")
