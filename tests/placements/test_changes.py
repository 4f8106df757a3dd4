"""Is another area, another place or another fact followed by everything that rests on it, and by nothing else?"""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements import prompts, queries
from placements.actions.amend import amend, correct
from placements.actions.choose_host import choose_host
from placements.actions.consultations import enquire
from placements.actions.placements import propose
from placements.exceptions import InvalidTransition, KeptClosed, StaleVersion, UnreadableField
from placements.models import Amendment, Approval, HostChoice, Placement
from placements.place import amendments, verdicts
from placements.place.amendments import Changes
from placements.place.places import Place, of
from tests.factories import LEEDS, NOON, SHEFFIELD, PlaceTo, acting, authority, child, person, placement_at
from tests.matrix.changes import DONCASTER, IN_TWO_AREAS, lie_in_two_areas

Status = Placement.Status
DISTANT = Place(line="9 Mill Lane", postcode="LS1 8ED", home_postcode="S65 1SB")


@pytest.fixture
def priya(committing):
    lie_in_two_areas()
    return person()


def choose(placement, code, by, **given) -> Placement:
    with acting(by):
        host_id = authority(code).id if code else None
        return choose_host(placement_id=placement.id, host_id=host_id, by=by, at=NOON, **given)


def change(action, placement, by, reason="It changed", **given) -> Placement:
    with acting(by):
        return action(placement_id=placement.id, reason=reason, by=by, at=given.pop("at", NOON), **given)


def test_place_in_two_areas_is_nobodys_until_somebody_chooses_and_the_choice_is_kept(priya):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS)
    with acting(priya):
        assert verdicts.current(made).host is None

    choose(made, DONCASTER, priya)

    with acting(priya):
        judged = verdicts.current(made)
        assert (judged.host, judged.area.state) == (authority(DONCASTER), "out_of_area_adjoining")
        kept = HostChoice.objects.get(placement=made)
        assert (kept.chosen_by, kept.chosen_at) == ("Priya Nair", NOON)
        assert [(one["name"], one["addresses"]) for one in kept.candidates] == [("Doncaster", 12), ("Sheffield", 3)]
        assert Document.objects.get(subject_id=made.id).recipient == authority(DONCASTER)
        assert Approval.objects.get(placement=made, superseded_at=None).grade == "nominated_officer"


def test_an_authority_that_the_postcode_does_not_leave_possible_is_refused(priya):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS)

    with pytest.raises(UnreadableField, match="does not lie in that authority"):
        choose(made, "E08000035", priya)


def test_a_wrong_choice_is_undone_and_nothing_that_rested_on_it_carries_over(priya):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)
    with acting(priya):
        first = Approval.objects.get(placement=made, superseded_at=None)
        told = Document.objects.get(subject_id=made.id)

    choose(made, DONCASTER, priya, why="The carer rang: it is Doncaster's side of the lane.")

    with acting(priya):
        told.refresh_from_db()
        first.refresh_from_db()
        made.refresh_from_db()
        assert told.recalled_at == NOON
        assert Document.objects.get(subject_id=made.id, recalled_at=None).recipient == authority(DONCASTER)
        assert first.superseded_at == NOON
        assert Approval.objects.filter(placement=made, superseded_at=None, decision="").count() == 1
        wrong = HostChoice.objects.get(placement=made, ended_at=NOON)
        assert (wrong.host, wrong.ended_why) == (
            authority(SHEFFIELD),
            "The carer rang: it is Doncaster's side of the lane.",
        )
        replaced = Duty.objects.filter(subject_id=made.id, closing="replaced")
        assert "notice_to_host" in set(replaced.values_list("kind", flat=True))
        assert all("Not Sheffield: The carer rang" in one.reason for one in replaced)
        open_notice = Duty.objects.get(kind="notice_to_host", subject_id=made.id, closed_at=None)
        assert "Doncaster" in open_notice.title
        assert any("does not carry over" in line.words for line in queries.timeline(made))


def test_an_approved_plan_is_proposed_again_when_its_area_was_wrong(priya):
    made = placement_at(Status.APPROVED, priya, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)

    choose(made, DONCASTER, priya, why="The carer rang.")

    with acting(priya):
        made.refresh_from_db()
        assert (made.status, made.is_approved) == (Status.PROPOSED, False)
        assert Approval.objects.get(placement=made, decision="approved").superseded_at == NOON


def test_undoing_needs_its_reason_and_a_choice_can_be_taken_back_without_another(priya):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)

    with pytest.raises(UnreadableField, match="how you know"):
        choose(made, DONCASTER, priya)
    choose(made, None, priya, why="Nobody knows.")

    with acting(priya):
        assert verdicts.current(made).host is None


