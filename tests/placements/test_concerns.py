"""Can a concern about exploitation grow old unseen, or close without words?"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Duty
from placements.actions.concerns import assess_concern, close_concern, raise_concern, supervisors
from placements.exceptions import ChildNotFound, ConcernIsClosed, ConcernNotFound, UnreadableField
from placements.models import Concern
from placements.overlay import ledger
from tests import factories
from tests.databases import NOON
from tests.factories import acting, person
from tests.placements.judgement_world import social_worker, supervisor

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
LATER = date(2027, 3, 1)


@pytest.fixture
def sam(db):
    return social_worker()


def raised(by, **changes) -> Concern:
    given = {"words": "Collected by car, evenings.", "not_known": "By whom.", "assessed_on": TODAY}
    with acting(by):
        return raise_concern(child_id=factories.child(by).id, **(given | changes), by=by, at=NOON)


def closed(concern, by, **changes) -> Concern:
    given = {"reason": "The two men are in custody.", "look_again_on": LATER}
    with acting(by):
        given["supervisor_id"] = changes.pop("supervisor_id", None) or supervisor().person_id
        return close_concern(concern_id=concern.id, **(given | changes), by=by, at=NOON)


def read(concern, by) -> Concern:
    with acting(by):
        return ledger.with_assessments(Concern.objects.filter(id=concern.id)).get()


def test_a_concern_begins_with_a_dated_assessment_and_its_author(sam):
    (assessment,) = read(raised(sam), sam).looked_at

    assert (assessment.assessed_on, assessment.author, assessment.recorded_at) == (TODAY, "Sam Field", NOON)
    assert (assessment.words, assessment.not_known) == ("Collected by car, evenings.", "By whom.")


def test_it_says_how_long_ago_it_was_looked_at(sam):
    """By hand: from Wed 21 October to Tue 1 December 2026 are 10 + 30 + 1 = 41 days."""
    concern = raised(sam, assessed_on=date(2026, 10, 21))

    assert ledger.days_since_looked(read(concern, sam), TODAY) == 41


def test_an_older_assessment_recorded_later_makes_it_no_younger(sam):
    concern = raised(sam, assessed_on=date(2026, 11, 20))
    with acting(sam):
        assess_concern(
            concern_id=concern.id, words="From the old file.", assessed_on=date(2026, 10, 1), by=sam, at=NOON
        )

    assert ledger.last_looked_on(read(concern, sam)) == date(2026, 11, 20)


def test_it_closes_with_a_reason_an_author_a_supervisor_and_a_day_to_look_again(sam):
    concern = closed(raised(sam), sam)

    assert (concern.closed_at, concern.closed_by, concern.closing_supervisor) == (NOON, "Sam Field", "Ruth Adeyemi")
    with acting(sam):
        duty = Duty.objects.get(kind="look_again")
    assert (duty.due_on, duty.late_from, duty.subject_id) == (LATER, LATER + timedelta(days=1), concern.child_id)
    assert "concern" not in duty.title + duty.citation


def test_a_past_concern_stays_to_be_read_and_stands_after_the_open_ones(sam):
    past = closed(raised(sam), sam)
    with acting(sam):
        child = past.child
        present = raise_concern(child_id=child.id, words="Again.", assessed_on=TODAY, by=sam, at=NOON)

        assert list(ledger.concerns_about(child)) == [present, past]


def test_a_closed_concern_is_neither_assessed_nor_closed_again(sam):
    concern = closed(raised(sam), sam)

    with pytest.raises(ConcernIsClosed), acting(sam):
        assess_concern(concern_id=concern.id, words="More.", assessed_on=TODAY, by=sam, at=NOON)
    with pytest.raises(ConcernIsClosed):
        closed(concern, sam)


@pytest.mark.parametrize(
    ("changes", "field"), [({"reason": " "}, "reason"), ({"look_again_on": TODAY}, "look_again_on")]
)
def test_none_closes_silently(sam, changes, field):
    with pytest.raises(UnreadableField) as refused:
        closed(raised(sam), sam, **changes)

    assert refused.value.field == field


def test_the_supervisor_is_one_of_the_authority_and_another_person_than_who_closes(sam):
    ruth, elsewhere = supervisor(), person(factories.LEEDS, Role.SUPERVISOR)

    for by, named in ((sam, sam.person_id), (sam, elsewhere.person_id), (ruth, ruth.person_id)):
        with pytest.raises(UnreadableField, match="other than yourself"):
            closed(raised(by), by, supervisor_id=named)
    with acting(sam):
        assert [one.name for one in supervisors(sam.authority_id, on=TODAY)] == ["Ruth Adeyemi"]


@pytest.mark.parametrize(("changes", "field"), [({"words": ""}, "words"), ({"assessed_on": LATER}, "assessed_on")])
def test_an_assessment_has_words_and_a_day_that_was(sam, changes, field):
    with pytest.raises(UnreadableField) as refused:
        raised(sam, **changes)

    assert refused.value.field == field


def test_the_host_finds_neither_child_nor_concern(sam):
    concern, host = raised(sam), person(factories.LEEDS, Role.SOCIAL_WORKER)

    with pytest.raises(ChildNotFound), acting(host):
        raise_concern(child_id=concern.child_id, words="x", assessed_on=TODAY, by=host, at=NOON)
    with pytest.raises(ConcernNotFound), acting(host):
        assess_concern(concern_id=concern.id, words="x", assessed_on=TODAY, by=host, at=NOON)


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.DIRECTOR, Role.LEAVING_CARE_ADVISER, Role.INSPECTOR])
def test_roles_that_do_not_work_with_the_child_neither_record_nor_close_one(sam, role):
    concern, other = raised(sam), person(role=role)

    with pytest.raises(NotPermitted), acting(other):
        raise_concern(child_id=concern.child_id, words="x", assessed_on=TODAY, by=other, at=NOON)
    with pytest.raises(NotPermitted):
        closed(concern, other)


@pytest.mark.parametrize("missing", ["closed_by", "closing_reason", "closing_supervisor", "look_again_on"])
def test_the_database_refuses_a_silent_closing(sam, missing):
    concern = raised(sam)
    whole = {
        "closed_at": NOON,
        "closed_by": "x",
        "closing_reason": "x",
        "closing_supervisor": "x",
        "look_again_on": LATER,
    }
    nothing = {"look_again_on": None}.get(missing, "")

    with acting(sam), pytest.raises(IntegrityError, match="concern_never_closes_silently"), transaction.atomic():
        Concern.objects.filter(id=concern.id).update(**(whole | {missing: nothing}))
