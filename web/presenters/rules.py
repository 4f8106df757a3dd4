"""How is what a rule says shown: the sentence, which of four kinds it is, where it is written, the days of its count?"""

from collections.abc import Sequence

from duties.models import Basis
from placements.rules.finding import Citation
from placements.rules.finding import Finding as RuleFinding
from web.presenters.elements import Details, Finding


def finding(found: RuleFinding) -> Finding:
    """A finding of the rules as the page shows it."""
    return Finding(
        sentence=found.sentence,
        basis=Basis(found.basis.value).label,
        citation=citation(found.citation),
        working=working([step.text for step in found.due.working]) if found.due and found.due.working else None,
    )


def citation(cited: Citation) -> str:
    """The instrument and the provision, and which record of ours says how a contested one is read."""
    return f"{cited} (our reading, {cited.reading})" if cited.reading else str(cited)


def working(lines: Sequence[str]) -> Details:
    """The days that were counted and those that were skipped."""
    return Details("How this was counted", tuple(lines))
