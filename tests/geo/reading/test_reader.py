"""Does whoever asks the reader believe it in nothing? Real processes in its place, which lie, stall, flood or end."""

from dataclasses import replace

import pytest

from geo.reading import reader
from geo.reading.features import Reason, Unreadable
from geo.reading.reader import AREAS, read_bytes
from tests.hotspots.making import SQUARE, collection, feature, polygon

HEAD = '{"srid": 27700, "layer": "", "guards": []}'
ROW = '{"number": 1, "identifier": null, "properties": {}, "geometry": null}'


@pytest.fixture
def instead(tmp_path, monkeypatch):
    """Puts a program in the reader's place."""

    def put(program):
        (tmp_path / "__main__.py").write_text(program, encoding="utf-8")
        monkeypatch.setattr(reader, "READER", tmp_path)

    return put


def saying(*lines):
    return "".join(f"print({line!r})\n" for line in lines)


def refusal(limits=AREAS):
    with pytest.raises(Unreadable) as refused, read_bytes(b"anything", limits=limits) as answer:
        list(answer.rows)
    return refused.value


def test_a_whole_answer_is_taken(instead):
    instead(saying(HEAD, ROW, '{"rows": 1}'))
    with read_bytes(b"anything") as answer:
        assert [row.number for row in answer.rows] == [1]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["nonsense"],
        ["[1, 2]"],
        ["[" * 100_000],
        [ROW, '{"rows": 1}'],
        ['{"srid": "27700"}', '{"rows": 0}'],
        [HEAD],
        [HEAD, ROW],
        [HEAD, ROW, '{"rows": 2}'],
        [HEAD, ROW, ROW, '{"rows": 2}'],
        [HEAD, ROW.replace("1", "2"), '{"rows": 2}'],
        [HEAD, "{}", '{"rows": 1}'],
        [HEAD, ROW, '{"rows": 1}', "more"],
    ],
)
def test_a_stream_that_is_not_whole_is_refused(instead, lines):
    instead(saying(*lines))
    assert refusal().reason == Reason.STOPPED


def test_a_refusal_of_the_readers_is_handed_on_with_its_code(instead):
    instead(saying('{"refused": "two_meanings", "sentence": "Which of the two?"}'))
    refused = refusal()
    assert (refused.reason, str(refused)) == (Reason.DOUBTFUL, "Which of the two?")


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import os; os.abort()", "1/0"])
def test_a_reader_that_ends_itself_is_a_refusal(instead, program):
    instead(saying(HEAD, ROW, '{"rows": 1}') + program)
    assert refusal().reason == Reason.STOPPED


def test_a_reader_that_never_ends_is_ended(instead):
    instead("import time; time.sleep(600)")
    refused = refusal(replace(AREAS, wall_seconds=1))
    assert "too long" in str(refused)


def with_limits(**limits):
    """The refusal of an honest file by the real reader, within less than it needs."""
    ring = [(440_000 + n / 10_000, 390_000 + n % 7) for n in range(200_000)]
    content = collection(feature(polygon([*ring, ring[0]])), *[feature(polygon(SQUARE))] * 2_000)
    with pytest.raises(Unreadable) as refused, read_bytes(content, limits=replace(AREAS, **limits)) as answer:
        list(answer.rows)
    return refused.value


def test_the_kernel_ends_a_reader_that_takes_too_much_memory():
    assert with_limits(memory_bytes=60 * 2**20).reason in (Reason.TOO_LARGE, Reason.STOPPED)


def test_the_kernel_ends_a_reader_that_writes_too_much():
    assert with_limits(output_bytes=100_000).reason == Reason.STOPPED


def test_a_file_that_is_too_large_is_not_even_read(instead):
    instead("raise SystemExit(3)")
    refused = refusal(replace(AREAS, input_bytes=3))
    assert refused.reason == Reason.TOO_LARGE


def test_the_reader_gets_nothing_of_the_services_environment(instead, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the reader")
    instead(
        "import json, os, sys\n"
        "print(json.dumps({'srid': 27700, 'layer': ' '.join(sorted(os.environ)), 'guards': sys.argv[1:]}))\n"
        "print('{\"rows\": 0}')"
    )
    with read_bytes(b"anything") as answer:
        assert set(answer.layer.split()) <= {"LC_CTYPE"}
        assert "SECRET" not in str(answer)
