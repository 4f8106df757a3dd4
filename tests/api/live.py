"""How does a test let another process call the service? Over HTTP, in a thread, with this test's database."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIServer
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler

from config.wsgi import application


@contextmanager
def served(application=application, *, one_by_one: bool = False) -> Iterator[str]:
    """The service's address for as long as the block runs.

    Browsers ask many things at once and keep their connections. Of a caller that asks one thing after another, each
    over a connection of its own, all are answered in one thread, whose way to the database stays open.
    """
    kind = WSGIServer if one_by_one else ThreadedWSGIServer
    server = kind(("127.0.0.1", 0), QuietWSGIRequestHandler, **({} if one_by_one else {"connections_override": {}}))
    server.set_app(application)

    def answer() -> None:
        try:
            server.serve_forever(poll_interval=0.05)
        finally:
            connections.close_all()

    thread = Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
