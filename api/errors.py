"""How is a refusal told to a machine? As application/problem+json (RFC 9457), by one handler, with nothing of our inside."""

import logging
import sys
from http import HTTPStatus
from uuid import uuid4

from django.core.exceptions import BadRequest, ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from psycopg.errors import ExclusionViolation, UniqueViolation
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

from accounts.exceptions import EndedAlready, NotAMember, NotPermitted, Unacceptable
from duties.exceptions import DutyIsClosed, ReasonMissing
from geo.exceptions import AuthorityNotFound
from hotspots import exceptions as hotspots
from leaving_care.exceptions import RowNotFound
from notifications import exceptions as notifications
from placements import exceptions as placements
from placements.place.jurisdiction import NotAnEnglishAuthority
from placements.rules.working_days import CalendarNotKnown

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
MOST_ROWS_TOLD = 1_000
NOT_FOUND_SENTENCE = "There is nothing here, or nothing that is yours to see."

logger = logging.getLogger(__name__)

# What a rule or an action refuses: status and code. The sentence is the exception's own.
REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NotPermitted: (403, "not_permitted"),
    DutyIsClosed: (409, "duty_is_closed"),
    EndedAlready: (409, "ended_already"),
    NotAMember: (422, "not_a_member"),
    notifications.NotAPerson: (403, "not_a_person"),
    notifications.AnsweredAlready: (409, "answered_already"),
    notifications.AnotherPersonNeeded: (403, "another_person_needed"),
    notifications.ChangeWaits: (409, "change_waits"),
    notifications.EndpointExists: (409, "endpoint_exists"),
    notifications.EndpointHasEnded: (409, "ended_already"),
    notifications.NotProvedYet: (409, "not_proved_yet"),
    notifications.SecondPersonNeeded: (403, "second_person_needed"),
    notifications.UnderWayAlready: (409, "under_way_already"),
    placements.AlreadyMissing: (409, "already_missing"),
    placements.DecidedAlready: (409, "decided_already"),
    placements.ConcernIsClosed: (409, "concern_is_closed"),
    placements.KeptClosed: (403, "kept_closed"),
    placements.PackNotReady: (409, "pack_not_ready"),
    placements.SecondPersonNeeded: (403, "second_person_needed"),
    placements.ReadSinceThen: (409, "read_since_then"),
    placements.AlreadyRegistered: (409, "already_registered"),
    placements.DoesNotFit: (409, "does_not_fit"),
    placements.InvalidTransition: (409, "invalid_transition"),
    placements.StaleVersion: (412, "stale_version"),
    hotspots.AgreementHasEnded: (409, "ended_already"),
    hotspots.AnsweredBefore: (409, "answered_already"),
    hotspots.ConditionBinds: (409, "condition_binds"),
    hotspots.NoLongerShared: (409, "no_longer_shared"),
    hotspots.BudgetSpent: (429, "budget_spent"),
    hotspots.PreviewsSpent: (429, "previews_spent"),
    hotspots.PreviewOfSomethingElse: (409, "preview_of_something_else"),
    hotspots.SecondPersonIsTheFirst: (403, "second_person_needed"),
    hotspots.AgreementStands: (409, "agreement_stands"),
    hotspots.InvalidTransition: (409, "invalid_transition"),
    hotspots.IsWithdrawn: (409, "is_withdrawn"),
    hotspots.ReferenceTaken: (409, "reference_taken"),
    hotspots.UploadHasItsAnswer: (409, "answered_already"),
    hotspots.UploadIsWorkedOn: (409, "being_worked_on"),
    hotspots.StaleVersion: (412, "stale_version"),
    hotspots.AgreementMissing: (422, "agreement_missing"),
    AuthorityNotFound: (422, "authority_not_found"),
    NotAnEnglishAuthority: (422, "not_an_english_authority"),
    placements.NotTheRightGrade: (422, "not_the_right_grade"),
    placements.RequirementsNotMet: (422, "requirements_not_met"),
    ReasonMissing: (422, "reason_missing"),
    CalendarNotKnown: (503, "calendar_not_known"),
}
NOT_FOUND = (
    Http404,
    ObjectDoesNotExist,
    RowNotFound,
    hotspots.AgreementNotFound,
    hotspots.HotspotNotFound,
    hotspots.PreviewNotFound,
    hotspots.QuestionNotFound,
    hotspots.UploadNotFound,
    notifications.ChangeNotFound,
    placements.ApprovalNotFound,
    placements.CeasingNotFound,
    placements.ChildNotFound,
    placements.ConcernNotFound,
    placements.GrantNotFound,
    placements.JudgementNotFound,
    placements.MissingReportNotFound,
    placements.PackNotFound,
    placements.PlacementNotFound,
    placements.TurnNotFound,
    placements.WithholdingNotFound,
)
WITH_A_SENTENCE = (hotspots.HotspotError, placements.PlacementError, notifications.NotificationError)
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError)
DATABASE_GONE = (OperationalError, InterfaceError)
CONTRADICTIONS = (ExclusionViolation, UniqueViolation)


