"""Can the reader, once its guards are closed, reach anything at all? Tried from inside a process of its own."""

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from geo.reading import guards
from geo.reading.features import Unreadable
from geo.reading.reader import AREAS, read_bytes
from tests.hotspots.making import collection, feature, geopackage, kml, placemark, polygon, shapefile, zipped

PROJECT = Path(__file__).parents[3]
SQUARE = [(440_000, 390_000), (440_000, 390_200), (440_200, 390_200), (440_200, 390_000), (440_000, 390_000)]
OPEN = f"""
import ctypes, json, os, resource, socket, subprocess, sys
sys.path.insert(0, {str(PROJECT)!r})
libc = ctypes.CDLL(None, use_errno=True)
from geo.reading import guards
def tried(what):
    try:
        return f"did it: {{what()!r}}"
    except BaseException as refused:
        return type(refused).__name__
"""
CLOSED = OPEN + "standing = guards.close()\n"
# What Python's own audit hook would refuse is tried by the C library, past Python.
ATTEMPTS = {
    "open a file to read": "(libc.open, (b'/etc/passwd', 0))",
    "open a file to write": "(libc.open, (b'/tmp/placewatch-was-here', 0o101, 0o600))",
    "make a folder": "(libc.mkdir, (b'/tmp/placewatch-was-here', 0o700))",
    "open a socket": "(libc.socket, (2, 1, 0))",
    "open a pair of sockets": "(libc.socketpair, (1, 1, 0, (ctypes.c_int * 2)()))",
    "become two": "(libc.fork, ())",
    "become another program": "(libc.execve, (b'/bin/true', None, None))",
    "trace another process": "(libc.ptrace, (0, 0, 0, 0))",
    "end another process": "(libc.kill, (1, 0))",
    "mount": "(libc.mount, (b'none', b'/mnt', b'tmpfs', 0, None))",
}


def run(program, *, before=CLOSED):
    answer = subprocess.run(
        [sys.executable, "-I", "-c", before + program], env={}, capture_output=True, check=True, timeout=60
    )
    return json.loads(answer.stdout)


def test_here_every_guard_stands_or_none_of_the_two_that_matter_is_missing():
    standing = run("print(json.dumps(standing))")
    assert {"limits", "opening"} <= set(standing)
    assert guards.stand(tuple(standing))


def test_without_a_network_of_its_own_and_a_filter_of_calls_nothing_is_read():
    assert not guards.stand(("limits", "user", "opening"))
    assert guards.stand(("limits", "network", "opening"))
    assert guards.stand(("limits", "calls", "opening"))


def test_past_python_no_system_call_reaches_anything():
    asked = f"attempts = {{name: eval(attempt) for name, attempt in {ATTEMPTS!r}.items()}}\n"
    standing, found = run(
        "print(json.dumps([standing, {name: call(*given) for name, (call, given) in attempts.items()}]))",
        before=OPEN + asked + "standing = guards.close()\n",
    )
    if "calls" not in standing:
        pytest.skip("this machine has no seccomp filter for a process of its own")
    assert found == dict.fromkeys(ATTEMPTS, -1)


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "open('/tmp/placewatch-was-here', 'w')",
        "os.listdir('/')",
        "os.system('true')",
        "subprocess.run(['true'])",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socketpair()",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
        "__import__('imaplib')",
        "ctypes.CDLL('libc.so.6')",
    ],
)
def test_from_python_nothing_is_opened_started_or_imported(attempt):
    assert run(f"print(json.dumps(tried(lambda: {attempt})))") in (
        "PermissionError", "TypeError", "AttributeError", "ModuleNotFoundError", "OSError",
    )  # fmt: skip


def test_there_is_no_network_in_the_readers_world():
    """The namespace alone, without the filter of calls: nothing is in it but a loopback that is down."""
    left, interfaces = run(
        "print(json.dumps([guards._leave_the_network(), [name for _, name in socket.if_nameindex()]]))", before=OPEN
    )
    if not left:
        pytest.skip("this machine permits no network namespace")
    assert interfaces == ["lo"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: collection(feature(polygon(SQUARE))),
        lambda: kml(placemark()),
        lambda: zipped({"doc.kml": kml(placemark())}),
        lambda: shapefile([[SQUARE]]),
        geopackage,
    ],
    ids=["GeoJSON", "KML", "KMZ", "Shapefile", "GeoPackage"],
)
def test_every_format_is_read_with_the_guards_closed(make):
    with read_bytes(make(), limits=AREAS) as answer:
        (row,) = answer.rows
        assert guards.stand(answer.guards)
    assert row.geometry["type"] in ("Polygon", "MultiPolygon")


def test_no_file_that_names_an_address_makes_the_reader_call_it():
    """A real listener, and every way in which a file of the corpus may name an address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/a"
        files = [
            kml(f"<NetworkLink><Link><href>{address}</href></Link></NetworkLink>"),
            kml(placemark(), before=f'<!DOCTYPE kml SYSTEM "{address}">'),
            kml(placemark(more=f"<styleUrl>{address}</styleUrl>")),
            f"<OGRVRTDataSource><SrcDataSource>/vsicurl/{address}</SrcDataSource></OGRVRTDataSource>".encode(),
            collection(crs=None, features=[], link=address),
            f"/vsicurl/{address}".encode(),
        ]
        for content in files:
            read_or_refused(content)
        with pytest.raises(TimeoutError):
            listener.accept()


def read_or_refused(content):
    with suppress(Unreadable), read_bytes(content) as answer:
        list(answer.rows)
