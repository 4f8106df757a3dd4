"""With whom is the interview after a return, and how did it end? Kept in the report and in the duties of both sides.

What a host answers is taken in by a transaction of the responsible authority, and what that one recorded by a
transaction of the host: neither writes a row of the other. Taking in twice changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.acting import Actor, acting_for, service
from accounts.roles import Role
from audit import log
from duties.actions import ask_anew, close_as_met, close_as_not_owed, meet, raise_duties, replace
from duties.models import Basis, Closing, Duty
from duties.owed import Owed
from notifications.models import Document
from placements import missing
from placements.events import write_event
from placements.exceptions import UnreadableField
from placements.missing import ENDINGS, Exchange
from placements.models import MissingReport
from placements.owed.owing import said
from placements.rules.missing import Interview, InterviewAnswer, InterviewEnding, interview_answer, interview_due
from placements.rules.written_times import moment_in_words

KIND = "return_interview"
REPORT, RECEIVED = "missing_report", "received_document"
PURPOSE = "taking in what was said of missing children"


def begin(report: MissingReport, returned_at: datetime, *, by: Actor, at: datetime) -> None:
    """The child came back: the clock of the interview starts, and it is ours until a host takes it on."""
    if returned_at > at:
        raise UnreadableField("returned_at", "A return that lies ahead cannot be recorded yet.")
    if returned_at < report.missing_since:
        since = moment_in_words(report.missing_since)
        raise UnreadableField("returned_at", f"The child was missing since {since}: the return cannot be before.")
    report.returned_at = returned_at
    report.interview_due_at = interview_due(returned_at=returned_at).due_at
    report.save()
    _raise_ours(report, str(report.id), by=by, at=at)
    found = f"The return on {moment_in_words(returned_at)} was recorded."
    meet(_key_of_found(report), authority_id=report.authority_id, evidence=found, by=by.name, at=at)
    note(report, "record_return", "Came back", returned_at, by=by, at=at)


def end(report: MissingReport, interview: Interview, *, by: Actor, at: datetime) -> None:
    """Keep how the interview ended. Done meets our duty; short of done it is not owed any more, and the reason says why.

    No clock runs once a child declined or an interview was not possible: left open, the duty would call somebody late
    who can do nothing; called met, it would say that the interview was done.
    """
    report.interview_outcome = MissingReport.Outcome(interview.ending)
    report.interview_at, report.interview_by, report.interview_words = interview.at, interview.by, interview.reason
    report.save(update_fields=["interview_outcome", "interview_at", "interview_by", "interview_words"])
    close(open_duties(REPORT, [report.id]), report.returned_at, interview, by=by, at=at)
    what = f"{report.get_interview_outcome_display()} (the interview after the return)"
    note(report, "record_interview", what, interview.at, by=by, at=at)


def take_back(report: MissingReport, exchange: Exchange, *, reason: str, by: Actor, at: datetime) -> None:
    """The ending that was recorded is none: the interview is owed again, as it was before."""
    said = f"{report.get_interview_outcome_display()}, {moment_in_words(report.interview_at)}, {report.interview_by}."
    report.interview_outcome, report.interview_at, report.interview_by, report.interview_words = "", None, "", ""
    report.save(update_fields=["interview_outcome", "interview_at", "interview_by", "interview_words"])
    about = {"authority_id": report.authority_id, "by": by.name, "at": at}
    met = Duty.objects.filter(kind=KIND, subject_kind=REPORT, subject_id=report.id)
    ask_anew(list(met.values_list("key", flat=True)), wanted=(), reason=reason, **about)
    if not exchange.is_with_host:
        back = exchange.handed_back
        _raise_ours(report, f"{report.id}:{back.id}" if back else str(report.id), by=by, at=at)
    words = f"It had said: {said} Taken back: {reason}"
    log.record(operation="missing.take_interview_back", subject_kind="missing_report", subject_ids=[report.id])
    if report.placement:
        write_event(report.placement, "How the interview ended was taken back", at, by=by, at=at, words=words)


def open_duties(subject_kind: str, subject_ids: Iterable[UUID]) -> QuerySet[Duty]:
    """The open duties to hold an interview, about these reports of ours or these notices that we received."""
    return Duty.objects.filter(kind=KIND, subject_kind=subject_kind, subject_id__in=list(subject_ids), closed_at=None)


def close(duties: Iterable[Duty], returned_at: datetime, interview: Interview, *, by: Actor, at: datetime) -> None:
    """Close duties to hold an interview in the words of the rule."""
    sentence = interview_answer(returned_at=returned_at, interview=interview, now=at).finding.sentence
    for duty in duties:
        if interview.ending is InterviewEnding.DONE:
            close_as_met(duty.id, evidence=sentence, by=by.name, at=at, done_at=interview.at)
        else:
            close_as_not_owed(duty.id, reason=sentence, by=by.name, at=at)


def owed(*, returned_at: datetime, key: str, subject_kind: str, subject_id: UUID, reference: str, role: Role) -> Owed:
    """The interview as a duty of whoever owns it: 72 hours of the clock after the return."""
    due = interview_due(returned_at=returned_at)
    return Owed(
        key=f"{KIND}:{key}",
        kind=KIND,
        title="Complete the interview after the child’s return",
        basis=Basis(due.basis.value),
        citation=str(due.citation),
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_reference=reference,
        due_on=due.due_on,
        due_at=due.due_at,
        late_from=due.late_from,
        working=said(due),
        role=role,
    )


def finding_of(report: MissingReport, exchange: Exchange, *, now: datetime) -> InterviewAnswer | None:
    """Where the interview stands by the rule, whoever holds it; None while the child is missing."""
    if report.is_open:
        return None
    interview = _kept(report) if report.interview_outcome else None
    if interview is None and exchange.ending:
        interview = interview_in(exchange.ending)
    return interview_answer(returned_at=report.returned_at, interview=interview, now=now)


def note(report: MissingReport, step: str, what: str, happened_at: datetime, *, by: Actor, at: datetime) -> None:
    """A line in the log-book, and one of the placement's timeline, which names no place and no other authority."""
    log.record(operation=f"missing.{step}", subject_kind="missing_report", subject_ids=[report.id, report.child_id])
    if report.placement:
        write_event(report.placement, what, happened_at, by=by, at=at)


