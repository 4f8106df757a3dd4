"""Are ports picked that are free, and kept while they stay so?"""

import socket

import pytest

from workshop import ports
from workshop.obstacles import Obstacle
from workshop.service import web_port


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind((ports.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_with_a_listener_is_not_free(taken):
    assert not ports.is_free(taken)


def test_the_first_free_port_is_after_the_taken_one(taken):
    assert ports.first_free(taken) > taken


def test_a_picked_port_is_kept_for_the_next_start(tmp_path):
    file = tmp_path / "ports.json"
    first = ports.keep_or_pick(file, "database")
    assert ports.keep_or_pick(file, "database") == first
    assert ports.keep_or_pick(file, "broker") != first


def test_a_kept_port_that_somebody_took_is_replaced(tmp_path, taken):
    file = tmp_path / "ports.json"
    ports.keep(file, "database", taken)
    replaced = ports.keep_or_pick(file, "database")
    assert replaced != taken
    assert ports.kept(file) == {"database": replaced}


def test_the_webs_port_is_the_one_asked_for():
    free = ports.any_free()
    assert web_port(str(free)) == free


def test_a_taken_port_that_was_asked_for_is_refused_in_one_sentence(taken):
    with pytest.raises(Obstacle, match=rf"^Port {taken} is taken .*: set PLACEWATCH_PORT to another, or unset it\.$"):
        web_port(str(taken))


@pytest.mark.parametrize("nonsense", ["eighty", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(nonsense):
    with pytest.raises(Obstacle, match="which is no port"):
        web_port(nonsense)
