"""Does the API do what its description says, whatever is sent? Schemathesis asks, with all of its checks."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements.models import Placement
from tests import factories
from tests.api.conftest import credentials, token
from tests.api.live import served

ROOT = Path(__file__).parent.parent.parent
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
FORM_TOKEN = "a" * 32


def test_no_request_breaks_the_api_or_its_description_for_a_system(committing, tmp_path):
    known = a_world()
    bearer = token(credentials(factories.ROTHERHAM))

    report = ask_with_schemathesis(tmp_path, known, {"Authorization": f"Bearer {bearer}"})

    assert report.returncode == 0, report.stdout + report.stderr


def test_no_request_breaks_the_inbox_for_a_person(committing, tmp_path):
    known = a_world()
    client = Client()
    host = factories.person(factories.LEEDS, Role.HOST_OFFICER)
    client.force_login(User.objects.get(id=host.person_id))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={FORM_TOKEN}",
        "X-CSRFToken": FORM_TOKEN,
    }

    report = ask_with_schemathesis(
        tmp_path,
        known,
        headers,
        "--include-path-regex=notices/received",
        "--phases=coverage,fuzzing",
        # A person's session may leave out the Idempotency-Key, and it is the cookie that the checks would take away.
        "--exclude-checks=missing_required_header,ignored_auth,negative_data_rejection",
    )

    assert report.returncode == 0, report.stdout + report.stderr


def a_world() -> dict[str, str]:
    """A child of Rotherham with a placement in Leeds, and the ids that addresses may name."""
    worker = factories.person()
    placement = factories.placement_at(Placement.Status.PROPOSED, worker)
    with factories.acting(worker):
        notice = Document.objects.get(subject_id=placement.id)
        duty = Duty.objects.filter(subject_id=placement.id).first()
    return {
        "authorities/": str(worker.authority_id),
        "children/": str(placement.child_id),
        "placements/": str(placement.id),
        "notices/sent/": str(notice.id),
        "notices/received/": str(notice.id),
        "duties/": str(duty.id),
    }


def ask_with_schemathesis(folder: Path, known: dict, headers: dict, *options: str) -> subprocess.CompletedProcess:
    with served(one_by_one=True) as address:
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            f"--config-file={CONFIGURATION}",
            "--no-color",
            "run",
            f"{address}/api/v1/schema/",
            "--checks=all",
            *(f"--header={name}: {value}" for name, value in headers.items()),
            *options,
        ]
        environment = os.environ | {"PLACEWATCH_TEST_IDS": json.dumps(known), "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1_200)
