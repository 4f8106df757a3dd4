"""Does the standard's JavaScript library take what we sign, and refuse what was changed?"""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from notifications.delivery import signing

CHECKOUT = Path(__file__).parent.parent.parent
ZONES = [UTC, ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")]
BODY = '{"type": "placement_notice.sent", "reference": "N-23456789"}'


@pytest.fixture
def library():
    if not (CHECKOUT / "node_modules" / "standardwebhooks").is_dir() or not shutil.which("node"):
        pytest.skip("needs node and npm's standardwebhooks in node_modules")

    def taken(cases: list[dict]) -> list[bool]:
        program = (CHECKOUT / "tests" / "notifications" / "verify.mjs").as_posix()
        told = subprocess.run(
            ["node", program], cwd=CHECKOUT, input=json.dumps(cases), capture_output=True, text=True, check=True
        )
        return json.loads(told.stdout)

    return taken


def case(secret: str, *secrets: str, zone) -> dict:
    at = datetime.now(tz=zone)
    headers = signing.signed_headers(*secrets, message_id=uuid4(), at=at, body=BODY.encode())
    return {"secret": secret, "headers": headers, "body": BODY}


def test_it_takes_what_we_sign_with_one_secret_or_two_whatever_the_zone(library):
    cases = []
    for zone in ZONES:
        old, new = signing.make_secret(), signing.make_secret()
        cases += [case(new, new, zone=zone), case(old, new, old, zone=zone), case(new, new, old, zone=zone)]
    assert library(cases) == [True] * 9


def test_it_refuses_another_body_another_time_and_another_secret(library):
    good = case(secret := signing.make_secret(), secret, zone=UTC)
    later = good["headers"] | {"webhook-timestamp": str(int(good["headers"]["webhook-timestamp"]) + 1)}
    changed = [good | {"body": BODY + " "}, good | {"headers": later}, good | {"secret": signing.make_secret()}]
    assert library([good, *changed]) == [True, False, False, False]
