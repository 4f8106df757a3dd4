"""Which letters are there in the matrix's world? A list with each kind of line, letters made, marked and corrected."""

from uuid import UUID

from accounts.acting import Actor, acting_for
from db import clock
from placements.letters import correspondents, given, jobs, prepare
from placements.models import Placement
from tests import factories

BY_EMAIL = {"channel": "secure_email", "email": "desk@reader.example"}
BY_POST = {"channel": "post", "postal_address": "1 Reader Street"}


def build(ids: dict[str, UUID], worker: Actor) -> dict[str, UUID]:
    """Their ids: on the list and ready, asked about, and already written to; and a placement whose list is empty."""
    at = clock.now()
    done = {"by": worker, "at": at}
    of = factories.child(worker)
    empty = factories.placement_at(Placement.Status.PROPOSED, worker, of=of)
    full = factories.placement_at(Placement.Status.PROPOSED, worker, of=of)
    with acting_for(worker, "test"):
        correspondents.add(placement_id=full.id, code="school", name="A school", **BY_EMAIL, **done)

        def add(code: str, **said):
            return correspondents.add(placement_id=ids["proposed"], code=code, **said, **done)

        ready = add("gp_now", name="A doctor", **BY_EMAIL)
        asked = add("parents", name="A person", **BY_POST)
        written = add("school", name="A school", **BY_POST)
        by_email = add("health_body_now", name="A health body", **BY_EMAIL)
        mistaken = add("health_body_to_be", name="Another health body", **BY_EMAIL)
        add("gp_to_be", nobody_because="The same doctor")
        gone = add("police", name="A coordinator", **BY_EMAIL)
        correspondents.remove(correspondent_id=gone.id, **done)
        other = add("parents", name="Somebody else", **BY_POST)
        decision = correspondents.decisions_of(other.placement, "parents")[0]
        arguments = {"correspondent_id": other.id, "withholding_id": decision.id, "is_the_one": False}
        correspondents.say_about(**arguments, **done)
        _, first, letter = prepare.prepare(
            placement_id=ids["proposed"],
            about="placement",
            correspondent_ids=[by_email.id, mistaken.id, written.id],
            **done,
        )
        given.mark(letter_ids=[letter.id], fact="printed", on=clock.today(), **done)
        prepare.correct(letter_id=first.id, correction="The day was wrong", **done)
        job = jobs.ask(placement_ids=[empty.id], about="placement", **done)
    jobs.make_waiting(worker.authority_id, at=at)
    return {
        "correspondent": ready.id,
        "asked": asked.id,
        "letter": letter.id,
        "letter_batch": letter.batch,
        "letter_job": job.id,
        "empty_list": empty.id,
        "full_list": full.id,
    }
