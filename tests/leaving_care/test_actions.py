"""Is what leaving care turns on recorded, taken back and refused as its words say, and do duties follow?"""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.exceptions import NotAMember, NotPermitted
from accounts.roles import Role
from db import clock
from duties.actions import close_as_met
from duties.models import Duty
from leaving_care import facts, feeds, host_duties, milestone_duties, oc3, offer_duties
from leaving_care.actions import advisers, circumstances, handovers, homes, hosting, work
from leaving_care.actions.handovers import Written
from leaving_care.exceptions import RowNotFound
from leaving_care.models import Advising, Circumstance, Home, LocalOffer, Step
from notifications import documents
from notifications.models import Document
from placements.exceptions import ChildNotFound, DoesNotFit, UnreadableField
from tests import factories

pytestmark = pytest.mark.usefixtures("committing")
ADULT_BORN = date(2008, 7, 1)  # 18 on 1 July 2026; the clock stands at noon of 1 December 2026


@pytest.fixture
def adviser():
    return factories.person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def leaver(adviser):
    worker = factories.person()
    return factories.child(worker, born_on=ADULT_BORN, looked_after_since=date(2020, 1, 1))


def done(by, child):
    return {"child_id": child.id, "by": by, "at": clock.now()}


def owed(by, child):
    with factories.acting(by):
        return {duty.kind: duty for duty in milestone_duties.open_duties([child])}


def test_step_meets_what_asked_for_it_and_taken_back_it_is_owed_again(adviser, leaver):
    with factories.acting(adviser):
        made = work.record_step(kind="plan_made", done_on=date(2026, 1, 5), **done(adviser, leaver))
    assert "pathway_plan" not in owed(adviser, leaver)
    assert owed(adviser, leaver)["pathway_review"].due_on == date(2026, 7, 5)

    with factories.acting(adviser):
        work.take_back_step(step_id=made.id, reason="Another child", by=adviser, at=clock.now())

    after = owed(adviser, leaver)
    assert "pathway_plan" in after
    assert "pathway_review" not in after


def test_duty_closed_on_the_board_counts_as_done_and_the_next_one_is_counted_from_it(adviser, leaver):
    with factories.acting(adviser):
        work.record_step(kind="plan_made", done_on=date(2026, 1, 5), **done(adviser, leaver))
        review = owed(adviser, leaver)["pathway_review"]
        close_as_met(review.id, evidence="Reviewed with her", by="Lewis Grant", at=clock.now())
        milestone_duties.keep([leaver], authority_id=leaver.authority_id, by="test", at=clock.now())

    following = owed(adviser, leaver)["pathway_review"]
    assert following.due_on == date(2027, 6, 1)


