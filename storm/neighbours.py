"""What do partners do that misbehave? Hang, drip, reset, redirect or send a gigabyte, as the path says.

`python -m storm.neighbours --port N`
"""

import argparse
import socket
import struct
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MANNERS = ("hang", "drip", "reset", "redirect", "flood")
GIGABYTE = 1 << 30
CHUNK = b"x" * (1 << 20)
LONG_SECONDS = 300


class Neighbour(BaseHTTPRequestHandler):
    """One call, answered as its path says."""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        """Whoever called goes away in the middle of most of these."""
        self.close_connection = True
        with suppress(OSError):
            getattr(self, self.path.strip("/").partition("/")[0])()

    def hang(self) -> None:
        """Say nothing."""
        time.sleep(LONG_SECONDS)

    def drip(self) -> None:
        """One byte a second."""
        for _ in range(LONG_SECONDS):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(1)

    def reset(self) -> None:
        """Break the connection off."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def redirect(self) -> None:
        """Send the caller round in a circle."""
        self.send_response(307)
        self.send_header("location", self.path)
        self.send_header("content-length", "0")
        self.end_headers()

    def flood(self) -> None:
        """An error of a gigabyte."""
        self.send_response(500)
        self.send_header("content-length", str(GIGABYTE))
        self.end_headers()
        for _ in range(GIGABYTE // len(CHUNK)):
            self.wfile.write(CHUNK)


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    ThreadingHTTPServer.daemon_threads = True
    ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Neighbour).serve_forever()


if __name__ == "__main__":
    main()
