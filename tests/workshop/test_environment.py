"""Does each program get the database roles that it needs, and none besides?"""

import base64

import pytest

from workshop import env_file, environment, programs, secrets_file
from workshop.obstacles import Obstacle

WHOLE = {
    "DATABASE_URL": "postgresql://placewatch_app:a@127.0.0.1:1/placewatch",
    "WORKER_DATABASE_URL": "postgresql://placewatch_worker:b@127.0.0.1:1/placewatch",
    "MIGRATION_DATABASE_URL": "postgresql://placewatch_owner:c@127.0.0.1:1/placewatch",
    "CLOCK_DATABASE_URL": "postgresql://placewatch_clock:d@127.0.0.1:1/placewatch",
    "PLACEWATCH_PORT": "8000",
    "PLACEWATCH_EXAMPLE": "1",
}


@pytest.mark.parametrize("name", ["web", "worker", "post", "beat", "fallback", "receiver"])
def test_no_program_of_the_service_holds_the_owners_or_the_clocks_password(name):
    values = " ".join(programs.program(name, WHOLE).variables.values())
    assert "placewatch_owner" not in values
    assert "placewatch_clock" not in values


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("web", "app"),
        ("worker", "worker"),
        ("post", "worker"),
        ("beat", "worker"),
        ("fallback", "worker"),
        ("receiver", "app"),
    ],
)
def test_each_program_connects_as_its_own_role_alone(name, role):
    variables = programs.program(name, WHOLE).variables
    addresses = {value for key, value in variables.items() if key.endswith("DATABASE_URL")}
    assert len(addresses) == 1
    assert f"placewatch_{role}:" in addresses.pop()


def test_a_management_command_has_the_apps_the_owners_and_the_clocks_role():
    assert set(environment.of_operator(WHOLE)) == set(WHOLE) - {"WORKER_DATABASE_URL"}


def test_without_the_example_nothing_receives():
    assert programs.names({"PLACEWATCH_EXAMPLE": "0"}) == ["web", "worker", "post", "beat", "fallback"]


def test_a_database_of_ones_own_is_used_when_all_its_roles_are_given():
    assert environment.uses_own_database(WHOLE)
    assert not environment.uses_own_database({})


def test_a_database_of_ones_own_with_roles_missing_is_refused_naming_them():
    given = {"DATABASE_URL": WHOLE["DATABASE_URL"]}
    with pytest.raises(Obstacle, match="set WORKER_DATABASE_URL and MIGRATION_DATABASE_URL too, or unset"):
        environment.uses_own_database(given)


def test_the_services_variables_are_kept_apart_from_the_machines(monkeypatch):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", "postgresql://x")
    monkeypatch.setenv("PLACEWATCH_ALLOWED_HOSTS", "placewatch.example")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert environment.given_by_person()["PLACEWATCH_ALLOWED_HOSTS"] == "placewatch.example"
    machine = environment.of_machine()
    assert machine["LANG"] == "C.UTF-8"
    assert "MIGRATION_DATABASE_URL" not in machine
    assert "PLACEWATCH_ALLOWED_HOSTS" not in machine


def test_secrets_are_made_once_and_only_their_owner_reads_them(state):
    made = secrets_file.read_or_make(state)
    assert secrets_file.read_or_make(state) == made
    assert state.secrets.stat().st_mode & 0o777 == 0o600
    assert len(base64.urlsafe_b64decode(made["FIELD_KEY"])) == 32
    assert len(set(made.values())) == len(made)


def test_a_secret_that_a_later_version_needs_is_added_to_the_others(state):
    before = secrets_file.read_or_make(state)
    env_file.write(state.secrets, {name: before[name] for name in before if name != "CLOCK_PASSWORD"})
    after = secrets_file.read_or_make(state)
    assert set(after) == set(before)
    assert after["FIELD_KEY"] == before["FIELD_KEY"]


def test_keys_that_are_gone_are_not_silently_made_anew_beside_their_database(state):
    state.cluster.mkdir()
    with pytest.raises(Obstacle, match="put the file back, or remove"):
        secrets_file.read_or_make(state)
