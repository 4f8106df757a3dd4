"""Which duties rest on a row of their own: a decision, a day chosen, a paper sent? Found again when they were lost.

What a placement's facts ask for is in `placements.owed.obligations`; these were asked by somebody's act.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.roles import Role
from db.clock import london_date
from duties.actions import close_as_met
from duties.models import Basis, Duty
from duties.owed import Owed
from geo.models import Authority
from notifications.directory import directory, directory_watch
from notifications.models import Contact, Document
from placements.approving import ceasings
from placements.models import AddressGrant, Approval, Child, Concern, Judgement, Placement, Withholding
from placements.owed import judgements_owed, owing, turns
from placements.place import grants, verdicts

CONFIRM = "confirm_decision"
FIND_READER = "find_reader"
PROVISIONAL = "PROVISIONAL-"
Kind, NOTICES = Document.Kind, Contact.Purpose.PLACEMENT_NOTICES
LIVE = (Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED)


def of_authority(authority_id: UUID, *, at: datetime) -> list[Owed]:
    """Every duty that an act of the authority's people gave rise to and that still has its ground; one query for each kind."""
    on = london_date(at)
    return [
        *(confirmation(one) for one in _to_confirm(authority_id)),
        *(withholding(one) for one in _decided(authority_id)),
        *(judgements_owed.look_again(one) for one in _judged(authority_id)),
        *(concern(one) for one in _closed(authority_id)),
        *(identification(one) for one in _provisional(authority_id)),
        *ceasings.of_authority(authority_id),
        *turns.reviews_of_authority(authority_id, at=at),
        *(reader(one) for one in _closed_to_everybody(authority_id, at)),
        *(contact(placement, host) for placement, host in _told_without_a_contact(authority_id, on)),
    ]


def confirmation(approval: Approval) -> Owed:
    """The decider confirms what somebody else recorded for them."""
    return Owed(
        key=f"confirm:{approval.id}",
        kind=CONFIRM,
        title=f"Confirm the decision that {approval.recorded_by} recorded for you",
        basis=Basis.LOCAL_RULE,
        citation="Our own rule: a decision recorded for somebody is confirmed by them",
        subject_kind="placement",
        subject_id=approval.placement_id,
        subject_reference=approval.placement.child.reference,
        role=Role(approval.decided_as),
        owner_id=approval.decider_id,
    )


def withholding(decided: Withholding) -> Owed:
    """To look again at a decision about whom to tell, on the day that it names."""
    return owing.owed(
        decided.placement,
        "look_again_at_withholding",
        "Look again at the decision about whom to tell of this placement",
        Basis.PRACTICE,
        "The decision names its own day",
        due_on=decided.look_again_on,
        key=f"look_again:{decided.id}",
    )


def concern(closed: Concern) -> Owed:
    """To look again at a concern that was closed. The words name none: people read duties who do not read concerns."""
    return Owed(
        key=f"look_again:{closed.id}",
        kind="look_again",
        title="Look again at something that was closed for this child",
        basis=Basis.LOCAL_RULE,
        citation="Our own rule: nothing closes without a day to look again",
        subject_kind="child",
        subject_id=closed.child_id,
        subject_reference=closed.child.reference,
        due_on=closed.look_again_on,
        late_from=closed.look_again_on + timedelta(days=1),
        working=("The day was chosen when it was closed.",),
        role=Role.SOCIAL_WORKER,
    )


def identification(child: Child) -> Owed:
    """To say who a child is who was registered in an emergency without being found."""
    return Owed(
        key=f"identify_child:{child.id}",
        kind="identify_child",
        title="Say who this child is: the reference is provisional and the date of birth an estimate",
        basis=Basis.PRACTICE,
        citation="Our register",
        subject_kind="child",
        subject_id=child.id,
        subject_reference=child.reference,
        role=Role.PLACEMENT_OFFICER,
    )