def take_in(authority_id: UUID, *, at: datetime) -> None:
    """Take in what others said of the authority's missing children, and of those that it was asked to talk with.

    Hosts not told yet, because whoever recorded it held no grant for a closed address, are told now.
    """
    with acting_for(service(authority_id), PURPOSE):
        unended = MissingReport.objects.filter(authority_id=authority_id, interview_outcome="")
        for report in unended.select_for_update(of=("self",)).select_related("child", "placement", "authority"):
            exchange = missing.exchange_of(report)
            hear(report, exchange, at=at)
            if exchange.latest is None and report.placement:
                missing.tell_host(report, by=service(authority_id).name, at=at)
        _hear_as_host(authority_id, at=at)


def hear(report: MissingReport, exchange: Exchange, *, at: datetime) -> None:
    """Take in what the host answered about a report whose lock the caller holds: found, taken on, handed back, ended."""
    by = service(report.authority_id)
    if report.is_open:
        _ask_to_record_return(report, exchange, by=by, at=at)
        return
    _follow_owner(report, exchange, by=by, at=at)
    if exchange.ending and not report.interview_outcome:
        end(report, interview_in(exchange.ending), by=by, at=at)


def interview_in(answer: Document) -> Interview:
    """How an interview ended, as a host's answer says it."""
    body = answer.body
    return Interview(
        ending=InterviewEnding(ENDINGS[body["word"]]),
        at=datetime.fromisoformat(body["happened_at"]),
        by=f"{answer.composed_by}, {body['post']}, {answer.sender.name}",
        reason=body["words"],
    )


def _kept(report: MissingReport) -> Interview:
    return Interview(
        ending=InterviewEnding(report.interview_outcome),
        at=report.interview_at,
        by=report.interview_by,
        reason=report.interview_words,
    )


def _follow_owner(report: MissingReport, exchange: Exchange, *, by: Actor, at: datetime) -> None:
    owner_id = exchange.host.id if exchange.is_with_host else report.authority_id
    if report.interview_owner_id == owner_id:
        if owner_id == report.authority_id:
            _find_ours_again(report, exchange, by=by, at=at)
        return
    report.interview_owner_id = owner_id
    report.save(update_fields=["interview_owner"])
    if exchange.is_with_host:
        line = missing.interview_line(exchange.host.name, report.interview_due_at)
        for duty in open_duties(REPORT, [report.id]):
            replace(duty.id, reason=f"The interview is {line}.", by=by.name, at=at)
        what = "The area’s authority took on the interview"
        note(report, "hand_over", what, exchange.taken_on.composed_at, by=by, at=at)
    else:
        back = exchange.handed_back
        _raise_ours(report, f"{report.id}:{back.id}", by=by, at=at)
        note(report, "hand_back", "The area’s authority handed the interview back", back.composed_at, by=by, at=at)


