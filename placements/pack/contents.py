"""What stands in a pack? The tables of one question, each once, in an order that never changes."""

from dataclasses import dataclass
from uuid import UUID

from placements.models import Child
from placements.pack import lists, owed, story, thought, told
from placements.pack.front_page import Known, front_page
from placements.pack.question import Question
from placements.pack.register import Entry, Group, of_children, of_period, places_of
from placements.pack.table import Table
from placements.pack.why import places_tried
from placements.pack.wrong_authority import sent_wrongly


@dataclass(frozen=True)
class Contents:
    """The answer to a question: the first page, the lists, and the children whose stories are told.

    `versions` are those of other authorities' areas, and of our own, that it used: a recall finds it by them.
    """

    question: Question
    front: Table
    tables: tuple[Table, ...]
    children: tuple[Child, ...]
    stories: tuple[Table, ...]
    versions: frozenset[UUID]

    @property
    def row_count(self) -> int:
        """How many rows lists and stories hold together, however many files repeat them."""
        return sum(len(one.rows) for one in (*self.tables, *self.stories))


def contents(question: Question) -> Contents:
    """Everything that the register of the question's authority held at its instant; within `acting_for`.

    It reads closed addresses' verdicts, to list them, and tells neither place nor distance nor host of them.
    """
    by_group: dict[Group, list[Entry]] = {group: [] for group in Group}
    listed = of_period(question)
    for one in listed:
        by_group[one.group].append(one)
    entries = by_group[Group.OUT_OF_AREA]
    as_at = question.as_at
    duties = owed.duties_of(entries, as_at=as_at)
    approvals = owed.approvals_of(entries, as_at=as_at)
    notices = told.notices_of(entries, as_at=as_at)
    counts, differing = thought.differing(question)
    open_places = places_of([one.placement for one in entries if not one.is_closed], as_at=as_at)
    known = Known(
        question=question,
        entries=entries,
        cannot_tell=len(by_group[Group.CANNOT_TELL]),
        short_breaks=len(by_group[Group.SHORT_BREAK]),
        duties=duties,
        approvals=approvals,
        notices=notices,
        why_late=owed.why_late(duties, as_at=as_at),
        sent_wrongly=sent_wrongly(told.notices_of(listed, as_at=as_at), as_at=as_at),
        differing=counts,
    )
    tables = (
        lists.placements(entries, told=told.first_told_at(notices), tried=places_tried(entries, as_at=as_at)),
        lists.apart("cannot_tell", "Where we cannot tell whose area it is", by_group[Group.CANNOT_TELL]),
        lists.apart("short_breaks", "Short breaks", by_group[Group.SHORT_BREAK]),
        *story.tables(entries, as_at=as_at),
        differing,
        lists.children_in_care(entries, open_places, question=question),
        lists.placed_with_us(question),
    )
    everybody = entries + by_group[Group.CANNOT_TELL] + by_group[Group.SHORT_BREAK]
    children = {one.child.id: one.child for one in sorted(everybody, key=lambda one: one.child.reference)}
    stories = story.of(list(children.values()), as_at=as_at)
    versions = thought.versions_used(of_children(list(children.values()), as_at=as_at), question)
    return Contents(question, front_page(known), tables, tuple(children.values()), stories, versions)
