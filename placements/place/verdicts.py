"""What was the verdict on a placement's place, as it was given then? Stored beside the placement; superseded, never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from db.clock import london_date
from geo.models import Authority
from placements.models import Placement
from placements.models import Verdict as StoredVerdict
from placements.owed import facts
from placements.place import hosts, jurisdiction, places
from placements.place.jurisdiction import Question
from placements.place.places import Place
from placements.rules import area
from placements.rules.area import AreaAnswer
from placements.rules.finding import Finding


@dataclass(frozen=True)
class Judged:
    """A placement's verdict, for whoever composes from it: the two authorities and what the law makes of the place."""

    responsible: Authority
    host: Authority | None
    area: AreaAnswer

    def host_for(self, placement: Placement) -> str:
        """What a line that all of ours read calls the host: of a closed address its name would give the place away."""
        return "The area authority" if placement.is_restricted or self.host is None else self.host.name


@transaction.atomic
def judge(placement: Placement, *, at: datetime) -> Judged:
    """Work out the verdict on the day that the placement starts, and store it."""
    return judge_all([placement], at=at)[0]


@transaction.atomic
def judge_all(placements: Sequence[Placement], *, at: datetime) -> list[Judged]:
    """The verdicts on many placements of one authority, a handful of queries for all."""
    answers = answers_now(placements, at=at)
    StoredVerdict.objects.filter(placement__in=placements, superseded_at=None).update(superseded_at=at)
    StoredVerdict.objects.bulk_create(
        [_row(placement, answer, at) for placement, answer in answers.items()], batch_size=1_000
    )
    return [
        Judged(placement.authority, answers[placement].place.host, answers[placement].area) for placement in placements
    ]


def answers_now(placements: Sequence[Placement], *, at: datetime) -> dict[Placement, jurisdiction.Verdict]:
    """What would be judged of these placements of one authority, each on the day that it starts; nothing is stored."""
    if not placements:
        return {}
    place_of = places.of_all(placements)
    chosen = hosts.chosen(placements)
    asked = [
        (_question(place_of[one], chosen.get(one.id)), facts.start_of(one) or london_date(at)) for one in placements
    ]
    answers = jurisdiction.verdicts_on(authority=placements[0].authority, asked=asked)
    return dict(zip(placements, answers, strict=True))


def is_another(row: StoredVerdict | None, answer: jurisdiction.Verdict) -> bool:
    """Whether an answer says something else of a place than the stored verdict: in law, or of whose area it is."""
    now = (answer.area.state.value, answer.area.relation.value, answer.area.country.value, answer.place.host)
    return row is None or (row.state, row.relation, row.country, row.host) != now


def current(placement: Placement) -> Judged | None:
    """The stored verdict that holds now; None before there is one, and for a restricted address without a grant."""
    row = StoredVerdict.objects.filter(placement=placement, superseded_at=None).select_related("host").first()
    return Judged(placement.authority, row.host, area_of(row)) if row else None


def area_of(row: StoredVerdict) -> AreaAnswer:
    """What the law makes of a place, from a stored verdict; read with its host."""
    return area.area_of(
        area.PlaceFacts(
            responsible_authority=str(row.authority_id),
            host_authority=str(row.host_id) if row.host_id else None,
            relation=area.Relation(row.relation),
            country=area.Country(row.country),
            host_name=row.host.name if row.host else None,
        )
    )


def meaning(placement: Placement, judged: Judged) -> tuple[Finding, ...]:
    """What the place means in law for this placement: who approves, who is told or asked, by when."""
    return jurisdiction.meaning_of(judged, facts.of_placement(placement))


def _question(place: Place | None, host_id: UUID | None) -> Question:
    if place is None:
        return Question()
    return Question(postcode=place.postcode, home_postcode=place.home_postcode, host_id=host_id)


def _row(placement: Placement, answer: jurisdiction.Verdict, at: datetime) -> StoredVerdict:
    return StoredVerdict(
        authority_id=placement.authority_id,
        placement=placement,
        on=answer.on,
        state=answer.area.state.value,
        relation=answer.area.relation.value,
        country=answer.area.country.value,
        host=answer.place.host,
        detail=answer.as_dict() | {"findings": [finding.as_dict() for finding in answer.area.findings]},
        is_restricted=placement.is_restricted,
        recorded_at=at,
    )
