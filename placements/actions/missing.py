"""How is it recorded that a child is missing, came back, and how the interview after the return ended?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts import policy
from accounts.acting import Actor
from db.clock import london_date
from placements import missing, return_interviews
from placements.exceptions import AlreadyMissing, ChildNotFound, DoesNotFit, MissingReportNotFound, UnreadableField
from placements.models import Child, MissingReport, Placement, PoliceMessage
from placements.place import places
from placements.return_interviews import note
from placements.rules.missing import Interview, InterviewEnding
from placements.rules.not_practicable import ReasonMissing
from placements.rules.written_times import moment_in_words
from placements.telling import police_message


@transaction.atomic
def report_missing(
    *,
    child_id: UUID,
    missing_since: datetime,
    last_seen: str,
    place_postcode: str = "",
    is_whereabouts_known: bool = False,
    returned_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> MissingReport:
    """Record that a child is missing, or away without authorisation where it is known where they are.

    The placement goes on. Out of area the host is told at once. With `returned_at` an episode is recorded afterwards.
    `place_postcode`, where it is known, is only counted (placements/overlay/validity.py): nobody is told of it.
    Raises NotPermitted, ChildNotFound, UnreadableField, AlreadyMissing.
    """
    policy.require("missing.report", by.role)
    child = Child.objects.select_for_update().filter(authority_id=by.authority_id, id=child_id).first()
    if child is None:
        raise ChildNotFound
    if missing_since > at:
        raise UnreadableField("missing_since", "Give the time since when the child is missing: this one lies ahead.")
    if not last_seen.strip():
        raise UnreadableField("last_seen", "Say where the child was last seen, or that nobody knows.")
    running = MissingReport.objects.filter(child=child, returned_at=None).first()
    if running is not None and returned_at is None:
        raise AlreadyMissing(moment_in_words(running.missing_since))
    report = MissingReport(
        authority_id=by.authority_id,
        child=child,
        placement=_placement_of(child, missing_since),
        is_whereabouts_known=is_whereabouts_known,
        missing_since=missing_since,
        last_seen=last_seen.strip(),
        place_postcode=places.postcode_of_field("place_postcode", place_postcode),
        interview_owner_id=by.authority_id,
        recorded_at=at,
        recorded_by=by.name,
    )
    what = "Away without authorisation" if is_whereabouts_known else "Missing"
    note(report, "report", f"{what}; the placement goes on", missing_since, by=by, at=at)
    if returned_at is None:
        report.save(force_insert=True)
    else:
        return_interviews.begin(report, returned_at, by=by, at=at)
    missing.tell_host(report, by=by.name, at=at)
    return report


@transaction.atomic
def record_return(*, report_id: UUID, returned_at: datetime, by: Actor, at: datetime) -> MissingReport:
    """Record that the child came back: 72 hours of the clock begin for the interview, and the host is told.

    Raises NotPermitted, MissingReportNotFound, DoesNotFit (a return is recorded already), UnreadableField.
    """
    policy.require("missing.report", by.role)
    report = _locked(report_id, by)
    if not report.is_open:
        raise DoesNotFit(f"The return is recorded already: {moment_in_words(report.returned_at)}.")
    return_interviews.begin(report, returned_at, by=by, at=at)
    missing.tell_host(report, by=by.name, at=at)
    return report


@transaction.atomic
def ask_host(*, report_id: UUID, by: Actor, at: datetime) -> MissingReport:
    """Ask the host to do the interview. It stays ours until a person there takes it on.

    Raises NotPermitted, MissingReportNotFound, DoesNotFit.
    """
    policy.require("missing.interview", by.role)
    report = _with_interview(report_id, by, at)
    exchange = missing.exchange_of(report)
    if exchange.host is None:
        raise DoesNotFit("No other authority was told of this: there is nobody to ask. Do the interview yourselves.")
    if exchange.is_asked and not exchange.handed_back:
        raise DoesNotFit(f"{exchange.host.name} was asked already. Ring them, or do the interview yourselves.")
    missing.tell_host(report, is_interview_asked=True, by=by.name, at=at)
    note(report, "ask_host", "Asked the area’s authority to do the interview", at, by=by, at=at)
    return report


@transaction.atomic
def record_interview(
    *,
    report_id: UUID,
    ending: InterviewEnding,
    interviewed_at: datetime,
    interviewed_by: str,
    words: str = "",
    by: Actor,
    at: datetime,
) -> MissingReport:
    """Record how the interview ended: done, declined or not possible, the last two with the reason.

    Recordable also where the host had taken it on: what happened is recorded, and the host is told. Done meets the
    duty. Offered and declined is not done: that duty closes as not owed, with the reason. Raises NotPermitted,
    MissingReportNotFound, DoesNotFit, UnreadableField.
    """
    policy.require("missing.interview", by.role)
    report = _with_interview(report_id, by, at)
    interview = interview_of(report.returned_at, ending, interviewed_at, interviewed_by, words, at=at)
    return_interviews.end(report, interview, by=by, at=at)
    if missing.exchange_of(report).is_asked:
        missing.tell_host(report, is_interview_asked=True, by=by.name, at=at)
    return report


@transaction.atomic
def take_interview_back(*, report_id: UUID, reason: str, by: Actor, at: datetime) -> MissingReport:
    """Take back how an interview ended, where that was recorded by mistake: it is owed again, by the same instant.

    What was recorded stays in the timeline. What the host said itself is the host's to take back. Raises NotPermitted,
    MissingReportNotFound, DoesNotFit, UnreadableField.
    """
    policy.require("missing.take_interview_back", by.role)
    report = _locked(report_id, by)
    exchange = missing.exchange_of(report)
    if not report.interview_outcome:
        raise DoesNotFit("Nobody has recorded how this interview ended: there is nothing to take back.")
    if exchange.ending:
        raise DoesNotFit(f"{exchange.host.name} said how it ended: ring them, and have them say otherwise.")
    if not reason.strip():
        raise UnreadableField("reason", "Say why it is taken back.")
    return_interviews.take_back(report, exchange, reason=reason.strip(), by=by, at=at)
    if exchange.is_asked:
        missing.tell_host(report, is_interview_asked=True, by=by.name, at=at)
    return report


@transaction.atomic
def log_police_message(*, report_id: UUID, given_at: datetime, given_to: str, by: Actor, at: datetime) -> PoliceMessage:
    """Record that the message by template was given to the police, as it reads now. Raises as `record_return` does."""
    policy.require("missing.police", by.role)
    report = _locked(report_id, by)
    if given_at > at:
        raise UnreadableField("given_at", "Give the time at which it was given: this one lies ahead.")
    if not given_to.strip():
        raise UnreadableField("given_to", "Say who took the message.")
    message = PoliceMessage.objects.create(
        authority_id=report.authority_id,
        report=report,
        text=police_message.text_of(report, at=at),
        given_at=given_at,
        given_by=by.name,
        given_to=given_to.strip(),
        recorded_at=at,
        recorded_by=by.name,
    )
    note(report, "police", "Message given to the police missing coordinator", given_at, by=by, at=at)
    return message


def interview_of(
    returned_at: datetime, ending: InterviewEnding, interviewed_at: datetime, by: str, words: str, *, at: datetime
) -> Interview:
    """How an interview ended, as either side says it. Raises UnreadableField."""
    if not returned_at <= interviewed_at <= at:
        raise UnreadableField(
            "interviewed_at", f"Give a time between the return on {moment_in_words(returned_at)} and now."
        )
    if not by.strip():
        raise UnreadableField("interviewed_by", "Say who held the interview, or who offered it.")
    try:
        return Interview(ending=InterviewEnding(ending), at=interviewed_at, by=by.strip(), reason=words.strip())
    except ReasonMissing as error:
        raise UnreadableField("words", str(error)) from error


def _with_interview(report_id: UUID, by: Actor, at: datetime) -> MissingReport:
    """A report whose child is back and whose interview has not ended, after what the host answered was taken in."""
    report = _locked(report_id, by)
    if report.is_open:
        raise DoesNotFit("The child is not back: record the return first.")
    return_interviews.hear(report, missing.exchange_of(report), at=at)
    if report.interview_outcome:
        raise DoesNotFit(f"How the interview ended is recorded already: {report.get_interview_outcome_display()}.")
    return report


def _locked(report_id: UUID, by: Actor) -> MissingReport:
    report = (
        MissingReport.objects.select_for_update(of=("self",))
        .select_related("child", "placement", "authority")
        .filter(authority_id=by.authority_id, id=report_id)
        .first()
    )
    if report is None:
        raise MissingReportNotFound
    return report


def _placement_of(child: Child, since: datetime) -> Placement | None:
    """The placement that the child was missing from: the one that ran at that moment."""
    on = london_date(since)
    ran = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    rows = Placement.objects.filter(ran, child=child, superseded_at=None).select_related("child", "authority")
    not_over = rows.filter(Q(ended_at=None) | Q(ended_at__gt=since), Q(started_at=None) | Q(started_at__lte=since))
    return not_over.order_by("is_disputed", F("starts_on").desc()).first()
