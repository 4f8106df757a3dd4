"""Which page answers a refusal? The domain's exceptions, and what Django could not answer, become pages here."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg.errors import ExclusionViolation, UniqueViolation

from accounts.exceptions import EndedAlready, NotAMember, NotPermitted, Unacceptable
from duties.exceptions import DutyIsClosed, ReasonMissing
from hotspots import exceptions as hotspots
from leaving_care.exceptions import RowNotFound
from notifications.exceptions import (
    AnsweredAlready,
    ChangeNotFound,
    EndpointHasEnded,
    NotAddressedToYou,
    NotificationError,
)
from placements.exceptions import (
    ApprovalNotFound,
    CeasingNotFound,
    ChildNotFound,
    ConcernIsClosed,
    ConcernNotFound,
    DecidedAlready,
    GrantNotFound,
    InvalidTransition,
    JudgementNotFound,
    MissingReportNotFound,
    PackNotFound,
    PackNotReady,
    PlacementError,
    PlacementNotFound,
    ReadSinceThen,
    StaleVersion,
    TurnNotFound,
    WithholdingNotFound,
)
from placements.letters.exceptions import PrintNotReady
from web.presenters import refusals
from web.presenters.refusals import Refusal

NOT_FOUND = (
    Http404,
    ObjectDoesNotExist,
    ChangeNotFound,
    RowNotFound,
    hotspots.AgreementNotFound,
    hotspots.HotspotNotFound,
    hotspots.QuestionNotFound,
    ApprovalNotFound,
    CeasingNotFound,
    ChildNotFound,
    ConcernNotFound,
    GrantNotFound,
    JudgementNotFound,
    MissingReportNotFound,
    NotAddressedToYou,
    PackNotFound,
    PlacementNotFound,
    TurnNotFound,
    WithholdingNotFound,
)
CHANGED = (
    hotspots.AgreementHasEnded,
    hotspots.AnsweredBefore,
    hotspots.InvalidTransition,
    hotspots.IsWithdrawn,
    hotspots.StaleVersion,
    AnsweredAlready,
    ConcernIsClosed,
    DecidedAlready,
    DutyIsClosed,
    EndedAlready,
    EndpointHasEnded,
    InvalidTransition,
    PackNotReady,
    PrintNotReady,
    ReadSinceThen,
    StaleVersion,
)
NOT_MET = (hotspots.HotspotError, NotAMember, NotificationError, PlacementError, ReasonMissing, Unacceptable)
EXPECTED = (NotPermitted, *NOT_FOUND, *CHANGED, *NOT_MET)
# Of two who record the same at once the database refuses the second; any other contradiction is a fault of ours.
RACES = (IntegrityError,)
RACED = (ExclusionViolation, UniqueViolation)
MEANWHILE = "Somebody recorded something at the same moment, and the two contradict each other."


def is_expected(refusal: Exception) -> bool:
    """Whether a page answers it in words: a refusal of the domain, or the second of two at once."""
    return not isinstance(refusal, RACES) or isinstance(refusal.__cause__, RACED)


def refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """The page for a refusal that no form has shown. Absent and not visible look the same."""
    match refusal:
        case NotPermitted():
            return _page(request, refusals.not_permitted(str(refusal)))
        case _ if isinstance(refusal, NOT_FOUND):
            return _page(request, refusals.NOT_FOUND)
        case _ if isinstance(refusal, RACES):
            return _page(request, refusals.changed(MEANWHILE))
        case _ if isinstance(refusal, CHANGED):
            return _page(request, refusals.changed(str(refusal)))
        case _:
            return _page(request, refusals.not_met(str(refusal)))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, refusals.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, refusals.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, refusals.BAD_REQUEST)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token."""
    return _page(request, refusals.FORM_EXPIRED)


def too_many_tries(request: HttpRequest, *args) -> HttpResponse:
    """Too many wrong passwords for one account: it waits (config/settings.py says how long)."""
    return _page(request, refusals.TOO_MANY_TRIES)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: says nothing of its cause, and asks nothing of the database."""
    said = refusals.SERVER_ERROR
    return HttpResponse(render_to_string("web/message.html", {"refusal": said}), status=said.status)


def _page(request: HttpRequest, said: Refusal) -> HttpResponse:
    return render(request, "web/message.html", {"refusal": said}, status=said.status)
