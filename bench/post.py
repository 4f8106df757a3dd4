"""How many notices a second do the workers give to receivers, beside a bare loop of `requests` to the same receiver?"""

import json
import multiprocessing
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import requests
from django.conf import settings
from django.db import connections

from accounts.acting import Actor, acting_for, operator
from accounts.roles import Role
from bench.measure import Line, Measured, in_own_process
from db.clock import now
from geo.models import Authority, Country
from notifications import documents
from notifications.delivery import delivery, endpoints
from notifications.models import Delivery, Document
from tests import databases

RECEIVERS = 40
WORKERS = (1, 2, 4)


class Taking(BaseHTTPRequestHandler):
    """Takes every webhook."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def lines(notices: int) -> list[Line]:
    """One line for each number of workers."""
    settings.LOOPBACK_RECEIVERS = True
    with _receiver() as port:
        found = _recipients(port)
        raw = in_own_process(lambda: _bare(port, notices))
        return [_line(found, notices, workers, raw) for workers in WORKERS]


def _line(found: list[Authority], notices: int, workers: int, raw: Measured) -> Line:
    _write(found, notices)
    ours = in_own_process(lambda: _deliver(workers))
    amount = f"{notices} notices: {notices / ours.seconds:.0f} and {notices / raw.seconds:.0f} a second"
    return Line(f"notices given by {workers} worker{'s' if workers > 1 else ''} against a bare loop", amount, ours, raw)


@contextmanager
def _receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    process = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
    process.start()
    try:
        yield server.server_address[1]
    finally:
        process.kill()
        server.server_close()


def _recipients(port: int) -> list[Authority]:
    found = list(Authority.objects.filter(country=Country.ENGLAND, ends_on=None).order_by("slug")[: RECEIVERS + 1])
    for one in found[1:]:
        with acting_for(operator(one.id), "bench"):
            endpoints.add_endpoint(authority_id=one.id, url=f"http://127.0.0.1:{port}/{one.slug}", by="Bench", at=now())
    return found


def _write(found: list[Authority], notices: int) -> None:
    officer = Actor(found[0].id, Role.PLACEMENT_OFFICER, "Bench", person_id=uuid4())
    for number in range(notices):
        with acting_for(officer, "bench"):
            documents.compose(
                sender_id=officer.authority_id,
                recipient_id=found[1 + number % RECEIVERS].id,
                kind=Document.Kind.PLACEMENT_NOTICE,
                subject_id=uuid4(),
                body={"is_emergency": False},
                due_on=date(2026, 12, 29),
                urgency=Document.Urgency.ORDINARY,
                by=officer.name,
                at=now(),
            )


def _deliver(workers: int) -> float:
    """The seconds until so many processes, with nothing but the database between them, have given everything."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(workers + 1)
    processes = [context.Process(target=_work, args=(start,)) for _ in range(workers)]
    for process in processes:
        process.start()
    start.wait()
    began = time.perf_counter()
    for process in processes:
        process.join()
    return time.perf_counter() - began


def _work(start) -> None:
    with databases.as_role("WORKER_DATABASE_URL"):
        start.wait()
        while delivery.deliver_due() or _is_waiting():
            pass


def _is_waiting() -> bool:
    return Delivery.objects.filter(state__in=[Delivery.State.QUEUED, Delivery.State.SENDING]).exists()


def _bare(port: int, notices: int) -> float:
    body = json.dumps({"type": "placement_notice.sent", "id": str(uuid4()), "link": "https://placewatch.example/"})
    began = time.perf_counter()
    for _ in range(notices):
        requests.post(f"http://127.0.0.1:{port}/bare", data=body, timeout=5).raise_for_status()
    return time.perf_counter() - began
