"""What is different for a child who is looked after because of a remand, and what is not decided here?"""

from placements.rules.finding import Citation, Finding
from placements.rules.instruments import REMANDS, care_planning
from placements.rules.placement_facts import PlacementFacts


def remand_findings(*, placement: PlacementFacts) -> tuple[Finding, ...]:
    """Empty for a child who is not on remand. The ordinary clocks are never applied without these words."""
    if not placement.is_on_remand:
        return ()
    return (
        Finding(
            "remand_not_decided",
            "Looked after by remand: Part 8A changes these rules. Not decided here: ask legal services.",
            care_planning("Part 8A"),
        ),
        Finding(
            "remand_court_decides",
            "A court chose between accommodation of the authority and youth detention accommodation. In detention "
            "there is a detention placement plan instead of a placement plan, and nobody here approves the place.",
            Citation(REMANDS, "ss. 91, 92, 102"),
        ),
    )
