"""What notices were received and sent, and how does a person answer one?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from notifications import documents
from notifications.guests import guests
from notifications.models import Document
from placements import missing
from placements.place import grants
from placements.telling import consultations
from web.access import operation, showing
from web.forms.notice import AcknowledgeForm, ActOnForm, DisputeForm
from web.presenters import guest
from web.presenters import notice as presented
from web.views.answers import back_to, page, paged, sent_in


@operation("notices.received")
def inbox(request: HttpRequest) -> HttpResponse:
    found = paged(request, documents.unread_first(request.actor.authority_id))
    showing("notices.received", "document", [one.id for one in found])
    documents.note_received(found, actor=request.actor, at=now())
    return page(request, "list", title="Notices received", found=found, table=presented.inbox(found))


@operation("notices.received")
def received_notice(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Opening it is a fact that its sender sees; `open_document` writes it, and the log-book's line."""
    documents.open_document(document_id, actor=request.actor, at=now())
    found = documents.received(request.actor.authority_id).get(id=document_id)
    return page(
        request,
        "received_notice",
        title=f"Notice {found.reference}",
        back=back_to("Notices received", "inbox"),
        document=found,
        rows=presented.rows(found),
        body=presented.told(found),
        is_question=_is_open_question(found),
        answer=_answer(found),
        facts=presented.facts(found),
        answered={fact.fact for fact in found.facts.all()},
        interview=_interview(found),
    )


@operation("notices.acknowledge", methods=("GET", "POST"))
def acknowledge(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = documents.received(request.actor.authority_id).get(id=document_id)
    form = AcknowledgeForm(sent_in(request), initial={"post": request.actor.role.label})
    if request.method == "POST" and form.is_valid():
        documents.acknowledge(found.id, actor=request.actor, at=now(), **form.cleaned_data)
        messages.success(request, f"You acknowledged {found.reference}. Its sender sees that you have read it.")
        return redirect("received_notice", document_id=found.id)
    return page(
        request,
        "form",
        title=f"Acknowledge notice {found.reference}",
        form=form,
        lead=f"You acknowledge as {request.actor.name}.",
        back=_back(found),
    )


@operation("notices.acknowledge", methods=("GET", "POST"))
def dispute(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = documents.received(request.actor.authority_id).get(id=document_id)
    form = DisputeForm(sent_in(request), initial={"post": request.actor.role.label})
    if request.method == "POST" and form.is_valid():
        documents.dispute(found.id, actor=request.actor, at=now(), **form.cleaned_data)
        messages.success(request, f"What you wrote about {found.reference} stands before its sender.")
        return redirect("received_notice", document_id=found.id)
    return page(request, "form", title=f"Say what is wrong with notice {found.reference}", form=form, back=_back(found))


@operation("notices.acknowledge", methods=("GET", "POST"))
def act_on(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = documents.received(request.actor.authority_id).get(id=document_id)
    form = ActOnForm(sent_in(request), initial={"post": request.actor.role.label})
    if request.method == "POST" and form.is_valid():
        documents.act_on(found.id, actor=request.actor, at=now(), **form.cleaned_data)
        messages.success(request, f"What you did about {found.reference} stands before its sender.")
        return redirect("received_notice", document_id=found.id)
    return page(
        request, "form", title=f"Say what was done about notice {found.reference}", form=form, back=_back(found)
    )


@operation("notices.sent")
def sent(request: HttpRequest) -> HttpResponse:
    found = paged(request, grants.documents_sent(by=request.actor, at=now()))
    showing("notices.sent", "document", [one.id for one in found])
    return page(request, "list", title="Notices sent", found=found, table=presented.outbox(found))


@operation("notices.sent")
def sent_notice(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = grants.documents_sent(by=request.actor, at=now()).get(id=document_id)
    showing("notices.sent", "document", [found.id])
    return page(
        request,
        "sent_notice",
        title=f"Notice {found.reference}",
        back=back_to("Notices sent", "sent"),
        document=found,
        rows=(*presented.rows(found), presented.given(found)),
        body=presented.body(found),
        facts=presented.facts(found),
        is_standing=found.recalled_at is None and not hasattr(found, "superseded_by"),
        guest_links=guest.links(guests.of_document(found.id)),
        deliveries=presented.deliveries(found),
        ladder=presented.ladder(found),
    )


def _interview(document: Document) -> str:
    """With whom the interview after a missing child's return is, in the words that its sender reads too."""
    if document.kind != Document.Kind.MISSING_NOTICE or document.recalled_at:
        return ""
    return missing.line_for_host(missing.exchange_about(document))


def _is_open_question(document: Document) -> bool:
    is_open = document.recalled_at is None and not hasattr(document, "superseded_by")
    return is_open and document.kind in consultations.QUESTIONS


def _answer(document: Document):
    """What this authority answered to a question, as the asker reads it."""
    given = consultations.answer_to(document) if document.kind in consultations.QUESTIONS else None
    return presented.body(given) if given else ()


def _back(document):
    return back_to("The notice", "received_notice", document_id=document.id)