def problem_response(error: Exception, context: dict) -> Response | None:
    """Django REST Framework's exception handler. None hands the error on to the last resort (500)."""
    problem = _problem(error)
    if problem is None:
        return None
    response = Response(problem, status=problem["status"], content_type=MEDIA_TYPE, headers=_headers(error, problem))
    response.exception = True
    return response


def code_and_sentence(error: Exception) -> tuple[str, str]:
    """A refusal of one item among many, as its own answer would have told it."""
    problem = _problem(error)
    return problem["code"], problem["detail"]


def server_error(request: HttpRequest) -> JsonResponse:
    """Django's handler of uncaught errors: a reference that the process log holds too, and nothing else."""
    reference = str(uuid4())
    logger.error("An answer failed; reference %s", reference, exc_info=True)
    problem = _unavailable() if isinstance(sys.exc_info()[1], DATABASE_GONE) else _fault()
    return _plain({**problem, "reference": reference})


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's handler for an address that no view answers."""
    return _plain(_not_found())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's handler for a request that was refused before any view of ours."""
    return _plain(_told(403, "forbidden", "This is not allowed."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's handler for a request that could not be read at all."""
    return _plain(_unreadable())


def _problem(error: Exception) -> dict | None:
    match error:
        case hotspots.AreaRefused() | placements.UnreadableField() | Unacceptable():
            return _told(400, "invalid", str(error), errors={error.field: [str(error)]})
        case hotspots.FileRefused():
            return _told(422, error.reason, error.sentence, errors={"rows": list(error.faults[:MOST_ROWS_TOLD])})
        case placements.InvalidTransition():
            return _refusal(error, present=error.present, permitted=error.permitted)
        case placements.RequirementsNotMet():
            return _refusal(error, findings=[finding.as_dict() for finding in error.findings])
        case ValidationError():
            return _told(400, "invalid", "Some of what was sent cannot be taken: see errors.", errors=_fields(error))
        case RequestDataTooBig():
            return _told(413, "too_large", "The body is larger than this address takes.")
        case IntegrityError() if isinstance(error.__cause__, CONTRADICTIONS):
            return _told(
                409, "contradiction", "This contradicts something that was recorded a moment ago. Read it again."
            )
        case APIException():
            return _told(error.status_code, error.get_codes(), str(error.detail))
    if isinstance(error, NOT_FOUND):
        return _not_found()
    if isinstance(error, UNREADABLE):
        return _unreadable()
    if isinstance(error, DATABASE_GONE):
        return _unavailable()
    return _refusal(error) if type(error) in REFUSALS else _other_refusal(error)


def _refusal(error: Exception, **more) -> dict:
    status, code = REFUSALS[type(error)]
    return _told(status, code, str(error), **more)


def _other_refusal(error: Exception) -> dict | None:
    """A refusal that has no line of its own above: its sentence still reaches the caller."""
    return _told(422, "refused", str(error)) if isinstance(error, WITH_A_SENTENCE) else None


def _told(status: int, code: str, detail: str, **more) -> dict:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, **more}


def _not_found() -> dict:
    return _told(404, "not_found", NOT_FOUND_SENTENCE)


def _unreadable() -> dict:
    return _told(400, "unreadable", "The request could not be read.")


def _unavailable() -> dict:
    return _told(
        503, "unavailable", "The database cannot be reached just now. Nothing was changed: send it again soon."
    )


def _fault() -> dict:
    return _told(500, "fault", "Something failed on our side. Nothing was changed. Tell the operator the reference.")


def _fields(error: ValidationError) -> dict:
    return error.detail if isinstance(error.detail, dict) else {"": error.detail}


def _headers(error: Exception, problem: dict) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if problem["status"] == 503:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return headers


def _plain(problem: dict) -> JsonResponse:
    response = JsonResponse(problem, status=problem["status"], content_type=MEDIA_TYPE)
    for name, value in _headers(Exception(), problem).items():
        response[name] = value
    return response
