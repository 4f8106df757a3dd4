"""How is a handover begun, written with the young person and sent; how does the host read and answer it?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now
from leaving_care import answers, host_list
from leaving_care.actions import handovers as actions
from leaving_care.actions import hosting, replies
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Handover
from notifications import documents
from notifications.models import Document
from web.access import operation, own, showing
from web.forms.handover import AcknowledgeForm, AnswerForm, BeginForm, DropForm, PartsForm, ReplyForm, SendForm
from web.presenters import handover as presented
from web.presenters.navigation import may
from web.views.answers import back_to, page, paged, sent_in
from web.views.leaving_care import own_child


@operation("leaving_care.hand_over", methods=("GET", "POST"))
def begin(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = own_child(request, child_id)
    form = BeginForm(sent_in(request), authority_id=request.actor.authority_id)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(actions.begin, child_id=child.id, **form.cleaned_data, by=request.actor, at=now())
        if made:
            messages.success(request, "The handover is begun. Nothing is sent until you send it.")
            return redirect("handover", handover_id=made.id)
    lead = "What the young person agreed to share in the last handover is taken over; what they kept back stays behind."
    back = back_to("The young person", "young_person", child_id=child.id)
    return page(request, "form", title="Begin a handover", form=form, lead=lead, back=back)


@operation("leaving_care.read_handovers")
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    found = _own(request, handover_id)
    showing("leaving_care.read_handovers", "handover", [found.id])
    context = {"handover": found, "name": found.child.name, "parts": presented.parts(found)}
    if found.document_id:
        document = documents.sent(request.actor.authority_id).get(id=found.document_id)
        answer = answers.newest([document.id]).get(document.id)
        if answer and may(request.actor.role, "handovers.received"):
            documents.open_document(answer.id, actor=request.actor, at=now())
        context |= {"rows": presented.told(document.body), "said": presented.told(answer.body) if answer else ()}
        context["offered"] = presented.more_told(answer.body) if answer else ()
        reply = answers.replies([answer]).get(answer.id) if answer else None
        context |= {"is_asked": bool(answer and answer.body["question"]), "reply": reply}
    back = back_to("The young person", "young_person", child_id=found.child_id)
    return page(request, "handover", title=f"Handover to {found.host.name}", back=back, **context)


@operation("leaving_care.hand_over", methods=("GET", "POST"))
def write(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    found = _own(request, handover_id)
    form = PartsForm(sent_in(request), handover=found)
    if request.method == "POST" and form.is_valid():
        arguments = {"handover_id": found.id, "parts": form.written, "by": request.actor, "at": now()}
        if form.carry_out(actions.write, **arguments):
            messages.success(request, "The draft is kept. Nothing is sent.")
            return redirect("handover", handover_id=found.id)
    lead = "Written with the young person. A part goes only where they agree, or where a reason of safety overrides."
    title = f"Write the handover to {found.host.name}"
    return page(request, "write_handover", title=title, form=form, lead=lead, back=_back(found))


@operation("leaving_care.hand_over", methods=("GET", "POST"))
def send(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    found = _own(request, handover_id)
    form = SendForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"handover_id": found.id, **form.cleaned_data, "by": request.actor, "at": now()}
        if form.carry_out(actions.send, **arguments):
            messages.success(request, f"{found.host.name} has it. You see here when a person there has read it.")
            return redirect("handover", handover_id=found.id)
    lead = f"To {found.host.name}. Once sent, it cannot be changed: a newer one can take its place."
    return page(request, "form", title="Send the handover", form=form, lead=lead, back=_back(found))


@operation("leaving_care.hand_over", methods=("GET", "POST"))
def drop(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    found = _own(request, handover_id)
    form = DropForm(sent_in(request))
    arguments = {"handover_id": found.id, "by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(actions.drop, **arguments):
        messages.success(request, "The draft is given up. It was never sent.")
        return redirect("young_person", child_id=found.child_id)
    return page(request, "form", title="Give a draft up", form=form, back=_back(found))


@operation("leaving_care.hand_over", methods=("GET", "POST"))
def reply(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Reply to what the host asked."""
    found = _own(request, handover_id)
    answer = answers.newest([found.document_id]).get(found.document_id) if found.document_id else None
    if answer is None:
        raise RowNotFound("answer to this handover")
    showing("leaving_care.hand_over", "handover", [found.id])
    form = ReplyForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"handover_id": found.id, **form.cleaned_data, "by": request.actor, "at": now()}
        if form.carry_out(replies.reply, **arguments):
            messages.success(request, f"{found.host.name} has your reply.")
            return redirect("handover", handover_id=found.id)
    rows = presented.told(answer.body)
    return page(request, "form", title="Reply to the host", form=form, rows=rows, back=_back(found))