@pytest.mark.parametrize(
    ("action", "given", "field"),
    [
        (work.record_step, {"kind": "danced", "done_on": date(2026, 1, 5)}, "kind"),
        (work.record_step, {"kind": "visited", "done_on": date(2026, 12, 2)}, "done_on"),
        (circumstances.record_circumstance, {"kind": "married", "starts_on": date(2026, 1, 5)}, "kind"),
        (circumstances.record_circumstance, {"kind": "held", "starts_on": date(2026, 12, 2)}, "starts_on"),
        (
            circumstances.record_circumstance,
            {"kind": "held", "starts_on": date(2026, 1, 5), "ends_on": date(2026, 1, 5)},
            "ends_on",
        ),
        (circumstances.record_circumstance, {"kind": "education", "starts_on": date(2026, 1, 5)}, "ends_on"),
        (homes.record_move, {"moved_on": date(2026, 12, 2)}, "moved_on"),
        (homes.record_move, {"moved_on": date(2026, 11, 2), "power": "kindness"}, "power"),
        (homes.record_move, {"moved_on": date(2026, 11, 2), "postcode": "nowhere"}, "postcode"),
        (work.answer_return, {"age": 18, "in_touch": "YES", "activity": "0", "on": date(2026, 7, 1)}, "accommodation"),
        (work.answer_return, {"age": 16, "in_touch": "NO", "on": date(2026, 7, 1)}, "age"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field_and_nothing_is_kept(adviser, leaver, action, given, field):
    with factories.acting(adviser):
        with pytest.raises(UnreadableField) as refusal:
            action(**given, **done(adviser, leaver))

        assert refusal.value.field == field
        assert not Step.objects.exists()
        assert not Circumstance.objects.exists()
        assert not Home.objects.exists()


def test_the_same_step_twice_on_a_day_is_refused(adviser, leaver):
    with factories.acting(adviser):
        work.record_step(kind="visited", done_on=date(2026, 11, 2), **done(adviser, leaver))
        with pytest.raises(DoesNotFit, match="recorded for that day already"):
            work.record_step(kind="visited", done_on=date(2026, 11, 2), **done(adviser, leaver))


def test_another_authority_s_young_person_and_an_absent_one_are_the_same(leaver):
    stranger = factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER)

    with factories.acting(stranger), pytest.raises(ChildNotFound):
        work.record_step(kind="visited", done_on=date(2026, 11, 2), **done(stranger, leaver))


def test_role_that_may_not_record_is_refused(leaver):
    auditor = factories.person(role=Role.AUDITOR)

    with factories.acting(auditor), pytest.raises(NotPermitted):
        work.record_step(kind="visited", done_on=date(2026, 11, 2), **done(auditor, leaver))


def test_fact_that_happens_once_replaces_what_was_recorded_and_an_ended_one_keeps_its_old_row(adviser, leaver):
    with factories.acting(adviser):
        circumstances.record_circumstance(
            kind="education", starts_on=date(2026, 9, 1), ends_on=date(2029, 7, 1), **done(adviser, leaver)
        )
        circumstances.record_circumstance(
            kind="education", starts_on=date(2026, 9, 1), ends_on=date(2030, 7, 1), **done(adviser, leaver)
        )
        held = circumstances.record_circumstance(kind="held", starts_on=date(2026, 3, 1), **done(adviser, leaver))
        circumstances.end_circumstance(circumstance_id=held.id, ends_on=date(2026, 4, 1), by=adviser, at=clock.now())

        known = facts.of_child(leaver, on=date(2026, 12, 1)).circumstances
        assert known.education_until == date(2030, 7, 1)
        assert [(one.start_on, one.end_on) for one in known.held] == [(date(2026, 3, 1), date(2026, 4, 1))]
        assert Circumstance.objects.filter(superseded_at__isnull=False).count() == 2
        with pytest.raises(RowNotFound):
            circumstances.end_circumstance(
                circumstance_id=held.id, ends_on=date(2026, 5, 1), by=adviser, at=clock.now()
            )


def test_taken_back_fact_is_as_if_never_known_with_its_reason_on_the_duties(adviser, leaver):
    with factories.acting(adviser):
        died = circumstances.record_circumstance(kind="died", starts_on=date(2026, 11, 1), **done(adviser, leaver))
    assert owed(adviser, leaver) == {}

    with factories.acting(adviser):
        circumstances.take_back_circumstance(
            circumstance_id=died.id, reason="Another child", by=adviser, at=clock.now()
        )

    assert "pathway_plan" in owed(adviser, leaver)


def test_adviser_gets_the_open_duties_and_a_second_one_takes_them_over_for_many_at_once(adviser, leaver):
    manager = factories.person(role=Role.MANAGER, name="Carla Dunn")
    second = factories.person(role=Role.LEAVING_CARE_ADVISER, name="Kofi Mensah")
    other = factories.child(factories.person(), born_on=ADULT_BORN, looked_after_since=date(2020, 1, 1))
    both = [leaver.id, other.id]
    about = {"by": manager, "at": clock.now()}

    with factories.acting(manager):
        milestone_duties.keep([leaver, other], authority_id=leaver.authority_id, by="test", at=clock.now())
        advisers.appoint(child_ids=both, person_id=adviser.person_id, starts_on=date(2026, 9, 1), **about)
        assert {duty.owner_id for duty in milestone_duties.open_duties([leaver, other])} == {adviser.person_id}
        advisers.appoint(child_ids=both, person_id=second.person_id, starts_on=date(2026, 11, 1), **about)
        assert {duty.owner_id for duty in milestone_duties.open_duties([leaver, other])} == {second.person_id}
        assert Advising.objects.filter(ends_on=date(2026, 11, 1)).count() == 2
        with pytest.raises(UnreadableField, match="began after that day"):
            advisers.appoint(child_ids=both, person_id=adviser.person_id, starts_on=date(2026, 10, 1), **about)


def test_nobody_outside_the_authority_becomes_an_adviser_and_one_unknown_child_refuses_all(adviser, leaver):
    manager = factories.person(role=Role.MANAGER)
    outsider = factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER)
    about = {"starts_on": date(2026, 9, 1), "by": manager, "at": clock.now()}

    with factories.acting(manager):
        with pytest.raises(NotAMember):
            advisers.appoint(child_ids=[leaver.id], person_id=outsider.person_id, **about)
        with pytest.raises(ChildNotFound):
            advisers.appoint(child_ids=[leaver.id, adviser.person_id], person_id=adviser.person_id, **about)
        assert not Advising.objects.exists()


def test_who_provides_goes_on_from_the_last_placement(adviser):
    worker = factories.person()
    child = factories.child(worker, born_on=ADULT_BORN, looked_after_since=date(2020, 1, 1))
    factories.placement_at("started", worker, of=child)
    clock.set_to(factories.datetime(2026, 12, 10, 12, 0, tzinfo=factories.UTC))

    with factories.acting(adviser):
        home = homes.say_who_provides(from_on=date(2026, 12, 9), power="s24B", **done(adviser, child))

        assert (home.postcode, home.area.name) == ("LS1 8ED", "Leeds")
        with pytest.raises(DoesNotFit, match="Record where the young person lives"):
            homes.say_who_provides(
                from_on=date(2026, 12, 9),
                power="s24B",
                **done(adviser, factories.child(worker, born_on=ADULT_BORN)),
            )


def test_a_closed_address_does_not_go_on_into_a_home_that_everybody_of_leaving_care_reads(adviser):
    """Whoever registers a closed address may read it, and says at 18 who provides it."""
    worker = factories.person(role=Role.SOCIAL_WORKER)
    child = factories.child(worker, born_on=ADULT_BORN, looked_after_since=date(2020, 1, 1))
    factories.placement_at("started", worker, of=child, is_restricted=True)
    clock.set_to(factories.datetime(2026, 12, 10, 12, 0, tzinfo=factories.UTC))

    with factories.acting(worker):
        homes.say_who_provides(from_on=date(2026, 12, 9), power="s24B", **done(worker, child))

    with factories.acting(adviser):
        home = Home.objects.get(child=child)
        assert (home.line, home.postcode, home.point, home.area) == ("", "", None, None)
        assert "kept closed" in home.why_this_area


def test_move_to_a_place_that_nobody_knows_is_recorded(adviser, leaver):
    with factories.acting(adviser):
        home = homes.record_move(moved_on=date(2026, 11, 2), line="With a friend", **done(adviser, leaver))

        assert (home.area, home.why_this_area) == (None, "No postcode is recorded.")


def sent_to_leeds(adviser, leaver):
    leeds = factories.authority(factories.LEEDS)
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 11, 2), postcode="LS1 8ED", power="s24B", **done(adviser, leaver))
        draft = handovers.begin(host_id=leeds.id, **done(adviser, leaver))
        parts = {"health": Written(words="Well", is_agreed=True)}
        handovers.write(handover_id=draft.id, parts=parts, by=adviser, at=clock.now())
        return handovers.send(handover_id=draft.id, by=adviser, at=clock.now())