def reader(placement: Placement) -> Owed:
    """To say who may know a closed address that nobody may read: an import, or grants that have ended, leave it so.

    Named after the last grant, so that it is asked again when that one has ended too.
    """
    last = AddressGrant.objects.filter(placement=placement).order_by("starts_at", "id").last()
    return owing.owed(
        placement,
        FIND_READER,
        "Say who may know this closed address: nobody may read it now",
        Basis.PRACTICE,
        "Our register: a closed address is read by named people",
        role=Role.MANAGER,
        key=f"{FIND_READER}:{placement.id}:{last.id if last else 'nobody yet'}",
    )


def contact(placement: Placement, host: Authority) -> Owed:
    """To find out whom to tell at a host of which no contact is on file.

    A duty is read by more people than a closed address: it then names the child, and not the host.
    """
    closed = placement.is_restricted
    return Owed(
        key=f"{directory_watch.FIND}:{placement.id if closed else host.id}",
        kind=directory_watch.FIND,
        title="Find out whom to tell at "
        f"{'the host' if closed else host.name}: no contact for placement notices is on file",
        basis=Basis.PRACTICE,
        citation="Our directory",
        subject_kind="placement" if closed else "authority",
        subject_id=placement.id if closed else host.id,
        subject_reference=placement.child.reference if closed else host.name,
        role=Role.PLACEMENT_OFFICER,
    )


def close_what_was_found(authority_id: UUID, *, at: datetime) -> None:
    """Close the tasks to find a contact of a closed address's host that has one by now; `directory_watch` the others."""
    rows = Duty.objects.filter(authority_id=authority_id, kind=directory_watch.FIND, closed_at=None)
    for duty in rows.filter(subject_kind="placement"):
        judged = verdicts.current(Placement.objects.get(id=duty.subject_id))
        if judged and judged.host and directory.current_contact(judged.host.id, NOTICES, london_date(at)):
            close_as_met(duty.id, evidence="A contact of the host is on file by now.", by="Placewatch", at=at)


def _to_confirm(authority_id: UUID) -> QuerySet[Approval]:
    rows = Approval.objects.filter(
        authority_id=authority_id, superseded_at=None, confirmed_at=None, decided_at__isnull=False
    )
    return rows.select_related("placement__child")


def _decided(authority_id: UUID) -> QuerySet[Withholding]:
    return Withholding.objects.filter(authority_id=authority_id, ended_at=None).select_related("placement__child")


def _judged(authority_id: UUID) -> QuerySet[Judgement]:
    """Nobody looks again at a place that the child has left."""
    rows = Judgement.objects.filter(authority_id=authority_id, superseded_at=None)
    return rows.exclude(placement__status=Placement.Status.ENDED).select_related("placement__child")


def _closed(authority_id: UUID) -> QuerySet[Concern]:
    return Concern.objects.filter(authority_id=authority_id, look_again_on__isnull=False).select_related("child")


def _provisional(authority_id: UUID) -> QuerySet[Child]:
    return Child.objects.filter(authority_id=authority_id, reference__startswith=PROVISIONAL)


def _closed_to_everybody(authority_id: UUID, at: datetime) -> QuerySet[Placement]:
    runs = grants.running(at=at).filter(placement=OuterRef("pk")).order_by()
    return Placement.objects.filter(
        ~Exists(runs), authority_id=authority_id, is_restricted=True, status__in=LIVE, superseded_at=None
    ).select_related("child")


def _told_without_a_contact(authority_id: UUID, on: date) -> list[tuple[Placement, Authority]]:
    """The placements of which a host was told that has no contact on file, each with that host."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    on_file = Contact.objects.filter(held, authority=OuterRef("recipient"), purpose=NOTICES).order_by()
    told = Document.objects.filter(
        ~Exists(on_file),
        sender_id=authority_id,
        kind__in=[Kind.PLACEMENT_NOTICE, Kind.ENDING_NOTICE],
        recalled_at=None,
        superseded_by=None,
    )
    host_of = {one.subject_id: one.recipient for one in told.select_related("recipient").defer("body")}
    # A successor is reached as those were whose ground it took over.
    reached = directory.contacts_of({host.id for host in host_of.values()}, on)
    unreached = {one for one, contacts in reached.items() if not any(each.purpose == NOTICES for each in contacts)}
    placements = Placement.objects.filter(id__in=host_of).select_related("child")
    return [(one, host_of[one.id]) for one in placements if host_of[one.id].id in unreached]