def test_there_and_back_again_tells_the_first_host_anew(priya):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)

    choose(made, DONCASTER, priya, why="The carer rang.")
    choose(made, SHEFFIELD, priya, why="The carer was wrong.")

    with acting(priya):
        assert Document.objects.get(subject_id=made.id, recalled_at=None).recipient == authority(SHEFFIELD)


def test_another_place_is_judged_anew_and_what_was_recorded_is_kept(priya):
    made = placement_at(Status.APPROVED, priya, place=PlaceTo.ADJOINING)
    version = made.version

    changed = change(amend, made, priya, changes=Changes(place=DISTANT), reason="The first carer fell ill")

    with acting(priya):
        assert verdicts.current(changed).area.state == "out_of_area_distant"
        assert (changed.status, changed.approver_needed) == (Status.PROPOSED, "director")
        kept = Amendment.objects.get(placement=made)
        assert (kept.version, kept.reason, kept.kind) == (version, "The first carer fell ill", "amended")
        assert amendments.earlier_place(kept) == PlaceTo.ADJOINING
        assert b"Invented" not in bytes(kept.earlier_place)
        assert of(changed) == DISTANT
        assert {one.recipient.name for one in Document.objects.filter(subject_id=made.id, recalled_at=None)} == {
            "Leeds"
        }


def test_a_fact_that_changes_no_law_leaves_the_approval(priya):
    made = placement_at(Status.APPROVED, priya)

    changed = change(amend, made, priya, changes=Changes(provider_code="PR5"))

    with acting(priya):
        assert changed.status == Status.APPROVED
        assert Amendment.objects.get(placement=made).earlier == {"provider_code": "PR4"}


def test_our_own_foster_carer_needs_nobodys_approval_any_more(priya):
    made = placement_at(Status.PROPOSED, priya)

    changed = change(amend, made, priya, changes=Changes(provider_code="PR1"))

    with acting(priya):
        assert changed.approver_needed == ""
        assert not Duty.objects.filter(kind__startswith="approval_by_", closed_at=None).exists()


def test_a_carers_move_of_house_is_a_prompt_and_never_a_duty_in_law(priya):
    made = placement_at(Status.STARTED, priya, place=PlaceTo.IN_AREA)

    changed = change(
        amend, made, priya, changes=Changes(place=DISTANT), is_move_of_house=True, effective_on=date(2026, 12, 20)
    )

    with acting(priya):
        judged = verdicts.current(changed)
        assert judged.host == authority("E08000035")
        assert not Duty.objects.filter(kind="notice_to_host").exists()
        assert not Approval.objects.filter(placement=made).exists()
        assert not Document.objects.exists()
        (prompt,) = prompts.of_placement(changed, judged, on=date(2026, 12, 21))
        assert "The carer moved house on Sun 20 December 2026" in prompt.sentence
        assert "tell Leeds" in prompt.sentence
        assert prompt.basis == "practice"


def test_a_correction_of_the_same_place_keeps_its_approval_and_needs_its_own_permission(priya):
    made = placement_at(Status.APPROVED, priya, place=PlaceTo.ADJOINING)
    better = Place(line="2a Invented Road", postcode="S1 1AA", home_postcode="S65 1SB")
    ruth = person(role=Role.SUPERVISOR, name="Ruth Adeyemi")

    with pytest.raises(NotPermitted):
        change(correct, made, priya, changes=Changes(place=better))
    corrected = change(correct, made, ruth, changes=Changes(place=better), reason="A slip of the pen")

    with acting(ruth):
        assert corrected.status == Status.APPROVED
        assert any(line.words == "Corrected: the address: A slip of the pen" for line in queries.timeline(corrected))


def test_a_start_recorded_wrongly_is_put_right_and_its_duties_are_redated(priya):
    made = placement_at(Status.STARTED, priya)
    ruth = person(role=Role.SUPERVISOR, name="Ruth Adeyemi")

    change(
        correct,
        made,
        ruth,
        changes=Changes(started_at=datetime(2026, 12, 8, 9, 0, tzinfo=UTC)),
        at=datetime(2026, 12, 9, 9, 0, tzinfo=UTC),
    )

    with acting(ruth):
        made.refresh_from_db()
        assert made.starts_on == date(2026, 12, 8)
        visit = Duty.objects.get(kind="first_visit", closed_at=None)
        assert visit.due_on == date(2026, 12, 15)


