"""What do two authorities tell each other of a missing child, and with which of them is the interview after the return?

All of it is documents: notices from the responsible authority, each superseding the last, and answers to them from the
host. Both sides read the same papers, so both come to the same answer about who owns the interview.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from accounts.acting import Actor
from db.clock import london_date
from geo.models import Authority
from notifications import documents
from notifications.models import Document
from placements.models import Child, MissingReport
from placements.place import grants, places, verdicts
from placements.place.places import Place
from placements.rules.written_times import short_moment_in_words
from placements.telling.notices import whom_to_ring

WITHHELD = "Kept back, because it would give away an address that is kept closed. Ring us."
SHORTEST_PART = 5


class Word(models.TextChoices):
    """What a host may say about a missing child: a closed list."""

    SEEN = "seen", "The child was seen"
    FOUND = "found", "The child was found"
    ACCEPTS = "accepts_interview", "We will do the interview"
    REFUSES = "refuses_interview", "We cannot do the interview"
    DONE = "interview_done", "The interview is completed"
    DECLINED = "interview_declined", "The interview was offered, and the child declined"
    NOT_POSSIBLE = "interview_not_possible", "The interview was not possible"


ENDINGS = {
    Word.DONE: MissingReport.Outcome.DONE,
    Word.DECLINED: MissingReport.Outcome.DECLINED,
    Word.NOT_POSSIBLE: MissingReport.Outcome.NOT_POSSIBLE,
}


@dataclass(frozen=True)
class Exchange:
    """The notices of one report and the host's answers to them, each in the order in which they were composed."""

    notices: tuple[Document, ...] = ()
    answers: tuple[Document, ...] = ()

    @property
    def latest(self) -> Document | None:
        """The notice that stands."""
        return self.notices[-1] if self.notices else None

    @property
    def host(self) -> Authority | None:
        """Who was told."""
        return self.latest.recipient if self.latest else None

    @property
    def is_asked(self) -> bool:
        """Whether the host is asked to do the interview."""
        return self.latest is not None and self.latest.body["is_interview_asked_of_you"]

    @property
    def is_with_host(self) -> bool:
        """Whether the host took the interview on, and did not hand it back."""
        return self.taken_on is not None

    @property
    def taken_on(self) -> Document | None:
        """The answer by which the host took the interview on; None where it did not, or handed it back."""
        said = self._said_of_interview
        return said if self.is_asked and said and said.body["word"] == Word.ACCEPTS else None

    @property
    def handed_back(self) -> Document | None:
        """The answer by which the host would not hold it, or not any more; None where that is not its last word."""
        said = self._said_of_interview
        return said if said and said.body["word"] == Word.REFUSES else None

    @property
    def _said_of_interview(self) -> Document | None:
        words = (Word.ACCEPTS, Word.REFUSES)
        return next((one for one in reversed(self.answers) if one.body["word"] in words), None)

    @property
    def ending(self) -> Document | None:
        """The answer that says how the interview ended at the host's."""
        endings = [one for one in self.answers if one.body["word"] in ENDINGS]
        return endings[0] if self.is_with_host and endings else None

    @property
    def found(self) -> Document | None:
        """The host's last word that the child was found."""
        return next((one for one in reversed(self.answers) if one.body["word"] == Word.FOUND), None)


def exchanges_of(reports: Iterable[MissingReport]) -> dict[UUID, Exchange]:
    """What was told about each report, by the report's id; two queries for all."""
    ids = [report.id for report in reports]
    notices = list(_notices(Q(subject_id__in=ids)))
    answers = list(_answers([notice.id for notice in notices]))
    return {report_id: _exchange(report_id, notices, answers) for report_id in ids}


def exchanges_known_to(actor: Actor, reports: Iterable[MissingReport], *, at: datetime) -> dict[UUID, Exchange]:
    """The same, without those of children at a closed address that the actor holds no grant for: the host gives it away."""
    reports = list(reports)
    granted = grants.held([one.placement for one in reports if one.placement], by=actor, at=at)
    return exchanges_of(
        one
        for one in reports
        if one.placement is None or not one.placement.is_restricted or one.placement_id in granted
    )


def exchange_of(report: MissingReport) -> Exchange:
    """What was told about one report."""
    return exchanges_of([report])[report.id]


def exchange_about(notice: Document) -> Exchange:
    """The exchange that a notice belongs to, as either side reads it."""
    notices = list(_notices(Q(subject_id=notice.subject_id, sender_id=notice.sender_id)))
    return _exchange(notice.subject_id, notices, list(_answers([one.id for one in notices])))


