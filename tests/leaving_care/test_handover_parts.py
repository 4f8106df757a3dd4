"""Does a handover's part keep its days and who heard the answer, and does the adviser learn that the host answered?"""

from datetime import date

import pytest

from accounts.acting import acting_for, service
from accounts.roles import Role
from db import clock
from duties.models import Duty
from leaving_care import host_duties, milestone_duties
from leaving_care.actions import advisers, handovers, hosting
from leaving_care.actions.handovers import Written
from leaving_care.models import HandoverPart
from notifications import documents, new_lines
from notifications.models import Document
from placements.exceptions import UnreadableField
from tests import factories

pytestmark = pytest.mark.usefixtures("committing")
LEEDS = factories.LEEDS


@pytest.fixture
def adviser():
    return factories.person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def leaver(adviser):
    child = factories.child(factories.person(), born_on=date(2008, 7, 1), looked_after_since=date(2020, 1, 1))
    manager = factories.person(role=Role.MANAGER, name="Carla Dunn")
    with factories.acting(manager):
        advisers.appoint(
            child_ids=[child.id],
            person_id=adviser.person_id,
            starts_on=date(2026, 1, 1),
            by=manager,
            at=clock.now(),
        )
    return child


def draft(adviser, leaver):
    host = factories.authority(LEEDS)
    return handovers.begin(child_id=leaver.id, host_id=host.id, by=adviser, at=clock.now())


def sent(adviser, leaver, **parts) -> Document:
    with factories.acting(adviser):
        made = draft(adviser, leaver)
        handovers.write(handover_id=made.id, parts=parts, by=adviser, at=clock.now())
        return handovers.send(handover_id=made.id, by=adviser, at=clock.now())


def test_days_of_a_part_are_told_with_what_each_is_and_with_who_heard_the_young_person(adviser, leaver):
    bite = Written(dates={"leave_to_remain_ends": date(2027, 9, 30)}, is_agreed=True)
    document = sent(adviser, leaver, dates_that_bite=bite)

    (part,) = document.body["parts"]
    assert part["dates"] == [{"kind": "leave_to_remain_ends", "title": "Leave to remain ends on", "on": "2027-09-30"}]
    assert part["agreed"] == "Agreed by the young person on 1 December 2026, to Lewis Grant."


def test_part_whose_days_the_young_person_keeps_back_tells_none_of_them(adviser, leaver):
    document = sent(
        adviser,
        leaver,
        dates_that_bite=Written(dates={"leave_to_remain_ends": date(2027, 9, 30)}, is_agreed=False),
        health=Written(words="Well", is_agreed=True),
    )

    assert [part["part"] for part in document.body["parts"]] == ["health"]
    assert "2027-09-30" not in str(document.body)


@pytest.mark.parametrize(
    ("part", "written", "words"),
    [
        ("health", Written(dates={"release": date(2027, 1, 1)}), "names no such day"),
        ("judgements", Written(words="She was followed", written_by="A manager"), "its author and its day"),
    ],
)
def test_day_of_another_part_and_a_judgement_without_its_day_are_refused(adviser, leaver, part, written, words):
    with factories.acting(adviser):
        made = draft(adviser, leaver)
        with pytest.raises(UnreadableField, match=words):
            handovers.write(handover_id=made.id, parts={part: written}, by=adviser, at=clock.now())


def test_draft_begun_before_a_part_came_to_the_list_gets_it(adviser, leaver):
    with factories.acting(adviser):
        made = draft(adviser, leaver)
        made.parts.filter(part="custody_or_hospital").update(part="an_older_part")
        handovers.write(
            handover_id=made.id,
            parts={"custody_or_hospital": Written(words="On licence", is_agreed=True)},
            by=adviser,
            at=clock.now(),
        )
        assert HandoverPart.objects.get(handover=made, part="custody_or_hospital").words == "On licence"


def answered(document: Document) -> Document:
    host = factories.person(LEEDS, Role.LEAVING_CARE_ADVISER, name="Beth Lorne")
    with factories.acting(host):
        return hosting.answer_handover(
            document_id=document.id, contact_name="Beth Lorne", question="A bank account?", by=host, at=clock.now()
        )


def test_answer_of_the_host_is_the_advisers_to_read_is_counted_once_and_is_done_when_opened(adviser, leaver):
    answer = answered(sent(adviser, leaver, health=Written(words="Well", is_agreed=True)))

    for _ in range(2):
        host_duties.keep_answers(adviser.authority_id, at=clock.now())
    with factories.acting(adviser):
        duty = Duty.objects.get(kind=host_duties.READ_KIND)
        assert (duty.owner_id, duty.basis, duty.due_on) == (adviser.person_id, "practice", None)
    with acting_for(service(adviser.authority_id), "test"):
        assert [(one.person_id, one.count) for one in new_lines.unsent(adviser.authority_id)] == [
            (adviser.person_id, 1)
        ]

    with factories.acting(adviser):
        documents.open_document(answer.id, actor=adviser, at=clock.now())
    host_duties.keep_answers(adviser.authority_id, at=clock.now())
    with factories.acting(adviser):
        assert Duty.objects.get(kind=host_duties.READ_KIND).closing == "met"


def test_sweep_counts_what_it_raises_for_its_owner_and_a_persons_own_act_is_no_news(adviser, leaver):
    with factories.acting(adviser):
        own = Duty.objects.filter(kind__in=milestone_duties.KINDS, owner_id=adviser.person_id).count()
    assert own > 0
    with acting_for(service(adviser.authority_id), "test"):
        assert not new_lines.unsent(adviser.authority_id).exists()

    later = factories.child(factories.person(), born_on=date(2009, 2, 1), looked_after_since=date(2020, 1, 1))
    manager = factories.person(role=Role.MANAGER)
    with factories.acting(manager):
        advisers.Advising.objects.create(
            authority_id=later.authority_id,
            child=later,
            person_id=adviser.person_id,
            starts_on=date(2026, 1, 1),
            recorded_at=clock.now(),
            recorded_by="test",
        )
    milestone_duties.keep_all(adviser.authority_id, at=clock.now())
    with acting_for(service(adviser.authority_id), "test"):
        (word,) = new_lines.unsent(adviser.authority_id)
        raised = Duty.objects.filter(subject_id=later.id, kind__in=milestone_duties.KINDS, owner_id=adviser.person_id)
        assert (word.person_id, word.count) == (adviser.person_id, raised.count())
