"""What does a partner's system do with a webhook? A real HTTP receiver on the loopback, with the faults that partners have."""

import json
import socket
import struct
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

from standardwebhooks.webhooks import Webhook


class Receiver:
    """Verifies each message with the standardwebhooks library, writes it down, and answers as its script says."""

    def __init__(self):
        self.secret = ""
        self.taken: list[str] = []
        self.requests: list[dict] = []
        self.rejected: list[str] = []
        self.answers: list[Callable] = []
        self.let_go = Event()
        self.arrived = Event()
        self._lock = Lock()
        self._open: dict[str, int] = {}
        self.most_at_once_of_one = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/notices"

    def verified(self, headers: dict, body: bytes) -> bool:
        try:
            Webhook(self.secret).verify(body, headers)
        except Exception as error:
            self.rejected.append(repr(error))
            return False
        return True

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["content-length"]))
        headers = {name.lower(): value for name, value in request.headers.items()}
        message_id = headers["webhook-id"]
        with self._lock:
            self._open[message_id] = self._open.get(message_id, 0) + 1
            self.most_at_once_of_one = max(self.most_at_once_of_one, self._open[message_id])
            self.requests.append({"headers": headers, "body": body, "json": json.loads(body)})
            answer = self.answers.pop(0) if self.answers else status(200)
        self.arrived.set()
        try:
            if not self.verified(headers, body):
                answer = status(401)
            answer(self, request, message_id)
        finally:
            with self._lock:
                self._open[message_id] -= 1

    def _handler(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                receiver.take(self)

            def log_message(self, *_):
                pass

        return Handler


@contextmanager
def running():
    receiver = Receiver()
    thread = Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Callable:
    """Answer with a status; any 2xx takes the message."""

    def answer(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
        if 200 <= code < 300:
            receiver.taken.append(message_id)
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("content-length", "0")
        request.end_headers()

    return answer


def reset(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
    """Break the connection off without an answer."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def take_and_cut(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
    """Take the message, then break off before the answer: the sender cannot know."""
    receiver.taken.append(message_id)
    reset(receiver, request, message_id)


def drip(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
    """Begin an answer and go on for ever, a byte at a time."""
    _for_ever(receiver, request, b"HTTP/1.1 200 OK\r\nx-slow: ", b"x")


def endless_redirect(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
    """Redirect to itself, with a body that does not end."""
    head = f"HTTP/1.1 302 Found\r\nlocation: {receiver.url}\r\ncontent-length: 10000000000\r\n\r\n"
    _for_ever(receiver, request, head.encode(), b"x" * 65536, pause=0.0)


def hold(receiver: Receiver, request: BaseHTTPRequestHandler, message_id: str) -> None:
    """Answer only when the test lets go; then take it."""
    receiver.let_go.wait(60)
    status(200)(receiver, request, message_id)


def _for_ever(receiver, request, head: bytes, piece: bytes, pause: float = 0.02) -> None:
    request.close_connection = True
    try:
        request.wfile.write(head)
        while not receiver.let_go.is_set():
            request.wfile.write(piece)
            if pause:
                time.sleep(pause)
    except OSError:
        pass
