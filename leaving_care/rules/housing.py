"""What does the law of housing say to the authority where a care leaver lives?"""

from datetime import date

from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.status import Status
from placements.rules.finding import Citation, Finding
from placements.rules.written_dates import date_in_words

REGISTER = Citation("SI 2025/706 (who may join a housing register)", "", "ADR 0044")
HOMELESSNESS = Citation("Housing Act 1996", "s. 199", "ADR 0044")
COVERED = (Status.ELIGIBLE, Status.RELEVANT, Status.FORMER_RELEVANT)


def housing(*, answer: Entitlement, twenty_five_on: date, host: str, is_in_england: bool = True) -> tuple[Finding, ...]:
    """What SI 2025/706 bars, for whom and until when; and that homelessness has a rule of its own.

    Both speak of housing authorities in England: of a host elsewhere nothing is said but that.

    It reaches eligible, relevant and former relevant people under 25, and only the question who may join a housing
    register; it says nothing about priority. A qualifying person is not covered.
    """
    if not is_in_england:
        sentence = f"SI 2025/706 and Housing Act 1996 s. 199 do not reach {host}: ask housing there, under its own law."
        return (Finding("register_elsewhere", sentence, REGISTER),)
    homelessness = Finding(
        "homelessness", "Homelessness has its own rule (Housing Act 1996 s. 199): ask housing.", HOMELESSNESS
    )
    if answer.status in COVERED and answer.on < twenty_five_on:
        sentence = (
            f"{host} may not keep this person off its housing register for want of local connection until 25, "
            f"{date_in_words(twenty_five_on)} (SI 2025/706). It says nothing about priority."
        )
        return Finding("register_open", sentence, REGISTER), homelessness
    if answer.status is Status.QUALIFYING:
        sentence = "SI 2025/706, on joining a housing register without local connection, does not cover this person."
        return Finding("register_not_covered", sentence, REGISTER), homelessness
    return (homelessness,)
