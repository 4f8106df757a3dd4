"""Which children are missing, what was told of each, and how does the interview after the return end?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from db.clock import now, today
from duties.board import about
from notifications import documents
from notifications.directory import directory
from notifications.models import Document
from placements import missing, queries, return_interviews
from placements.actions import missing as actions
from placements.actions.missing_answers import answer as send_answer
from placements.exceptions import MissingReportNotFound
from placements.models import MissingReport
from placements.return_interviews import REPORT
from placements.telling import police_message
from web.access import operation, own, showing
from web.forms.missing import AnswerForm, AskHostForm, InterviewForm, PoliceForm, ReportForm, ReturnForm
from web.forms.turn import TakeBackForm
from web.presenters import duty as presented_duties
from web.presenters import missing as presented
from web.presenters import notice as presented_notices
from web.presenters import verdict as presented_verdict
from web.views.answers import back_to, page, paged, sent_in
from web.views.children import own_child

CAPTION_OF_DUTIES = "Owed because of this report"


@operation("missing.read")
def reports(request: HttpRequest) -> HttpResponse:
    found = paged(request, own(request, queries.missing_reports()))
    showing("missing.read", REPORT, [one.id for one in found])
    return page(request, "list", title="Missing children", found=found, table=_table(request, found))


@operation("missing.report", methods=("GET", "POST"))
def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = own_child(request, child_id)
    form = ReportForm(sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        report = form.carry_out(actions.report_missing, child_id=child.id, **form.report, by=request.actor, at=now())
        if report:
            messages.success(request, "It is recorded. Out of area, the area’s authority is told.")
            return redirect("missing_report", report_id=report.id)
    lead = f"{child.name} ({child.reference}). A telephone call to the police and to the carer comes first."
    back = back_to("The child", "child", child_id=child.id)
    return page(request, "form", title="Report a child missing", form=form, lead=lead, back=back)


@operation("missing.read")
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(request, report_id)
    exchange = missing.exchanges_known_to(request.actor, [found], at=now()).get(found.id)
    showing("missing.read", REPORT, [found.id])
    context = {
        "report": found,
        "name": found.child.name,
        "rows": presented.rows(found, exchange),
        "duties": presented_duties.table(own(request, about(REPORT, found.id)), now(), caption=CAPTION_OF_DUTIES),
        "police": presented.police_messages(found.police_messages.order_by("given_at")),
        **(_told(found, exchange) if exchange else {}),
    }
    back = back_to("Missing children", "missing_reports")
    return page(request, "missing_report", title="A report of a missing child", back=back, **context)


@operation("missing.report", methods=("GET", "POST"))
def record_return(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(request, report_id)
    form = ReturnForm(sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"report_id": found.id, "returned_at": form.moment, "by": request.actor, "at": now()}
        if form.carry_out(actions.record_return, **arguments):
            messages.success(request, "The return is recorded. The interview is owed within 72 hours of the clock.")
            return redirect("missing_report", report_id=found.id)
    return page(request, "form", title="Record that the child came back", form=form, back=_back(found))


@operation("missing.interview", methods=("GET", "POST"))
def ask_host(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(request, report_id)
    form = AskHostForm(sent_in(request))
    arguments = {"report_id": found.id, "by": request.actor, "at": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(actions.ask_host, **arguments):
        messages.success(request, "They are asked. The interview stays yours until a person there takes it on.")
        return redirect("missing_report", report_id=found.id)
    lead = "Ask the authority of the area where the child lives to hold the interview. One authority owns it at a time."
    return page(request, "form", title="Ask for the interview", form=form, lead=lead, back=_back(found))


@operation("missing.interview", methods=("GET", "POST"))
def interview(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(request, report_id)
    form = InterviewForm(sent_in(request), initial={"on": today(), "interviewed_by": request.actor.name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ended = form.carry_out(
            actions.record_interview,
            report_id=found.id,
            ending=given["ending"],
            interviewed_at=form.moment,
            interviewed_by=given["interviewed_by"],
            words=given["words"],
            by=request.actor,
            at=now(),
        )
        if ended:
            messages.success(request, "It is recorded.")
            return redirect("missing_report", report_id=found.id)
    return page(request, "form", title="Record how the interview ended", form=form, back=_back(found))


@operation("missing.take_interview_back", methods=("GET", "POST"))
def take_interview_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = own_report(request, report_id)
    form = TakeBackForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"report_id": found.id, "by": request.actor, "at": now()}
        if form.carry_out(actions.take_interview_back, **form.cleaned_data, **arguments):
            messages.success(request, "It is taken back; the interview is owed again.")
            return redirect("missing_report", report_id=found.id)
    return page(request, "form", title="Take back how the interview ended", form=form, back=_back(found))


@operation("missing.police", methods=("GET", "POST"))
def police(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The message to copy or print, and that it was given."""
    found = own_report(request, report_id)
    form = PoliceForm(sent_in(request), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        arguments = {"given_to": form.cleaned_data["given_to"], "by": request.actor, "at": now()}
        if form.carry_out(actions.log_police_message, report_id=found.id, given_at=form.moment, **arguments):
            messages.success(request, "It is recorded that the message was given.")
            return redirect("missing_report", report_id=found.id)
    showing("missing.police", REPORT, [found.id])
    return page(
        request,
        "police_message",
        title="Message to the police missing coordinator",
        form=form,
        back=_back(found),
        text=police_message.text_of(found, at=now()),
    )


@operation("missing.answer", methods=("GET", "POST"))
def answer(request: HttpRequest, document_id: UUID) -> HttpResponse:
    notice = documents.received(request.actor.authority_id).get(id=document_id, kind=Document.Kind.MISSING_NOTICE)
    form = AnswerForm(sent_in(request), initial={"post": request.actor.role.label, "on": today()})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("word", "words", "post")}
        arguments = {"document_id": notice.id, "happened_at": form.moment, "by": request.actor, "at": now()}
        if form.carry_out(send_answer, **given, **arguments):
            messages.success(request, f"{notice.sender.name} is told.")
            return redirect("received_notice", document_id=notice.id)
    showing("missing.answer", "document", [notice.id])
    back = back_to("The notice", "received_notice", document_id=notice.id)
    return page(request, "form", title=f"Answer notice {notice.reference}", form=form, back=back)


def own_report(request: HttpRequest, report_id: UUID) -> MissingReport:
    """A report of the authority acted for; another's and an absent one are the same."""
    found = own(request, queries.missing_reports().filter(id=report_id)).first()
    if found is None:
        raise MissingReportNotFound
    return found


def _table(request: HttpRequest, found):
    return presented.table(found, missing.exchanges_known_to(request.actor, found, at=now()))


def _told(found: MissingReport, exchange) -> dict:
    host = exchange.host
    answer = return_interviews.finding_of(found, exchange, now=now())
    return {
        "exchange": exchange,
        "interview": presented.interview_section(answer, found.interview_words),
        "telephone": presented_verdict.telephone(host, directory.current_contacts(host.id, today())) if host else None,
        "said": presented.said_by_host(exchange),
        "notices": presented_notices.outbox(exchange.notices, caption="Notices to the area’s authority"),
    }


def _back(found: MissingReport):
    return back_to("The report", "missing_report", report_id=found.id)
