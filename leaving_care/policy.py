"""What did the council choose for itself in leaving care? Never shown as law."""

# Telling another authority that a young person lives there: CA 1989 s. 24C(1) names no time.
TELL_AUTHORITY_WORKING_DAYS = 5
# Two conversations ahead: before 16, and before 18.
PLAN_AHEAD_OF_16_FROM_MONTHS = 6
PLAN_AHEAD_OF_16_BY_MONTHS = 3
PLAN_AHEAD_OF_18_MONTHS = 3
# A projected eligible child is watched from so long before the day.
WATCH_MONTHS = 3
# Staying put and the like are decided before 18; asked from so long before.
STAYING_PUT_MONTHS = 6
