"""The service as it is served: gunicorn on the bench's database, and how to call it."""

import http.client
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from statistics import median
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.management import call_command

GUNICORN = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error")
CLIENTS = 4
SECONDS = 6


@contextmanager
def served(database: str) -> Iterator[int]:
    """gunicorn as bin/start runs it (two workers of four threads) on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi", *GUNICORN, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"},
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def token(port: int, authority: str) -> str:
    """A bearer token of a system of the authority."""
    written = StringIO()
    call_command("create_api_client", authority=authority, stdout=written)
    client = json.loads(written.getvalue())
    form = {"grant_type": "client_credentials", **{key: client[key] for key in ("client_id", "client_secret")}}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/oauth/token/", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    return json.loads(connection.getresponse().read())["access_token"]


class Caller:
    """One kept-alive connection that posts JSON as a system."""

    def __init__(self, port: int, bearer: str = ""):
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})

    def post(self, path: str, body: dict, **headers: str) -> dict:
        """The answer's JSON; anything but a 2xx ends the benchmark."""
        self._connection.request("POST", path, json.dumps(body), self._headers | headers)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status >= 300:
            raise SystemExit(f"POST {path} answered {response.status}: {answer.decode()}")
        return json.loads(answer)


def median_seconds(work, times: int) -> float:
    """The median of so many runs, after a tenth as many that do not count."""
    for _ in range(times // 10):
        work()
    return median(_seconds(work) for _ in range(times))


def requests_per_second(port: int, path: str, body: dict, bearer: str = "") -> float:
    """What four clients get through in six seconds, each on a connection of its own."""
    context = multiprocessing.get_context("fork")
    counts = context.Queue()
    clients = [context.Process(target=_call, args=(port, path, body, bearer, counts)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    done = sum(counts.get() for _ in clients)
    for client in clients:
        client.join()
    return done / SECONDS


def _call(port: int, path: str, body: dict, bearer: str, counts) -> None:
    caller = Caller(port, bearer)
    done, until = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        caller.post(path, body)
        done += 1
    counts.put(done)


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The web server did not come up within 30 seconds.")