def tell_host(report: MissingReport, *, is_interview_asked: bool = False, by: str, at: datetime) -> Document | None:
    """Tell the host how the report stands, in a notice that supersedes the one before; None where there is no host.

    Of a closed address nobody without a grant knows the host: then the sweep tells it, as Placewatch itself.
    """
    earlier = exchange_of(report).latest
    recipient = earlier.recipient if earlier else _host_of(report)
    if recipient is None:
        return None
    return documents.compose(
        sender_id=report.authority_id,
        recipient_id=recipient.id,
        kind=Document.Kind.MISSING_NOTICE,
        subject_id=report.id,
        body=_body(report, earlier, is_interview_asked, at),
        due_on=None,
        urgency=Document.Urgency.URGENT if report.is_open else Document.Urgency.ORDINARY,
        only_for=grants.readers(report.placement) if report.placement else None,
        by=by,
        at=at,
        supersedes=earlier,
    )


def line_of(report: MissingReport, exchange: Exchange) -> str:
    """With whom the interview is and by when; empty where none is owed: the same words on both sides."""
    if report.returned_at is None or report.interview_outcome or exchange.ending:
        return ""
    owner = exchange.host if exchange.is_with_host else report.authority
    return interview_line(owner.name, report.interview_due_at)


def line_for_host(exchange: Exchange) -> str:
    """The same, as the host reads it in its papers."""
    body = exchange.latest.body
    if not body["returned_at"] or body["interview_ending"] or exchange.ending:
        return ""
    owner = exchange.host if exchange.is_with_host else exchange.latest.sender
    return interview_line(owner.name, datetime.fromisoformat(body["interview_due_at"]))


def interview_line(owner: str, due_at: datetime) -> str:
    """ "with Brackwater, due 31 March 00:30"."""
    return f"with {owner}, due {short_moment_in_words(due_at)}"


def last_seen_told(report: MissingReport) -> str:
    """Where the child was last seen, in words that may leave the authority."""
    if report.placement is None or not report.placement.is_restricted:
        return report.last_seen
    place = places.of(report.placement)
    return without_closed_address(report.last_seen, place) if place else WITHHELD


def without_closed_address(text: str, place: Place | None) -> str:
    """The text; or that it is kept back, where it holds the closed address, its street or its postcode."""
    parts = [place.postcode, *place.line.split(",")] if place else []
    squeezed = _squeezed(text)
    for part in parts:
        told = _squeezed(re.sub(r"^\s*\d+\w?\s", "", part))
        if len(told) >= SHORTEST_PART and told in squeezed:
            return WITHHELD
    return text


def _notices(which: Q) -> QuerySet[Document]:
    rows = Document.objects.filter(which, kind=Document.Kind.MISSING_NOTICE)
    return rows.select_related("sender", "recipient").prefetch_related("facts")


def _answers(notice_ids: list[UUID]) -> QuerySet[Document]:
    rows = Document.objects.filter(kind=Document.Kind.MISSING_ANSWER, subject_id__in=notice_ids)
    return rows.select_related("sender")


def _exchange(subject_id: UUID, notices: list[Document], answers: list[Document]) -> Exchange:
    ours = [notice for notice in notices if notice.subject_id == subject_id]
    ids = {notice.id for notice in ours}
    return Exchange(_in_order(ours), _in_order([answer for answer in answers if answer.subject_id in ids]))


def _in_order(papers: Iterable[Document]) -> tuple[Document, ...]:
    """By when they were composed; of two at one instant the one that supersedes the other is the later."""
    by_id = {paper.id: paper for paper in papers}

    def versions_before(paper: Document) -> int:
        earlier = by_id.get(paper.supersedes_id)
        return 1 + versions_before(earlier) if earlier else 0

    return tuple(sorted(by_id.values(), key=lambda paper: (paper.composed_at, versions_before(paper))))


def _host_of(report: MissingReport) -> Authority | None:
    judged = verdicts.current(report.placement) if report.placement else None
    if judged is None or judged.host is None or judged.host.id == report.authority_id:
        return None
    return judged.host


def _body(report: MissingReport, earlier: Document | None, is_interview_asked: bool, at: datetime) -> dict:
    """Whom it is about, since when, where last seen, and how it stands: no address, no judgement, nobody else."""
    child = report.child
    return {
        "child_reference": child.reference,
        "given_name": child.given_name,
        "family_name": child.family_name,
        "born_on": child.born_on.isoformat(),
        "is_born_on_estimated": child.is_born_on_estimated,
        "sex": Child.Sex(child.sex).label,
        "is_whereabouts_known": report.is_whereabouts_known,
        "missing_since_at": report.missing_since.isoformat(),
        "last_seen": earlier.body["last_seen"] if earlier else last_seen_told(report),
        "returned_at": _written(report.returned_at),
        "interview_due_at": _written(report.interview_due_at),
        "is_interview_asked_of_you": is_interview_asked,
        "interview_ending": report.get_interview_outcome_display() if is_interview_asked else "",
        **whom_to_ring(report.authority_id, london_date(at)),
    }


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
