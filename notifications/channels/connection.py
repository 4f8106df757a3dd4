"""How is one checked address called once, within one deadline? What `requests` leaves open."""

import socket
from contextlib import suppress
from threading import Timer
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter

from notifications.delivery.guard import Destination


class Deadline:
    """Ends a connection when its time is up, however slowly the other side drips.

    A time-out of `requests` begins anew with each byte that arrives; this one does not.
    """

    def __init__(self, seconds: float):
        self.is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._handle: socket.socket | None = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._handle:
            self._handle.close()

    def watch(self, dialled: socket.socket) -> None:
        """Keep hold of the connection from before its TLS handshake."""
        self._handle = dialled.dup()
        if self.is_over:
            self._shut_down()

    def _end(self) -> None:
        self.is_over = True
        self._shut_down()

    def _shut_down(self) -> None:
        if self._handle:
            # It may have ended by itself.
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class OneCall(requests.Session):
    """Follows no redirect, and takes no proxy, password or certificate bundle from the environment."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere. Merely not following would still read the whole of a redirect's body, however long."""


class CheckedAdapter(HTTPAdapter):
    """Dials the address that the guard judged; Host, server name and certificate stay those of the URL."""

    def __init__(self, destination: Destination, deadline: Deadline):
        super().__init__(max_retries=0)
        self._destination = destination
        self._deadline = deadline

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> tuple[dict, dict]:
        """Where `requests` connects to, and whose certificate it asks for."""
        host, tls = super().build_connection_pool_key_attributes(request, verify, cert)
        host["host"] = self._destination.dial
        if self._destination.scheme == "https":
            tls["server_hostname"] = tls["assert_hostname"] = self._destination.host
        return host, tls

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """A pool whose connections the deadline watches."""
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = watched(pool.ConnectionCls, self._deadline)
        return pool

    def add_headers(self, request: Any, **_: Any) -> None:
        """The Host of the URL, not the address dialled."""
        default = {"http": 80, "https": 443}[self._destination.scheme]
        port = "" if self._destination.port == default else f":{self._destination.port}"
        request.headers["Host"] = self._destination.host + port


def watched(connection: type, deadline: Deadline) -> type:
    """The same kind of connection, known to a deadline as soon as it is dialled."""

    class Watched(connection):
        def _new_conn(self) -> socket.socket:
            dialled = super()._new_conn()
            deadline.watch(dialled)
            return dialled

    return Watched
