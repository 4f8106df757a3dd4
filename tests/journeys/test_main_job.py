"""Does the main job run end to end? Real programs: the service over HTTP, a Celery worker with its timetable, Redis,
a receiver of webhooks, and a browser.

An area of concern is imported, a planned move at a distance is registered through the API, its host is told by a
signed webhook and an inbox, a person there acknowledges it on the pages, its sender sees who; a return is imported,
leaving-care duties follow; and the log-book of it all is whole.
"""

import json
import os
import socket
import sys
from io import StringIO
from uuid import uuid4

import pytest
import requests
from django.core.management import call_command

from example import people
from example.receiver import Book, Secrets
from tests.programs import Program, answers, ended_at_last, wait_until

ASHFORD, CARROWBY = "X06000001", "X06000004"
AREA = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "ref": "CB-AC-09",
                "name": "Bus station",
                "concern": "older young people meeting children",
                "narrative": "CANARY-BUS",
                "review_on": "2027-03-31",
            },
            "geometry": {
                "type": "Polygon",
                # 300 m west of CY2 7NP, at (642000, 454000).
                "coordinates": [
                    [[641500, 453950], [641700, 453950], [641700, 454050], [641500, 454050], [641500, 453950]]
                ],
            },
        }
    ],
}
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nAG-7001,F,01/06/2010,WBRI,UN1,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "AG-7001,10/01/2025,S,C2,N1,U6,PR4,,,,AG4 4HP,CY1 3LL,\n"
)