@pytest.mark.parametrize(
    ("part", "written", "words"),
    [
        ("health", Written(words="Ill", is_agreed=False, override_reason="x", override_by="y"), "Only a part about"),
        ("judgements", Written(words="W", is_agreed=False, override_reason="x"), "reason and who decided"),
        ("judgements", Written(words="W", is_agreed=True, override_reason="x", override_by="y"), "nothing to override"),
        ("hobbies", Written(words="W"), "no such part"),
    ],
)
def test_part_goes_against_the_young_person_s_wish_only_for_safety_with_reason_and_person(
    adviser, leaver, part, written, words
):
    with factories.acting(adviser):
        draft = handovers.begin(host_id=factories.authority(factories.LEEDS).id, **done(adviser, leaver))
        with pytest.raises(UnreadableField, match=words):
            handovers.write(handover_id=draft.id, parts={part: written}, by=adviser, at=clock.now())


def test_overridden_part_goes_with_author_and_day_and_says_nothing_of_the_override(adviser, leaver):
    leeds = factories.authority(factories.LEEDS)
    kept_back = Written(
        words="Met at the station",
        is_agreed=False,
        override_reason="She was followed there",
        override_by="Carla Dunn",
        written_by="Ruth Adeyemi",
        written_on=date(2026, 10, 1),
    )
    with factories.acting(adviser):
        draft = handovers.begin(host_id=leeds.id, **done(adviser, leaver))
        handovers.write(handover_id=draft.id, parts={"judgements": kept_back}, by=adviser, at=clock.now())
        sent = handovers.send(handover_id=draft.id, by=adviser, at=clock.now())

    (part,) = sent.body["parts"]
    assert part["words"] == "Met at the station"
    assert (part["written_by"], part["written_on"]) == ("Ruth Adeyemi", "1 October 2026")
    assert "followed" not in str(sent.body)


