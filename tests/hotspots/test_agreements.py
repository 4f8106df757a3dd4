"""Is an agreement made once, ended once, and needed where a person shares?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from db import clock
from hotspots import actions
from hotspots.exceptions import AgreementHasEnded, AgreementMissing, AgreementNotFound, AgreementStands, EndsTooEarly
from hotspots.models import Agreement, Share
from hotspots.sharing import agreements
from tests.hotspots.world import DONCASTER, ROTHERHAM, SHEFFIELD, acting, authority, load, publish, square

pytestmark = pytest.mark.django_db
SAID = {"purpose": "Placing looked-after children", "basis": "Children Act 2004 s. 10", "reference": "ISA 12"}


def make(by, partner=SHEFFIELD, *, starts_at=None, **said):
    at = clock.now()
    return agreements.make(partner_id=authority(partner).id, **SAID | said, starts_at=starts_at or at, by=by, at=at)


def share(by, *areas, partner=SHEFFIELD):
    return actions.share(areas, partner_ids=[authority(partner).id], needs_agreement=True, by=by, at=clock.now())


def test_a_person_shares_under_an_agreement_and_not_without_one():
    (area,) = load(ROTHERHAM, square()).hotspot_ids
    with acting(ROTHERHAM) as by:
        with pytest.raises(AgreementMissing, match="no agreement with Sheffield"):
            share(by, area)
        made = make(by)
        assert share(by, area) == 1
        assert Share.objects.get(superseded_at=None).agreement_id == made.id


def test_how_an_agreement_was_made_is_said():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(ROTHERHAM):
        assert Agreement.objects.get().get_made_how_display() == "Made by command"


def test_a_partner_reads_the_agreement_and_a_third_authority_does_not():
    with acting(ROTHERHAM) as by:
        made = make(by)
    with acting(SHEFFIELD):
        assert Agreement.objects.get().id == made.id
    with acting(DONCASTER):
        assert not Agreement.objects.exists()


def test_two_agreements_with_a_partner_do_not_run_at_once_and_may_follow_each_other():
    now = clock.now()
    with acting(ROTHERHAM) as by:
        make(by, ends_at=now + timedelta(days=10))
        with pytest.raises(AgreementStands, match="ISA 12"):
            make(by, starts_at=now + timedelta(days=9))
        make(by, starts_at=now + timedelta(days=10))
        make(by, DONCASTER)
        with pytest.raises(AgreementStands, match="another authority"):
            make(by, ROTHERHAM)


def test_an_agreement_ends_now_or_later_and_once():
    now = clock.now()
    with acting(ROTHERHAM) as by:
        made = make(by, starts_at=now - timedelta(days=3))
        with pytest.raises(EndsTooEarly):
            agreements.end(made.id, ends_at=now - timedelta(days=1), by=by, at=now)
        ended = agreements.end(made.id, ends_at=now, by=by, at=now)
        assert (ended.ends_at, ended.end_recorded_by) == (now, "Operator")
        with pytest.raises(AgreementHasEnded, match="Make a new one"):
            agreements.end(made.id, ends_at=clock.now() + timedelta(days=9), by=by, at=clock.now())
        with pytest.raises(IntegrityError, match="has ended"), transaction.atomic():
            Agreement.objects.filter(id=made.id).update(ends_at=None)


def test_nobody_ends_anothers_agreement():
    with acting(ROTHERHAM) as by:
        made = make(by)
    with acting(SHEFFIELD) as by, pytest.raises(AgreementNotFound):
        agreements.end(made.id, ends_at=clock.now(), by=by, at=clock.now())


def test_an_end_set_ahead_may_be_brought_forward():
    now = clock.now()
    with acting(ROTHERHAM) as by:
        made = make(by, ends_at=now + timedelta(days=30))
        sooner = agreements.end(made.id, ends_at=now + timedelta(days=5), by=by, at=now)
    assert sooner.ends_at == now + timedelta(days=5)


def test_an_end_is_not_moved_past_the_beginning_of_the_next_agreement():
    now = clock.now()
    with acting(ROTHERHAM) as by:
        first = make(by, ends_at=now + timedelta(days=10))
        make(by, starts_at=now + timedelta(days=10), reference="ISA 13")
        with pytest.raises(AgreementStands, match="The agreement ISA 13 stands for that time"):
            agreements.end(first.id, ends_at=now + timedelta(days=11), by=by, at=now)
        first.refresh_from_db()
        assert first.ends_at == now + timedelta(days=10)


@pytest.mark.parametrize(("begins", "ends"), [(0, 20), (9, 11), (10, None), (-5, None), (-5, 1)])
def test_the_database_itself_refuses_two_agreements_that_run_at_once(begins, ends):
    """Past the action, as two people at the same moment would come: both have their ends, and neither is open."""
    now = clock.now()
    with acting(ROTHERHAM) as by:
        standing = make(by, ends_at=now + timedelta(days=11))
        second = {
            "starts_at": now + timedelta(days=begins),
            "ends_at": None if ends is None else now + timedelta(days=ends),
        }
        values = {
            name: getattr(standing, name) for name in ("authority_id", "partner_id", "recorded_at", "recorded_by")
        }
        with pytest.raises(IntegrityError, match="agreement_one_at_a_time_per_partner"), transaction.atomic():
            Agreement.objects.create(**values, **SAID, **second)
        Agreement.objects.create(**values, **SAID, starts_at=standing.ends_at, ends_at=None)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("hotspots_agreement", "reference"), ("hotspots_share", "level"), ("hotspots_version", "concern"),
        ("hotspots_hotspot", "reference"), ("hotspots_coverage", "scope"), ("hotspots_statechange", "reason"),
    ],
)  # fmt: skip
def test_the_service_itself_edits_nothing_that_was_said(table, column):
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(ROTHERHAM), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(f"update {table} set {column} = {column}")  # noqa: S608
    with acting(ROTHERHAM), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run(f"delete from {table}")  # noqa: S608


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
