"""Which young people are there in the matrix's world? One past 18 who lives in Leeds, with everything recorded."""

from datetime import date
from uuid import UUID

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from db import clock
from leaving_care.actions import advisers, circumstances, handovers, homes, hosting, telling, work
from leaving_care.actions.handovers import Written
from leaving_care.models import FeedKey
from tests import factories


def build(worker: Actor, host: str, elsewhere: str) -> dict[str, UUID]:
    """Their ids. Leeds has one handover, which it answered; another, to a third authority, is a draft."""
    adviser = factories.person(factories.ROTHERHAM, Role.LEAVING_CARE_ADVISER, name="Lewis Grant")
    manager = factories.person(factories.ROTHERHAM, Role.MANAGER, name="Carla Dunn")
    leaver = factories.child(worker, born_on=date(2008, 7, 1), looked_after_since=date(2020, 1, 1))
    done = {"child_id": leaver.id, "by": adviser, "at": clock.now()}
    words = Written(words="Told", is_agreed=True, written_by="A manager", written_on=date(2026, 11, 1))
    kept_back = Written(
        words="Kept",
        is_agreed=False,
        override_reason="Safety",
        override_by="A manager",
        written_by="A manager",
        written_on=date(2026, 11, 1),
    )
    with acting_for(manager, "test"):
        advisers.appoint(
            child_ids=[leaver.id],
            person_id=adviser.person_id,
            starts_on=date(2026, 1, 1),
            reason="New",
            by=manager,
            at=clock.now(),
        )
    with acting_for(adviser, "test"):
        fact = circumstances.record_circumstance(kind="held", starts_on=date(2025, 1, 1), words="Hospital", **done)
        step = work.record_step(kind="planned", done_on=date(2026, 10, 1), words="Talked", **done)
        work.answer_return(age=18, in_touch="YES", activity="F2", accommodation="U1", on=date(2026, 7, 2), **done)
        homes.record_move(
            moved_on=date(2026, 8, 1),
            line="1 Invented Flats",
            postcode="LS1 8ED",
            power="s24B",
            how_they_are="Well",
            **done,
        )
        sent = handovers.begin(host_id=factories.authority(host).id, **done)
        about = {"by": adviser, "at": clock.now()}
        handovers.write(handover_id=sent.id, parts={"health": words, "judgements": kept_back}, **about)
        document = handovers.send(handover_id=sent.id, **about)
        draft = handovers.begin(host_id=factories.authority(elsewhere).id, **done)
        telling.record_told(
            area_id=factories.authority(host).id, told_on=date(2026, 8, 2), words="By telephone", **done
        )
        FeedKey.objects.create(
            authority_id=adviser.authority_id, person_id=adviser.person_id, key_hash="digest", made_at=clock.now()
        )
        offer = hosting.keep_offer(title="Council tax", words="Ring us", review_on=date(2027, 12, 1), **about)
    beth = factories.person(host, Role.HOST_OFFICER, name="Beth Lorne")
    with acting_for(beth, "test"):
        hosting.answer_handover(
            document_id=document.id,
            contact_name="Beth Lorne",
            question="Has the account been opened?",
            by=beth,
            at=clock.now(),
        )
    return {
        "leaver": leaver.id,
        "fact": fact.id,
        "step": step.id,
        "draft_handover": draft.id,
        "sent_handover": sent.id,
        "handover": document.id,
        "offer": offer.id,
        "adviser": adviser.person_id,
    }
