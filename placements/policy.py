"""What did the council choose for itself? Never shown as law; each choice has an owner and a date."""

# Search radius around a placement. Owner: the deploying council's placements manager; chosen 1 December 2026.
RADIUS_METRES = 1_000
