"""Does every checkout have a state folder of its own, where its database can live?"""

from pathlib import Path

import pytest

from workshop import folders
from workshop.folders import StateFolder, state_path
from workshop.obstacles import Obstacle

HOME = {"HOME": "/home/ada"}


def test_root_keeps_state_in_the_systems_folder_and_a_user_in_the_users_own():
    assert state_path(Path("/srv/pw"), environment={}, root=True).parent == Path("/var/lib/placewatch")
    users = state_path(Path("/srv/pw"), environment=HOME, root=False)
    assert users.parent == Path("/home/ada/.local/state/placewatch")


def test_two_checkouts_never_share_a_state_folder():
    one = state_path(Path("/srv/one"), environment=HOME, root=True)
    assert one != state_path(Path("/srv/two"), environment=HOME, root=True)
    assert one == state_path(Path("/srv/one"), environment=HOME, root=True)


def test_the_folder_asked_for_is_taken_for_root_and_user_alike():
    asked = {**HOME, "PLACEWATCH_STATE": "/data/pw"}
    assert state_path(Path("/srv/pw"), environment=asked, root=True) == Path("/data/pw")
    assert state_path(Path("/srv/pw"), environment=asked, root=False) == Path("/data/pw")


def test_a_path_too_long_for_a_socket_is_refused(tmp_path):
    with pytest.raises(Obstacle, match="too long for a socket: set PLACEWATCH_STATE"):
        folders.make(StateFolder(tmp_path / ("x" * 80)))


def test_a_folder_that_cannot_be_made_is_named_with_the_way_on():
    path = Path("/proc/version/placewatch")
    with pytest.raises(Obstacle, match=rf"^The state folder {path} cannot be made .*: set PLACEWATCH_STATE"):
        folders.make(StateFolder(path))


def test_the_tests_variables_do_not_lead_to_tests_within_tests(monkeypatch):
    monkeypatch.setenv("PLACEWATCH_STATE", "/data/pw")
    tests = folders.test_state().path
    assert tests == Path("/data/pw/test")
    monkeypatch.setenv("PLACEWATCH_STATE", str(tests))
    assert folders.test_state().path == tests
