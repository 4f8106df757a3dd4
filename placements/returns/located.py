"""Where did the placement of each episode of a return lie, on the last day of its year? As the statistics count it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from accounts.acting import Actor
from audit import log
from geo.models import Authority
from placements.models import Episode
from placements.place import jurisdiction
from placements.place.jurisdiction import Question, Verdict
from placements.returns.account import open_columns
from placements.returns.collection_year import CollectionYear
from placements.returns.writing import current_return
from placements.rules.area import State

OPERATION = "returns.export_placements"
COLUMNS = (
    "CHILD",
    "DECOM",
    "host_gss",
    "PL_LA",
    "PL_LOCATION",
    "PL_DISTANCE",
    "relation",
    "out_of_area",
    "distant_not_adjoining",
    "over_20_miles",
)
BATCH = 5_000


@dataclass
class Written:
    """How many episodes were written, and how many restricted ones were left out."""

    rows: int = 0
    left_out: int = 0


def located_episodes(
    *, authority: Authority, year: CollectionYear, include_restricted: bool, by: Actor, written: Written
) -> Iterator[tuple[str, ...]]:
    """COLUMNS of each episode in delivered order: host, codes and relation of 31 March, DECOM as delivered.

    All blank where no placement postcode was delivered. Counts in `written` and is logged once all is read. Raises
    ReturnRefused where no return of the year was imported.
    """
    held = current_return(by, year)
    episodes = Episode.objects.filter(delivered_in=held).order_by("line")
    if not include_restricted:
        written.left_out = episodes.filter(is_restricted=True).count()
        episodes = episodes.filter(is_restricted=False)
    rows = episodes.values_list("id", "child", "decom", "home_post", "pl_post", "restricted__sealed")
    waiting = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        questions = [_question(*row) for row in batch]
        verdicts = jurisdiction.verdicts(authority=authority, on=year.last_day, questions=questions)
        for (_, child, decom, *_), verdict in zip(batch, verdicts, strict=True):
            written.rows += 1
            yield child, decom, *_answer(verdict)
    log.record(
        operation=OPERATION,
        subject_kind="return",
        subject_ids=[held.id],
        fields="placements located" + (", with restricted addresses" if include_restricted else ""),
        detail={"year": str(year), "rows": written.rows, "restricted_left_out": written.left_out},
    )


def _question(episode_id: int, child: str, decom: str, home_post: str, pl_post: str, sealed: bytes | None) -> Question:
    if sealed is not None:
        pl_post, _ = open_columns(episode_id, sealed)
    return Question(postcode=pl_post, home_postcode=home_post)


def _answer(verdict: Verdict) -> tuple[str, ...]:
    if verdict.is_blank:
        return ("",) * (len(COLUMNS) - 2)
    row = verdict.as_row()
    is_known = verdict.area.state is not State.CANNOT_TELL
    answers = (
        row["host_gss"],
        row["pl_la"],
        row["pl_location"],
        row["pl_distance"],
        row["relation"],
        verdict.area.is_out_of_area if is_known else None,
        verdict.area.state is State.OUT_OF_AREA_DISTANT if is_known else None,
        row["over_20_miles"],
    )
    return tuple("" if answer is None else str(answer) for answer in answers)
