"""What did the council choose for itself? Never shown as law; each choice has an owner and a date."""

from datetime import date

from placements.rules.judgement_due import OwnRule

# Search radius around a placement. Owner: the deploying council's placements manager; chosen 1 December 2026.
RADIUS_METRES = 1_000

# A written judgement after an emergency start, and after a re-check that found something new.
JUDGEMENT = OwnRule(working_days=5, owner="placements manager", chosen_on=date(2026, 12, 1))

# Somebody looks at a place that is judged otherwise since boundaries changed.
JUDGED_AGAIN = OwnRule(working_days=5, owner="placements manager", chosen_on=date(2026, 12, 1))
