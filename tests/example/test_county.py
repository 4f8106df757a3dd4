"""Does the example show every state that it is there to show, made by the real actions?"""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.acting import acting_for, operator
from accounts.models import Membership, User
from audit.seal import seal
from audit.verify import verify
from db import clock
from duties.models import Duty
from example import county, people, story
from geo.areas import authority_by_code
from leaving_care import overviews, team
from leaving_care.entitlements import entitlement_of
from leaving_care.milestone_duties import KINDS
from notifications import documents
from notifications.models import Contact, Delivery, Document
from notifications.states import state_of
from placements import queries
from placements.models import Child, Placement
from tests import databases

ASHFORD, BRACKWATER, DUNMERE, CARROWBY = "X06000001", "X06000002", "X06000003", "X06000004"

pytestmark = pytest.mark.usefixtures("norrowshire")


def acting(code: str):
    return acting_for(operator(authority_by_code(code).id), "test")


def of(reference: str) -> Placement:
    return queries.placements().filter(child__reference=reference).first()


def screening_of(reference: str) -> dict[str, str]:
    answer = of(reference).screenings.latest("at").answer
    return {one["name"]: one["state"] for one in answer["authorities"]}


def test_every_answer_of_the_verdict_and_every_status_is_there():
    with acting(ASHFORD):
        placements = list(queries.placements())
        verdicts = {one.verdicts.get(superseded_at=None).state for one in placements}
        assert verdicts == {"in_area", "out_of_area_adjoining", "out_of_area_distant", "cannot_tell"}
        assert {one.status for one in placements} == {"proposed", "started", "ended", "withdrawn"}
        assert {one.is_emergency for one in placements} == {True, False, None}
        assert {one.verdicts.get(superseded_at=None).country for one in placements} >= {"england", "wales", "unknown"}


def test_silence_has_its_four_states():
    with acting(ASHFORD):
        assert screening_of("AG-2207") == {"Brackwater": "near"}
        assert screening_of("AG-2215") == {"Brackwater": "nothing_near", "Dunmere": "shares_nothing"}
        assert screening_of("AG-2041") == {"Carrowby": "stale"}
    with acting(CARROWBY):
        assert screening_of("CB-0931") == {"Brackwater": "near"}


def test_a_narrative_of_the_owner_reaches_no_partners_screening():
    with acting(ASHFORD):
        stored = " ".join(str(one.screenings.latest("at").answer) for one in queries.current().exclude(screenings=None))
    assert "Brackwater" in stored
    assert "CANARY" not in stored
    assert "2 B C" not in stored
    assert "Canal Street" not in stored


def test_notices_stand_at_every_stage():
    with acting(ASHFORD):
        assert {state_of(one) for one in documents.sent(authority_by_code(ASHFORD).id)} == {
            "composed",
            "acknowledged",
            "recalled",
        }


def test_deliveries_wait_for_the_worker_and_only_those_since_the_receivers_were_known():
    waiting = {}
    for code in (ASHFORD, CARROWBY):
        with acting(code):
            for delivery in Delivery.objects.filter(sender=authority_by_code(code)).select_related("recipient"):
                waiting.setdefault(delivery.recipient.name, []).append(delivery.state)
    # The third to Carrowby says that a move does not go ahead.
    assert waiting == {"Carrowby": ["queued"] * 3, "Brackwater": ["queued"] * 2}


def test_kayla_was_told_of_at_five_to_one_and_a_person_read_it_at_ten_past():
    with acting(ASHFORD):
        placement = of("AG-2041")
        document = documents.sent(placement.authority_id).get(subject_id=placement.id)
        fact = document.facts.get(fact="acknowledged")
        assert placement.child.placements.filter(status="ended").count() == 1
    moments = [one.astimezone(clock.LONDON).strftime("%H:%M") for one in (document.composed_at, fact.at)]
    assert moments == ["00:55", "01:10"]
    assert (fact.person, fact.post) == ("Yusuf Karim", "out-of-hours duty")


def test_those_who_began_before_placewatch_stand_on_one_list_less_the_one_that_was_stated():
    with acting(ASHFORD):
        assert {one.child.reference for one in queries.before_we_began()} == {"AG-3003", "AG-3008"}
        assert of("AG-3002").told_before.stated_by == "Priya Nair"
        assert not Duty.objects.filter(kind="notice_to_host", subject_reference__startswith="AG-300").exists()


def test_no_notice_is_owed_for_short_breaks():
    with acting(ASHFORD):
        for reference in ("AG-2299", "AG-3007"):
            assert not Duty.objects.filter(kind="notice_to_host", subject_id=of(reference).id).exists()


def test_shanice_is_eligible_lewis_advises_her_and_only_the_review_of_her_plan_is_owed():
    with acting(ASHFORD):
        child = Child.objects.get(reference="AG-1402")
        assert entitlement_of(child, on=clock.today()).status == "eligible"
        owed = Duty.objects.filter(subject_id=child.id, kind__in=KINDS, closed_at=None)
        assert [(one.kind, one.owner.name) for one in owed] == [("pathway_review", "Lewis Grant")]


def test_lewis_has_his_own_young_people_and_kofis_whose_leave_he_covers():
    lewis = people.actor("Lewis Grant", authority_by_code(ASHFORD))
    with acting_for(lewis, "test"):
        found = {one.reference for one in overviews.mine(lewis, on=clock.today())}
    assert found == {"AG-1402", "AG-1409", "AG-2271", "AG-0871", "AG-0655", "AG-0422"}


