"""What has to be settled by a person before anybody can say what is owed?"""

from collections.abc import Iterator

from leaving_care import policy
from leaving_care.rules.milestone import Milestone, due_after_working_days
from leaving_care.rules.situation import Situation
from leaving_care.rules.status import Status
from placements.rules.finding import Basis, DueDate
from placements.rules.instruments import children_act
from placements.rules.working_days import Holidays

RIGHT = children_act("Sch. 2 para. 19B, ss. 23A, 23C", reading="ADR 0041")


def doubts(now: Situation, status: Status, holidays: Holidays) -> Iterator[Milestone]:
    """A disputed age, and a right that turns on the way of counting: neither waits for somebody to open the page."""
    stay = now.last_stay
    if stay is None:
        return
    if now.circumstances.other_date_of_birth is not None:
        yield Milestone(
            key="settle_age",
            kind="settle_status",
            title="Settle the disputed age, with legal advice",
            opens_on=stay.period.start_on,
            due=DueDate(
                due_on=None,
                sentence=(
                    "As soon as possible: the law names no day. Until it is settled, what is owed follows from the date of "
                    "birth that we hold."
                ),
                citation=RIGHT,
                basis=Basis.PRACTICE,
            ),
        )
    if status is Status.CANNOT_TELL and now.turns_on_the_count:
        left_on = stay.period.until
        yield Milestone(
            key=f"settle_count:{left_on.isoformat()}",
            kind="settle_status",
            title="Decide, with legal advice, whether this is a care leaver: it turns on how the nights are counted",
            opens_on=left_on,
            due=due_after_working_days(
                policy.SETTLE_STATUS_WORKING_DAYS,
                of=left_on,
                event="leaving care, by our own rule",
                citation=RIGHT,
                basis=Basis.LOCAL_RULE,
                holidays=holidays,
            ),
        )