def test_draft_is_one_for_each_host_and_is_neither_written_nor_sent_after_it_was_sent(adviser, leaver):
    leeds = factories.authority(factories.LEEDS)
    with factories.acting(adviser):
        draft = handovers.begin(host_id=leeds.id, **done(adviser, leaver))
        with pytest.raises(DoesNotFit, match="begun already"):
            handovers.begin(host_id=leeds.id, **done(adviser, leaver))
        handovers.send(handover_id=draft.id, by=adviser, at=clock.now())
        for late in (handovers.send, handovers.drop):
            with pytest.raises(RowNotFound):
                late(handover_id=draft.id, by=adviser, at=clock.now())
        with pytest.raises(UnreadableField, match="another authority"):
            handovers.begin(host_id=leaver.authority_id, **done(adviser, leaver))


def test_host_has_a_task_until_it_answers_and_is_never_late(adviser, leaver):
    sent = sent_to_leeds(adviser, leaver)
    leeds = factories.authority(factories.LEEDS)
    beth = factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER, name="Beth Lorne")

    assert host_duties.keep_received(leeds.id, at=clock.now()) == 1
    assert host_duties.keep_received(leeds.id, at=clock.now()) == 0
    with factories.acting(beth):
        task = Duty.objects.get(kind=host_duties.KIND)
        assert (task.due_on, task.basis, task.role) == (None, "practice", Role.LEAVING_CARE_ADVISER)
        documents.acknowledge(sent.id, actor=beth, post="leaving care", at=clock.now())
        hosting.answer_handover(document_id=sent.id, contact_name="Beth Lorne", by=beth, at=clock.now())
    host_duties.keep_received(leeds.id, at=clock.now())

    with factories.acting(beth):
        assert Duty.objects.get(kind=host_duties.KIND).closing == "met"


def test_recalled_handover_takes_the_host_s_task_away(adviser, leaver):
    sent = sent_to_leeds(adviser, leaver)
    leeds = factories.authority(factories.LEEDS)
    host_duties.keep_received(leeds.id, at=clock.now())
    with factories.acting(adviser):
        documents.recall(sent.id, sender_id=leaver.authority_id, at=clock.now())

    host_duties.keep_received(leeds.id, at=clock.now())

    with factories.acting(factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER)):
        assert Duty.objects.get(kind=host_duties.KIND).closing == "not_owed"


def test_placement_notices_are_not_for_the_leaving_care_team(adviser):
    factories.placement_at("proposed", factories.person())
    beth = factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER)

    with factories.acting(beth):
        notice = Document.objects.get(kind=Document.Kind.PLACEMENT_NOTICE)
        with pytest.raises(NotPermitted):
            documents.open_document(notice.id, actor=beth, at=clock.now())