def _find_ours_again(report: MissingReport, exchange: Exchange, *, by: Actor, at: datetime) -> None:
    """Raise our duty where it was lost; one that somebody closed stays closed."""
    of_report = Duty.objects.filter(kind=KIND, subject_kind=REPORT, subject_id=report.id)
    if not report.interview_outcome and not of_report.exclude(closing=Closing.REPLACED).exists():
        back = exchange.handed_back
        _raise_ours(report, f"{report.id}:{back.id}" if back else str(report.id), by=by, at=at)


def _raise_ours(report: MissingReport, key: str, *, by: Actor, at: datetime) -> None:
    one = owed(
        returned_at=report.returned_at,
        key=key,
        subject_kind=REPORT,
        subject_id=report.id,
        reference=report.child.reference,
        role=Role.SOCIAL_WORKER,
    )
    raise_duties([one], authority_id=report.authority_id, by=by.name, at=at)


def _ask_to_record_return(report: MissingReport, exchange: Exchange, *, by: Actor, at: datetime) -> None:
    if exchange.found is None:
        return
    one = Owed(
        key=_key_of_found(report),
        kind="reported_found",
        title="The area’s authority says that the child was found: record the return",
        basis=Basis.PRACTICE,
        citation="Our register",
        subject_kind=REPORT,
        subject_id=report.id,
        subject_reference=report.child.reference,
        role=Role.DUTY_DESK,
    )
    raise_duties([one], authority_id=report.authority_id, by=by.name, at=at)


def _key_of_found(report: MissingReport) -> str:
    return f"reported_found:{report.id}"


def owed_as_host(answer: Document, notice: Document, returned_at: datetime) -> Owed:
    """The interview that we took on by an answer of ours to a notice."""
    return owed(
        returned_at=returned_at,
        key=str(answer.id),
        subject_kind=RECEIVED,
        subject_id=notice.id,
        reference=notice.body["child_reference"],
        role=Role.MANAGER,
    )


def _find_as_host_again(authority_id: UUID, *, at: datetime) -> None:
    """Raise our duty to hold an interview that we took on, where it was lost."""
    taken_on = {
        f"{KIND}:{one.id}": one
        for one in Document.objects.filter(
            sender_id=authority_id,
            kind=Document.Kind.MISSING_ANSWER,
            body__word=missing.Word.ACCEPTS,
            superseded_by=None,
            recalled_at=None,
        )
    }
    standing = Duty.objects.filter(authority_id=authority_id, kind=KIND, subject_kind=RECEIVED)
    for key in taken_on.keys() - set(standing.values_list("key", flat=True)):
        answer = taken_on[key]
        notice = Document.objects.get(id=answer.subject_id)
        exchange = missing.exchange_about(notice)
        body = exchange.latest.body
        if exchange.taken_on == answer and not (exchange.ending or body["interview_ending"] or notice.recalled_at):
            one = owed_as_host(answer, notice, datetime.fromisoformat(body["returned_at"]))
            raise_duties([one], authority_id=authority_id, by=service(authority_id).name, at=at)


def _hear_as_host(authority_id: UUID, *, at: datetime) -> None:
    """Close our duty to hold an interview of which the responsible authority recorded the end, or took the notice back."""
    _find_as_host_again(authority_id, at=at)
    ours = Duty.objects.filter(subject_id=OuterRef("pk"), kind=KIND, subject_kind=RECEIVED, closed_at=None)
    for notice in Document.objects.filter(Exists(ours), recipient_id=authority_id):
        exchange = missing.exchange_about(notice)
        ended = exchange.latest.body["interview_ending"]
        if ended or exchange.latest.recalled_at:
            said_by = exchange.latest.sender.name
            reason = f"{said_by} recorded: {ended.lower()}." if ended else f"{said_by} took its notice back."
            for duty in open_duties(RECEIVED, [notice.id]):
                close_as_not_owed(duty.id, reason=reason, by=service(authority_id).name, at=at)
