"""What do servers outside the service do alike? Answer over HTTP on the loopback, fail as the seed says, keep a record."""

import argparse
import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from storm import scene
from storm.records import Record


class Outside(ThreadingHTTPServer):
    """A server with a record and a seed."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, handler: type, *, record: Record, seed: int):
        super().__init__(("127.0.0.1", port), handler)
        self.record, self.seed = record, seed


class Handler(BaseHTTPRequestHandler):
    """One call. It fails before, or after, what it brought was taken; or not at all."""

    server: Outside

    def log_message(self, *_: object) -> None:
        """Nothing: the record says it."""

    def body(self) -> bytes:
        """What was sent; of a caller that died in the middle nothing is taken."""
        length = int(self.headers.get("content-length", 0))
        sent = self.rfile.read(length)
        if len(sent) < length:
            raise ConnectionAbortedError(f"{len(sent)} of {length} bytes came")
        return sent

    def fault(self, message: str, number: int) -> str:
        """ "before", "after" or nothing."""
        if number > scene.LET_GO_AFTER:
            return ""
        drawn = scene.chance_of(self.server.seed, message, number)
        if drawn < scene.FAILS_BEFORE:
            return "before"
        return "after" if drawn < scene.FAILS_BEFORE + scene.FAILS_AFTER else ""

    def answer(self, status: int, body: bytes = b"") -> None:
        """Answer whole."""
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut(self) -> None:
        """Break the connection off: whoever called cannot know whether it was taken."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True


def arguments() -> argparse.Namespace:
    """What the harness tells a server outside."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    return parser.parse_args()
