"""Does the one supervisor understand its file, and does status say what it sees?"""

import pytest
from supervisor.options import ServerOptions

from workshop import status
from workshop.supervisor import Part, configuration


@pytest.fixture
def understood(state):
    """What supervisord itself reads from the file."""
    parts = [
        Part("database", ["/usr/bin/postgres", "-D", str(state.cluster)], stop_signal="INT", starts_first=True),
        Part("web", ["/usr/bin/env", "100%"]),
    ]
    file = state.path / "supervisord.conf"
    file.write_text(configuration(parts, state, root=False))
    options = ServerOptions()
    options.realize(args=["-c", str(file)])
    return {one.name: one for group in options.process_group_configs for one in group.process_configs}


def test_every_part_comes_back_whatever_ended_it(understood):
    assert {name: part.autorestart.__name__ for name, part in understood.items()} == {
        "database": "RestartUnconditionally",
        "web": "RestartUnconditionally",
    }


def test_only_what_others_need_starts_by_itself(understood):
    assert understood["database"].autostart
    assert not understood["web"].autostart


def test_a_part_ends_with_its_supervisor(understood):
    assert understood["database"].command.startswith("setpriv --pdeathsig=INT ")
    assert understood["web"].command == 'setpriv --pdeathsig=TERM "/usr/bin/env" "100%"'


@pytest.mark.parametrize(
    ("state", "health", "word"),
    [
        ("RUNNING", "ok", "running"),
        ("RUNNING", "starting", "running, starting"),
        ("BACKOFF", "ok", "backoff"),
        ("FATAL", "missing", "fatal, missing"),
    ],
)
def test_status_gives_the_supervisors_word_and_the_health_pages_where_it_differs(state, health, word):
    assert status.word(state, health) == word


def test_the_web_stands_first():
    assert sorted(["worker", "beat", "web", "broker"], key=status.order) == ["web", "beat", "broker", "worker"]
