"""How do the example's authorities receive webhooks? A small real receiver: verifies, keeps, and shows what came.

One address for each authority, `/<slug>`. An answer of 204 means "kept"; 401 "the signature does not hold". An
authority that is told to be out of order answers 503 to the first tries of each message, so that retries can be seen.
"""

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

LARGEST_MESSAGE_BYTES = 64 * 1024
SECONDS_FOR_A_MESSAGE = 10
TABLE = """
create table if not exists tries (
    at text not null, receiver text not null, message text not null, body text not null, answer integer not null
)
"""


@dataclass(frozen=True)
class Received:
    """One message that was verified and kept."""

    at: str
    receiver: str
    message: str
    tries: int
    body: dict


class Secrets:
    """The receivers' signing secrets, in a file that only its owner may read."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "receiver-secrets.json"

    def read(self) -> dict[str, str]:
        """Each receiver's secret by its address; none before the example is made."""
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def keep(self, url: str, secret: str) -> None:
        """Remember the secret of an address."""
        new = self.file.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(self.read() | {url: secret}, file)
        new.replace(self.file)


class Book:
    """What came in, in a SQLite file: every try that was signed as it should be, with the answer it got."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "received.sqlite3"
        with closing(self._open()) as database, database:
            database.execute(TABLE)

    def write(self, *, receiver: str, message: str, body: str, answer: int) -> None:
        """Add one try."""
        row = (datetime.now(UTC).isoformat(timespec="seconds"), receiver, message, body, answer)
        with closing(self._open()) as database, database:
            database.execute("insert into tries values (?, ?, ?, ?, ?)", row)

    def tries(self, receiver: str, message: str) -> int:
        """How often a message was tried."""
        with closing(self._open()) as database:
            query = "select count(*) from tries where receiver = ? and message = ?"
            return database.execute(query, (receiver, message)).fetchone()[0]

    def received(self) -> list[Received]:
        """The messages that were kept, the latest first; one that came twice stands once."""
        with closing(self._open()) as database:
            rows = database.execute(
                """
                select min(case answer when 204 then at end), receiver, message, count(*), body
                from tries group by receiver, message having max(answer = 204) order by 1 desc
                """
            ).fetchall()
        return [Received(at, receiver, message, tries, json.loads(body)) for at, receiver, message, tries, body in rows]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=SECONDS_FOR_A_MESSAGE)


class Receiver(ThreadingHTTPServer):
    """The server on a loopback port. `out_of_order` says of a path how many tries of each message it refuses."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path, out_of_order: Mapping[str, int]) -> None:
        self.secrets = Secrets(folder)
        self.book = Book(folder)
        self.out_of_order = out_of_order
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """Where it listens, without the path."""
        return f"http://127.0.0.1:{self.server_port}"

    def take(self, path: str, body: bytes, headers: Mapping[str, str]) -> HTTPStatus:
        """What becomes of one message."""
        secret = self.secrets.read().get(self.address + path)
        if secret is None:
            return HTTPStatus.NOT_FOUND
        try:
            Webhook(secret).verify(body, dict(headers))
        except (WebhookVerificationError, ValueError):  # the library lets a ValueError through for a broken header
            return HTTPStatus.UNAUTHORIZED
        message = headers["webhook-id"]
        is_refused = self.book.tries(path, message) < self.out_of_order.get(path, 0)
        answer = HTTPStatus.SERVICE_UNAVAILABLE if is_refused else HTTPStatus.NO_CONTENT
        self.book.write(receiver=path, message=message, body=body.decode(), answer=answer)
        return answer


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    timeout = SECONDS_FOR_A_MESSAGE

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_MESSAGE_BYTES:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._answer(self.server.take(self.path, body, headers))

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(HTTPStatus.OK, page(self.server.book.received()))
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def _answer(self, status: HTTPStatus, html: str = "") -> None:
        content = html.encode()
        self.send_response(status)
        self.send_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
        if content:
            self.send_header("content-type", "text/html; charset=utf-8")
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: what was received stands in the book."""


COLUMNS = ("Received", "By", "What", "Reference", "From", "Due", "Tries")


def page(received: list[Received]) -> str:
    """The list as a plain page."""
    head = "".join(f"<th scope=col>{name}" for name in COLUMNS)
    body = "".join(f"<tr>{_cells(one)}" for one in received)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Received webhooks</title>"
        "<style>body{font:1rem sans-serif;margin:2rem}td,th{padding:.3rem 1rem;text-align:left}</style>"
        "<h1>What the example’s receiver has taken</h1>"
        "<p>Each message was signed with its receiver’s secret. It names no child: who is meant is read in Placewatch.</p>"
        f"<table><thead><tr>{head}<tbody>{body}</table>"
    )


def _cells(one: Received) -> str:
    body = one.body
    values = (
        one.at, one.receiver.removeprefix("/"), body.get("type"), body.get("reference"), body.get("sender"),
        body.get("due_on") or "", one.tries,
    )  # fmt: skip
    return "".join(f"<td>{escape(str(value))}" for value in values)