def test_offer_of_another_authority_is_not_ours_to_give_or_to_end(adviser, leaver):
    sent = sent_to_leeds(adviser, leaver)
    beth = factories.person(factories.LEEDS, Role.LEAVING_CARE_ADVISER)
    given = {"title": "Gym", "words": "Ring us", "review_on": date(2027, 6, 1), "at": clock.now()}
    with factories.acting(adviser):
        ours = hosting.keep_offer(**given, by=adviser)

    with factories.acting(beth):
        assert LocalOffer.objects.filter(id=ours.id).exists()
        with pytest.raises(RowNotFound):
            hosting.answer_handover(
                document_id=sent.id, contact_name="Beth", offer_ids=[ours.id], by=beth, at=clock.now()
            )
        with pytest.raises(RowNotFound):
            hosting.end_offer(offer_id=ours.id, by=beth, at=clock.now())
        with pytest.raises(UnreadableField, match="lies ahead"):
            hosting.keep_offer(**given | {"review_on": date(2026, 12, 1)}, by=beth)


def test_feed_holds_kinds_and_days_and_no_name_and_a_new_key_ends_the_old_one(adviser, leaver):
    manager = factories.person(role=Role.MANAGER)
    with factories.acting(manager):
        advisers.appoint(
            child_ids=[leaver.id], person_id=adviser.person_id, starts_on=date(2026, 9, 1), by=manager, at=clock.now()
        )
    with factories.acting(adviser):
        old, new = (feeds.new_key(by=adviser, at=clock.now()) for _ in range(2))
        told = feeds.calendar_of(adviser.person_id, authority_id=leaver.authority_id, at=clock.now()).decode()

        assert feeds.person_of(old, authority_id=leaver.authority_id, on=clock.today()) is None
        assert feeds.person_of(new, authority_id=leaver.authority_id, on=clock.today()) == adviser.person_id
    assert "SUMMARY:Placewatch: Needs assessment" in told
    for word in (leaver.reference, leaver.given_name, leaver.family_name):
        assert word not in told


def test_answers_of_the_return_are_written_in_its_shape_the_last_birthday_s_only(adviser, leaver, tmp_path):
    with factories.acting(adviser):
        for age, answers in ((17, ("NO", "0", "0")), (18, ("YES", "F2", "U1"))):
            given = dict(zip(("in_touch", "activity", "accommodation"), answers, strict=True))
            work.answer_return(age=age, on=date(2026, 7, 2), **given, **done(adviser, leaver))
        with (tmp_path / "OC3.csv").open("w", newline="") as out:
            written = oc3.write(oc3.of_year(oc3.current_answers(), 2027), out)

    assert written == 1
    assert (tmp_path / "OC3.csv").read_text().splitlines() == [
        "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
        f"{leaver.reference},01/07/2008,YES,F2,U1",
    ]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        (
            "circumstance_ends_after_it_starts",
            lambda child: Circumstance(kind="held", starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 2)),
        ),
        (
            "circumstance_education_has_its_end",
            lambda child: Circumstance(kind="education", starts_on=date(2026, 1, 2)),
        ),
        ("home_ends_after_it_starts", lambda child: Home(starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 2))),
    ],
)
def test_database_refuses_what_no_action_writes(adviser, leaver, name, row):
    with factories.acting(adviser):
        bad = row(leaver)
        bad.authority_id, bad.child = leaver.authority_id, leaver
        bad.recorded_at, bad.recorded_by = clock.now(), "test"
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            bad.save(force_insert=True)


def test_offer_is_a_task_from_its_day_until_somebody_looked_at_it_again(adviser):
    given = {"title": "Gym", "words": "Ring us", "by": adviser}
    with factories.acting(adviser):
        kept = hosting.keep_offer(**given, review_on=date(2026, 12, 3), at=clock.now())
    assert offer_duties.keep_offers(adviser.authority_id, at=noon_on(2)) == 0

    assert offer_duties.keep_offers(adviser.authority_id, at=noon_on(3)) == 1
    assert offer_duties.keep_offers(adviser.authority_id, at=noon_on(4)) == 0
    with factories.acting(adviser):
        task = Duty.objects.get(kind=offer_duties.KIND)
        assert (task.due_on, task.late_from, task.basis) == (date(2026, 12, 3), date(2026, 12, 4), "local_rule")
        hosting.keep_offer(**given, review_on=date(2027, 12, 3), in_place_of=kept.id, at=noon_on(4))
    offer_duties.keep_offers(adviser.authority_id, at=noon_on(5))

    with factories.acting(adviser):
        assert Duty.objects.get(kind=offer_duties.KIND).closing == "met"


def noon_on(day: int) -> datetime:
    return datetime(2026, 12, day, 12, tzinfo=UTC)
