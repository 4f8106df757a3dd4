"""Is the checked address dialled, with the name, the certificate and the deadline that belong to the call?"""

import datetime
import ipaddress
import ssl
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.channels.connection import CheckedAdapter, Deadline, OneCall
from notifications.delivery.guard import Destination
from tests.notifications.receiver import status

NAME = "notices.partner.example"


def write_certificate(folder, *names: str):
    """A self-signed certificate for these names."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    now = datetime.datetime.now(tz=datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "partner.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Partner:
    """A TLS server on the loopback that says under which name it was called."""

    def __init__(self, certificate):
        self.server_names = []
        self.hosts = []
        partner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                partner.hosts.append(self.headers["host"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.sni_callback = lambda connection, name, _: self.server_names.append(name)
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]


@pytest.fixture
def partner(tmp_path, request):
    one = Partner(write_certificate(tmp_path, *request.param))
    Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield one
    one.server.shutdown()
    one.server.server_close()


def call(partner, tmp_path):
    destination = Destination("https", NAME, partner.port, "127.0.0.1")
    with Deadline(10) as deadline, OneCall() as session:
        session.mount("https://", CheckedAdapter(destination, deadline))
        session.verify = str(tmp_path / "partner.pem")
        return session.post(f"https://{NAME}:{partner.port}/x", data=b"{}", timeout=5)


@pytest.mark.parametrize("partner", [(NAME,)], indirect=True)
def test_the_checked_address_is_dialled_under_the_urls_own_name(partner, tmp_path):
    assert call(partner, tmp_path).status_code == 204
    assert partner.server_names == [NAME]
    assert partner.hosts == [f"{NAME}:{partner.port}"]


@pytest.mark.parametrize("partner", [("127.0.0.1", "other.example")], indirect=True)
def test_a_certificate_for_another_name_is_not_accepted(partner, tmp_path):
    with pytest.raises(requests.exceptions.SSLError, match=r"match|not valid for"):
        call(partner, tmp_path)
    assert partner.hosts == []


def test_an_ipv6_address_is_dialled_in_brackets():
    assert Destination("https", NAME, 443, str(ipaddress.ip_address("2606:4700::1111"))).dial == "[2606:4700::1111]"


def test_no_proxy_and_no_password_is_taken_from_anywhere(tmp_path, monkeypatch, receiver):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password CANARY\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    receiver.answers = [status(204)]
    with OneCall() as session:
        session.post(receiver.url, data=b"{}", headers={"webhook-id": "x"}, timeout=5)
    assert "authorization" not in receiver.requests[0]["headers"]
