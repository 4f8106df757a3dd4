"""Does anything of what people think of a place, or worry about a child, reach another authority, a log or a message?"""

import json

import pytest

from accounts.acting import acting_for, operator
from accounts.roles import Role
from audit.models import LogEntry
from duties.models import Duty
from notifications import documents
from notifications.models import Document
from placements.actions.concerns import close_concern, raise_concern
from placements.actions.judgements import record_conversation
from placements.models import Concern, Conversation, ConversationWords, Judgement, Placement, PlacementEvent
from tests import factories
from tests.databases import NOON
from tests.placements.judgement_world import LOOK_AGAIN_ON, social_worker, supervisor, write
from tests.web.browser import signed_in
from tests.web.test_roles import WITHOUT_ID

pytestmark = pytest.mark.django_db
CANARIES = ("CANARY-KNOWN", "CANARY-JUDGEMENT", "CANARY-ASKED", "CANARY-TALKED", "CANARY-CONCERN", "CANARY-CLOSED")
LISTS = ("children", "placements", "notices/received", "notices/sent", "duties", "disclosures", "disagreements", "log")
HOST_ROLES = (Role.HOST_OFFICER, Role.DUTY_DESK, Role.MANAGER, Role.SUPERVISOR, Role.DIRECTOR, Role.HOTSPOT_ANALYST)


@pytest.fixture
def placement(db) -> Placement:
    """A child placed in Leeds, of whom Rotherham wrote a canary into every box."""
    sam, ruth = social_worker(), supervisor()
    made = factories.placement_at(Placement.Status.STARTED, sam)
    words = {"known_and_not_known": "CANARY-KNOWN", "thinks_and_why": "CANARY-JUDGEMENT", "they_said": "CANARY-ASKED"}
    judgement = write(made, sam, **words)
    with factories.acting(ruth):
        record_conversation(held_at=NOON, words={judgement.id: "CANARY-TALKED"}, by=ruth, at=NOON)
    with factories.acting(sam):
        given = {"child_id": made.child_id, "words": "CANARY-CONCERN", "assessed_on": NOON.date()}
        concern = raise_concern(**given, by=sam, at=NOON)
        close_concern(
            concern_id=concern.id,
            reason="CANARY-CLOSED",
            supervisor_id=ruth.person_id,
            look_again_on=LOOK_AGAIN_ON,
            by=sam,
            at=NOON,
        )
    return made


def canaries_in(text: str) -> set[str]:
    return {one for one in CANARIES if one in text}


def test_the_words_are_read_where_they_were_written(placement):
    browser = signed_in(social_worker("Lena Orr"))
    told = browser.get(f"/placements/{placement.id}/judgements/").content.decode()
    (concern,) = browser.get(f"/api/v1/children/{placement.child_id}/concerns/").json()["results"]

    assert canaries_in(told + json.dumps(concern)) == set(CANARIES)


@pytest.mark.parametrize("role", HOST_ROLES)
def test_the_host_reads_none_of_it_on_any_page_or_list(placement, role):
    host = factories.person(factories.LEEDS, role, name="Nadia Clarke")
    browser = signed_in(host)
    paths = [f"/{one.pattern}" for one in WITHOUT_ID] + [f"/api/v1/{name}/" for name in LISTS]
    with factories.acting(host):
        notices = list(Document.objects.filter(subject_id=placement.id).values_list("id", flat=True))
    paths += [f"/inbox/{one}/" for one in notices] + [f"/api/v1/notices/received/{one}/" for one in notices]
    paths += [
        f"/placements/{placement.id}/",
        f"/placements/{placement.id}/judgements/",
        f"/children/{placement.child_id}/",
    ]
    paths += [f"/api/v1/placements/{placement.id}/judgements/", f"/api/v1/children/{placement.child_id}/concerns/"]

    assert notices
    assert {path: found for path in paths if (found := canaries_in(browser.get(path).content.decode()))} == {}


def test_the_host_has_no_row_of_it(placement):
    with acting_for(operator(factories.authority(factories.LEEDS).id), "test"):
        for model in (Judgement, Conversation, ConversationWords, Concern):
            assert not model.objects.exists(), model


def test_no_notice_duty_timeline_or_log_line_holds_a_word_of_it(placement):
    with factories.acting(social_worker("Lena Orr")):
        written = [
            *Document.objects.values_list("body", flat=True),
            *Duty.objects.values_list("title", "working", "evidence", "reason"),
            *PlacementEvent.objects.values_list("what", "words"),
            *LogEntry.objects.values_list("operation", "detail"),
        ]

    assert len(written) > 10
    assert canaries_in(json.dumps(written, default=str)) == set()


def test_no_kind_of_notice_has_a_field_for_it():
    fields = set().union(*documents.BODY_FIELDS.values())

    assert not {name for name in fields if "judgement" in name or "concern" in name or "conversation" in name}