def test_each_list_of_the_leaving_care_manager_holds_somebody():
    ours, on = authority_by_code(ASHFORD), clock.today()
    with acting(ASHFORD):
        without = {one.reference for one in team.without_adviser(ours.id, on=on)}
        turning = {one.reference for one in team.turning_soon(ours.id, on=on)}
        elsewhere = {one.reference for one in team.out_of_area(ours.id, on=on)}
        waiting = {one.reference for one in team.awaiting_reply(ours.id, on=on)}
        assert team.late(ours.id, on=on).exists()
        assert team.unowned(ours.id, on=on).exists()
    assert {"AG-3008"} <= without
    assert {"AG-1409", "AG-0655"} <= turning
    assert {"AG-0871", "AG-0422", "AG-1402", "AG-2271"} <= elsewhere
    assert waiting == {"AG-0871"}


def test_nothing_of_leaving_care_is_late_but_what_nobody_has():
    """AG-3008 has come with a return and has no adviser: that is what the manager's page is there to show."""
    for code in (ASHFORD, BRACKWATER):
        with acting(code):
            late = Duty.objects.filter(kind__in=KINDS, closed_at=None, late_from__lte=clock.today())
            assert {one.subject_reference for one in late} <= {"AG-3008"}


def test_ashford_is_asked_about_somebody_who_came_to_live_there():
    ours = authority_by_code(ASHFORD)
    with acting(ASHFORD):
        (handover,) = documents.received(ours.id).filter(kind=Document.Kind.HANDOVER)
        assert handover.told["stays_responsible"].startswith("Brackwater stays responsible")


def test_remys_address_is_readable_by_whoever_registered_it_and_not_by_a_colleague():
    ours = authority_by_code(ASHFORD)
    for name, is_told in (("Priya Nair", True), ("Tom Oakes", False)):
        with acting_for(people.actor(name, ours), "test"):
            assert hasattr(of("AG-2218"), "restricted_address") is is_told


def test_every_person_can_sign_in_and_jo_fenn_acts_for_two():
    assert User.objects.get(email="priya.nair@ashford-on-grid.example").check_password(people.PASSWORD)
    assert User.objects.values("password").distinct().count() == 1
    assert User.objects.count() == len({one.email for one in people.sign_ins()}) == 30
    jo = User.objects.get(email="jo.fenn@norrow.example")
    found = set()
    for code in (ASHFORD, BRACKWATER):
        with acting(code):
            found |= {(one.authority.name, one.role) for one in Membership.objects.filter(user=jo)}
    assert found == {("Ashford-on-Grid", "duty_desk"), ("Brackwater", "duty_desk")}


def test_the_inspector_is_read_only_and_ends_by_itself():
    with acting(ASHFORD):
        inspector = Membership.objects.get(role="inspector")
    assert (inspector.ends_on - clock.today()).days == people.DAYS_OF_AN_INSPECTION


def test_dunmeres_contact_was_last_confirmed_long_ago():
    with acting(ASHFORD):
        contact = Contact.objects.get(authority=authority_by_code(DUNMERE), purpose="placement_notices")
    assert (contact.email, contact.confirmed_on) == ("ooa@dunmere-old.example", date(2025, 2, 3))


def test_making_it_again_changes_nothing(norrowshire, settings):
    settings.LOOPBACK_RECEIVERS = True
    with acting(ASHFORD):
        before = (Child.objects.count(), Placement.objects.count(), Duty.objects.count())
    assert county.make(receiver_port="9", folder=norrowshire) is False
    with acting(ASHFORD):
        assert (Child.objects.count(), Placement.objects.count(), Duty.objects.count()) == before


def test_the_receivers_secrets_are_readable_by_their_owner_only(norrowshire):
    assert (norrowshire / "receiver-secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_log_book_of_the_making_is_whole(tmp_path):
    with databases.as_role("WORKER_DATABASE_URL"):
        while seal():
            pass
    # Checkpoints of its own: the tests' state folder keeps those of other databases with the same authorities.
    report = verify(checkpoints=tmp_path / "checkpoints.jsonl")
    assert report.findings == []
    assert report.rows > 100


def test_the_story_tells_every_scene_and_no_restricted_address():
    told = {scene.reference: scene.stands for scene in story.scenes()}
    assert told["AG-2041"] == "Current; out of area, at a distance; notice to Carrowby: acknowledged"
    assert told["AG-2350"] == "Proposed; cannot tell whose area"
    assert told["AG-2218"] == "Current; everything about its address is kept closed"


def test_the_story_names_the_password_and_where_to_sign_in(settings, capsys):
    settings.EXAMPLE = True
    call_command("story")
    told = capsys.readouterr().out
    assert people.PASSWORD in told
    assert f"{settings.BASE_URL}/sign-in/" in told
    assert "Kayla" not in told


@pytest.mark.parametrize("command", ["make_example", "story"])
def test_without_the_examples_switch_there_is_no_example(command, settings):
    settings.EXAMPLE = False
    with pytest.raises(CommandError, match="PLACEWATCH_EXAMPLE"):
        call_command(command)


def test_the_first_page_reads_as_a_mornings_work_not_as_years_of_neglect():
    """Late is what a story shows late, and one conversation that nobody with a grant has held."""
    with acting(ASHFORD):
        late = Duty.objects.filter(closed_at=None, late_from__lte=clock.today(), subject_kind="placement")
        assert {(one.subject_reference, one.kind) for one in late} == {
            ("AG-2218", "judgement_conversation"),
            ("AG-2271", "notice_to_host"),
        }
        assert of("AG-2210").child.placements.get(status="ended").endings.filter(how="by_us").exists()
