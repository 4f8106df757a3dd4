"""What did the council choose for itself in leaving care? Never shown as law."""

# Telling another authority that a young person lives there: CA 1989 s. 24C(1) names no time.
TELL_AUTHORITY_WORKING_DAYS = 5
# Two conversations ahead: before 16, and before 18.
PLAN_AHEAD_OF_16_FROM_MONTHS = 6
PLAN_AHEAD_OF_16_BY_MONTHS = 3
PLAN_AHEAD_OF_18_MONTHS = 3
# A projected eligible child is watched from so long before the day.
WATCH_MONTHS = 3
# A review of the pathway plan that the young person asks for: SI 2010/2571 reg. 7(2) names no day.
REVIEW_ASKED_FOR_WORKING_DAYS = 20
# A right that turns on the way of counting the nights is settled by a person.
SETTLE_STATUS_WORKING_DAYS = 10
# What is still open, and who helps from then on, is said before the duties end at 25.
PLAN_AHEAD_OF_25_MONTHS = 3
