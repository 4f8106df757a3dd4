"""What does each condition forbid, to whom and in what? Every pair by hand."""

from itertools import product
from uuid import uuid4

import pytest

from hotspots.models import Audience, Condition, Output
from hotspots.sharing.levels import Level
from hotspots.sharing.passing_on import IN_WORDS_ALONE, Bound

WRITTEN = (Output.LETTER, Output.NOTICE, Output.PACK, Output.EXPORT)
EVERYTHING = set(product(Audience, Output))
FORBIDS = {
    IN_WORDS_ALONE: EVERYTHING,
    Condition.NOT_TO_CARERS_OR_PROVIDERS: set(product([Audience.CARER_OR_PROVIDER], Output)),
    Condition.NOT_TO_CHILD_OR_FAMILY: set(product([Audience.CHILD_OR_FAMILY], Output)),
    Condition.NOT_IN_WRITING: set(product(Audience, WRITTEN)),
    # A carer's agency is another body too.
    Condition.NOT_BEYOND_READERS: set(product([Audience.OTHER_BODY, Audience.CARER_OR_PROVIDER], Output)),
}


def bound(*kinds: str, originator: str = "Norrowshire Police") -> Bound:
    return Bound(uuid4(), uuid4(), "Brackwater", Level.PROXIMITY, frozenset(kinds), originator, "")


@pytest.mark.parametrize("kind", [IN_WORDS_ALONE, *Condition])
def test_a_condition_forbids_what_it_names_and_nothing_else(kind):
    forbidden = {(to, how) for to, how in EVERYTHING if bound(kind).forbids(audience=to, output=how)}
    assert forbidden == FORBIDS[kind]


def test_two_conditions_forbid_what_either_forbids():
    both = bound(Condition.NOT_IN_WRITING, Condition.NOT_TO_CHILD_OR_FAMILY)
    forbidden = {(to, how) for to, how in EVERYTHING if both.forbids(audience=to, output=how)}
    assert forbidden == FORBIDS[Condition.NOT_IN_WRITING] | FORBIDS[Condition.NOT_TO_CHILD_OR_FAMILY]


def test_a_refusal_names_who_attached_it_and_whom_to_ask_or_only_whom_to_ask():
    assert bound().refusal == "Norrowshire Police attached a condition. Ask Brackwater."
    assert bound(originator="").refusal == "A condition is attached. Ask Brackwater."