@operation("handovers.received")
def received(request: HttpRequest) -> HttpResponse:
    rows = documents.unread_first(request.actor.authority_id).filter(kind__in=documents.OF_LEAVING_CARE)
    found = paged(request, rows)
    showing("handovers.received", "document", [one.id for one in found])
    documents.note_received(found, actor=request.actor, at=now())
    table = presented.received(found, answered=host_list.answered(found))
    return page(request, "list", title="Leaving care: received", found=found, table=table)


@operation("handovers.received")
def received_handover(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Opening it is a fact that its sender sees."""
    documents.open_document(document_id, actor=request.actor, at=now())
    found = _received(request, document_id)
    body = found.told or {}
    answer = answers.newest([found.id]).get(found.id)
    return page(
        request,
        "received_handover",
        title=f"{found.get_kind_display()} {found.reference}",
        back=back_to("Leaving care: received", "received_handovers"),
        document=found,
        rows=presented.told(body),
        sections=[*presented.parts_told(body), *presented.more_told(body)],
        said=presented.told(answer.body) if answer else (),
        offered=presented.more_told(answer.body) if answer else (),
        acknowledged={fact.fact for fact in found.facts.all()} >= {"acknowledged"},
    )


@operation("handovers.acknowledge", methods=("GET", "POST"))
def acknowledge(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = _received(request, document_id)
    form = AcknowledgeForm(sent_in(request), initial={"post": request.actor.role.label})
    if request.method == "POST" and form.is_valid():
        documents.acknowledge(found.id, actor=request.actor, at=now(), **form.cleaned_data)
        messages.success(request, f"{found.sender.name} sees that you have read it.")
        return redirect("received_handover", document_id=found.id)
    return page(request, "form", title=f"Acknowledge {found.reference}", form=form, back=_back_received(found))


@operation("handovers.answer", methods=("GET", "POST"))
def answer(request: HttpRequest, document_id: UUID) -> HttpResponse:
    found = _received(request, document_id)
    offers = list(own(request, hosting.current_offers()))
    form = AnswerForm(
        sent_in(request), offers=offers, initial={"contact_name": request.actor.name, "post": request.actor.role.label}
    )
    if request.method == "POST" and form.is_valid():
        arguments = {"document_id": found.id, **form.cleaned_data, "by": request.actor, "at": now()}
        if form.carry_out(hosting.answer_handover, **arguments):
            messages.success(request, f"{found.sender.name} has your answer.")
            return redirect("received_handover", document_id=found.id)
    showing("handovers.answer", "document", [found.id])
    return page(request, "form", title=f"Answer {found.reference}", form=form, back=_back_received(found))


def _own(request: HttpRequest, handover_id: UUID) -> Handover:
    rows = Handover.objects.filter(id=handover_id).select_related("host", "child").prefetch_related("parts")
    found = own(request, rows).first()
    if found is None:
        raise RowNotFound("handover")
    return found


def _received(request: HttpRequest, document_id: UUID) -> Document:
    rows = documents.received(request.actor.authority_id).filter(kind__in=documents.OF_LEAVING_CARE)
    return rows.get(id=document_id)


def _back(found: Handover):
    return back_to("The handover", "handover", handover_id=found.id)


def _back_received(found: Document):
    return back_to("What was received", "received_handover", document_id=found.id)