@pytest.mark.parametrize("name", ["is_emergency", "started_at"])
def test_history_is_corrected_and_never_changed(priya, name):
    made = placement_at(Status.STARTED, priya)
    value = {"is_emergency": True, "started_at": NOON}[name]

    with pytest.raises(UnreadableField, match="only be corrected"):
        change(amend, made, priya, changes=Changes(**{name: value}))


def test_what_cannot_be_changed_is_refused(priya):
    made = placement_at(Status.PROPOSED, priya)
    ended = placement_at(Status.ENDED, priya)

    with pytest.raises(StaleVersion):
        change(amend, made, priya, changes=Changes(provider_code="PR5"), version=made.version + 1)
    with pytest.raises(UnreadableField, match="Say why"):
        change(amend, made, priya, changes=Changes(provider_code="PR5"), reason=" ")
    with pytest.raises(UnreadableField, match="Nothing would change"):
        change(amend, made, priya, changes=Changes(provider_code="PR4"))
    with pytest.raises(UnreadableField, match="a move of its own"):
        change(amend, made, priya, changes=Changes(place_code="A3"))
    with pytest.raises(InvalidTransition):
        change(amend, ended, priya, changes=Changes(provider_code="PR5"))


def test_a_closed_place_is_neither_chosen_nor_moved_without_a_grant(priya):
    closed = placement_at(Status.PROPOSED, priya, is_restricted=True)
    colleague = person(name="Tom Oakes")

    with pytest.raises(KeptClosed):
        choose(closed, DONCASTER, colleague)
    with pytest.raises(KeptClosed):
        change(amend, closed, colleague, changes=Changes(place=DISTANT))


BROKEN = {
    "host_choice_one_current_per_placement": "insert into placements_hostchoice (id, authority_id, placement_id, host_id,"
    " candidates, is_restricted, chosen_at, chosen_by, ended_by, ended_why) select gen_random_uuid(), authority_id,"
    " placement_id, host_id, candidates, is_restricted, chosen_at, chosen_by, '', '' from placements_hostchoice",
    "host_choice_ended_with_its_reason": "update placements_hostchoice set ended_at = now()",
    "amendment_has_a_reason": "insert into placements_amendment (id, authority_id, placement_id, kind, version, earlier,"
    " is_restricted, effective_on, reason, recorded_at, recorded_by) select gen_random_uuid(), authority_id,"
    " placement_id, kind, 99, earlier, is_restricted, effective_on, '', recorded_at, recorded_by"
    " from placements_amendment",
    "amendment_once_per_version": "insert into placements_amendment (id, authority_id, placement_id, kind, version,"
    " earlier, is_restricted, effective_on, reason, recorded_at, recorded_by) select gen_random_uuid(), authority_id,"
    " placement_id, kind, version, earlier, is_restricted, effective_on, reason, recorded_at, recorded_by"
    " from placements_amendment",
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses_by_itself(priya, constraint):
    made = placement_at(Status.PROPOSED, priya, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)
    change(amend, made, priya, changes=Changes(provider_code="PR5"))

    with acting(priya), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        run(BROKEN[constraint])


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("place_code", "code"), [("T1", "hospital_elsewhere"), ("T2", "temporary_stay"), ("R2", "hospital_elsewhere")]
)
def test_a_stay_in_hospital_or_on_holiday_prompts_and_owes_nothing_of_a_start(priya, place_code, code):
    kayla = child(priya)
    with acting(priya):
        made = propose(
            child_id=kayla.id,
            planned_start_on=date(2026, 12, 7),
            place=PlaceTo.AT_A_DISTANCE,
            place_code=place_code,
            by=priya,
            at=NOON,
        )
        found = prompts.of_placement(made, verdicts.current(made), on=date(2026, 12, 7))
        kinds = set(Duty.objects.filter(subject_id=made.id).values_list("kind", flat=True))
    assert [one.code for one in found] == [code]
    if place_code != "R2":
        assert not kinds & {"notice_to_host", "notice_to_people", "placement_plan", "first_visit"}


def test_an_enquiry_about_a_postcode_in_several_areas_asks_the_one_that_is_chosen(priya):
    asked = {"postcode": IN_TWO_AREAS.postcode, "question": "What is known of it?", "by": priya, "at": NOON}
    with acting(priya):
        with pytest.raises(UnreadableField, match="say which to ask"):
            enquire(**asked)
        with pytest.raises(UnreadableField, match="does not leave a choice"):
            enquire(**asked, host_id=authority(LEEDS).id)

        sent = enquire(**asked, host_id=authority(DONCASTER).id)

        assert sent.recipient.name == "Doncaster"