class Caller:
    """A council's own system, with a token of its own credentials."""

    def __init__(self, site: str, credentials: dict):
        self.site = site
        self.session = requests.Session()
        told = self.session.post(
            f"{site}/oauth/token/",
            data={"grant_type": "client_credentials"},
            auth=(credentials["client_id"], credentials["client_secret"]),
            timeout=30,
        )
        assert told.status_code == 200, told.text
        self.session.headers["Authorization"] = f"Bearer {told.json()['access_token']}"

    def get(self, path: str, **query):
        answer = self.session.get(f"{self.site}/api/v1/{path}", params=query, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict):
        headers = {"Idempotency-Key": str(uuid4())}
        answer = self.session.post(f"{self.site}/api/v1/{path}", json=body, headers=headers, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


@pytest.fixture
def receiver(tmp_path):
    """The example's receiver as a program of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    variables = os.environ | {"PLACEWATCH_STATE": str(tmp_path), "PLACEWATCH_RECEIVER_PORT": str(port)}
    program = Program([sys.executable, "manage.py", "run_receiver"], tmp_path, **variables)
    with ended_at_last(program):
        program.start()
        wait_until(lambda: answers(port), "the receiver")
        yield f"http://127.0.0.1:{port}"


def printed(command: str, *arguments: str, **options) -> str:
    told = StringIO()
    call_command(command, *arguments, stdout=told, **options)
    return told.getvalue()


def sign_in(visitor, email: str) -> None:
    visitor.open("/sign-in/")
    visitor.page.fill("#email", email)
    visitor.page.fill("#password", people.PASSWORD)
    visitor.press_button()


@pytest.fixture
def world(county, receiver, celery, site, tmp_path):
    """Carrowby shares an area and has a receiver; Ashford-on-Grid has a system that calls the API."""
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps(AREA))
    call_command("import_hotspots", str(file), "--crs", "27700", authority=CARROWBY, share_with="all")
    url = f"{receiver}/carrowby"
    Secrets(tmp_path).keep(url, json.loads(printed("add_endpoint", authority=CARROWBY, url=url))["secret"])
    celery.start()
    caller = Caller(site, json.loads(printed("create_api_client", authority=ASHFORD)))
    with caller.session:
        yield caller


def test_a_move_is_judged_told_acknowledged_and_followed(world, visit, receiver, tmp_path):
    placement = judged_and_registered(world)
    notice = owed_and_screened(world, placement)
    delivered(world, notice, receiver, Book(tmp_path))
    acknowledged_on_the_pages(world, notice, placement, visit)
    followed_by_a_return(world, tmp_path)
    wait_until(lambda: not printed("verify_audit").startswith("0 "), "the sealer")
    assert "whole." in printed("verify_audit")


def judged_and_registered(world) -> dict:
    """Whose area is it, and what does that mean? Then the move is registered."""
    asked = {"authority": ASHFORD, "on": "2026-12-14", "postcode": "cy2 7np", "home_postcode": "AG4 4HP"}
    verdict = world.post("jurisdiction/", asked)
    # (62000, 4000) from (10000, 10000): sqrt(52000² + 6000²) = 52345 m = 32.5 miles.
    assert [verdict[name] for name in ("state", "relation", "host_gss", "pl_distance", "over_20_miles")] == [
        "out_of_area_distant",
        "not_adjoining",
        CARROWBY,
        32.5,
        True,
    ]
    child = world.post(
        "children/",
        {
            "reference": "AG-1877",
            "given_name": "Dean",
            "family_name": "Marlow",
            "born_on": "2011-05-09",
            "sex": "M",
            "looked_after_since": "2024-02-01",
            "legal_status": "C2",
        },
    )
    placement = world.post(
        "placements/",
        {
            "child": child["id"],
            "planned_start_on": "2026-12-14",
            "address": "CANARY-YARD, 4 Cooper's Yard",
            "postcode": "CY2 7NP",
            "home_postcode": "AG4 4HP",
            "place_code": "U6",
            "provider_code": "PR4",
        },
    )
    assert placement["verdict"]["host"]["name"] == "Carrowby"
    return placement


def owed_and_screened(world, placement: dict) -> dict:
    """What is owed by when, what is shared about the place, and the notice that was composed."""
    owed = {one["kind"]: one for one in world.get("duties/", subject=placement["id"])["results"]}
    assert owed["notice_to_host"]["basis"] == "law"
    assert "13(4)" in owed["notice_to_host"]["citation"]
    assert owed["approval_by_director"]["due_on"] == "2026-12-14"
    (screening,) = world.get(f"placements/{placement['id']}/screenings/")["results"]
    answer = json.dumps(screening)
    assert [(one["name"], one["state"]) for one in screening["answer"]["authorities"]] == [("Carrowby", "near")]
    assert len(screening["versions"]) == 1
    assert "CANARY-BUS" not in answer
    assert "Bus station" not in answer
    assert world.get("notices/sent/")["results"] == []  # at a distance the host is asked, or told, by somebody
    given = {"version": "3", "supplied_at": "2026-12-01T11:00:00Z", "channel": "Secure e-mail"}
    whole = {"needs_and_suitability": "What Dean needs, and why there.", "care_plan": given}
    world.post(f"placements/{placement['id']}/complete-notice/", whole)
    (notice,) = world.get("notices/sent/")["results"]
    # Planned, so before the start: on the start day itself it is late.
    assert owed["notice_to_host"]["late_from"] == "2026-12-14"
    assert (notice["recipient"]["name"], notice["due_on"]) == ("Carrowby", "2026-12-14")
    assert notice["body"]["family_name"] == "Marlow"
    return notice


def delivered(world, notice: dict, receiver: str, book: Book) -> None:
    """The receiver verified the signature (it keeps nothing else); the message names no child and no place."""
    wait_until(book.received, "the webhook")
    (message,) = book.received()
    assert message.body["reference"] == notice["reference"]
    assert (message.body["sender"], message.body["recipient"]) == (ASHFORD, CARROWBY)
    for hidden in ("Dean", "Marlow", "CANARY", "CY2", "2011", "AG-1877"):
        assert hidden not in json.dumps(message.body)
    forged = requests.post(f"{receiver}/carrowby", json=message.body, timeout=30)
    assert forged.status_code == 401
    wait_until(lambda: sent(world, notice)["state"] == "given", "the delivery's result")
    (delivery,) = sent(world, notice)["deliveries"]
    assert [one["http_status"] for one in delivery["attempts"]] == [204]
    assert notice["reference"] in requests.get(receiver, timeout=30).text


def sent(world, notice: dict) -> dict:
    return world.get(f"notices/sent/{notice['id']}/")


def acknowledged_on_the_pages(world, notice: dict, placement: dict, visit) -> None:
    """Carrowby's officer reads and acknowledges; Ashford-on-Grid sees who did."""
    host = visit()
    sign_in(host, "grace.hill@carrowby.example")
    host.open(f"/inbox/{notice['id']}/")
    assert "Marlow" in host.page.inner_text("main")
    assert sent(world, notice)["state"] == "opened"
    host.page.click("text=Acknowledge")
    host.page.fill("#post", "Notifications officer")
    host.press_button()

    told = sent(world, notice)
    assert told["state"] == "acknowledged"
    assert [(one["person"], one["post"]) for one in told["facts"] if one["fact"] == "acknowledged"] == [
        ("Grace Hill", "Notifications officer")
    ]
    sender = visit()
    sign_in(sender, "priya.nair@ashford-on-grid.example")
    sender.open(f"/placements/{placement['id']}/")
    assert "Grace Hill, Notifications officer" in sender.page.inner_text("main")


def followed_by_a_return(world, tmp_path) -> None:
    """An imported child of sixteen is screened, and owed a needs assessment and a pathway plan; nobody is told by it."""
    folder = tmp_path / "return"
    folder.mkdir()
    (folder / "Header.csv").write_text(HEADER)
    (folder / "Episodes.csv").write_text(EPISODES)
    assert "1 child, 1 episode" in printed("import_ssda903", str(folder), authority=ASHFORD, year="2025-26")
    (child,) = world.get("children/", reference="AG-7001")["results"]

    def owed() -> dict:
        return {one["kind"]: one["due_on"] for one in world.get("duties/", subject=child["id"])["results"]}

    wait_until(lambda: "pathway_plan" in owed(), "what leaving care owes")
    # Eligible from her sixteenth birthday, 1 June 2026 (91 days were reached long before): three months from then.
    assert (owed()["needs_assessment"], owed()["pathway_plan"]) == ("2026-09-01", "2026-09-01")
    wait_until(lambda: world.get("placements/", child=child["id"])["results"][0]["verdict"], "the register's sweep")
    (placement,) = world.get("placements/", child=child["id"])["results"]
    assert placement["verdict"]["state"] == "out_of_area_distant"
    wait_until(lambda: world.get(f"placements/{placement['id']}/screenings/")["count"] == 1, "its check")
    assert len(world.get("notices/sent/")["results"]) == 1
