"""Is one person told of a placement, is the address shown, and who decided otherwise until when?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placements.rules.finding import Basis, Citation, Finding
from placements.rules.instruments import care_planning, children_act
from placements.rules.not_practicable import NotPracticable, require_words
from placements.rules.people_to_tell import Recipient
from placements.rules.written_dates import day_in_words

WITHHELD = care_planning("reg. 13(3)", reading="ADR 0021")
ADDRESS_LEFT_OUT = children_act("Sch. 2 para. 15(4)", reading="ADR 0021")
NOT_PRACTICABLE = care_planning("reg. 13(1)")


class MayNotDecideSo(ValueError):
    """The law gives nobody this decision about this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided, when, why, and when it is to be looked at again. All are required."""

    decided_by: str
    decided_on: date
    reason: str
    look_again_on: date

    def __post_init__(self) -> None:
        require_words("why", self.reason, self.decided_by)
        if self.look_again_on <= self.decided_on:
            raise MayNotDecideSo(
                f"A decision of {day_in_words(self.decided_on)} is looked at again later than that day, not on "
                f"{day_in_words(self.look_again_on)}."
            )

    @property
    def sentence(self) -> str:
        return (
            f"decided by {self.decided_by} on {day_in_words(self.decided_on)}, to be looked at again on "
            f"{day_in_words(self.look_again_on)}"
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """The answer for one person. `shows_address` is False wherever the person is not told."""

    recipient: Recipient
    is_told: bool
    shows_address: bool
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "recipient": self.recipient.as_dict(),
            "is_told": self.is_told,
            "shows_address": self.shows_address,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def telling(
    *,
    recipient: Recipient,
    in_care: bool | None,
    on: date,
    withholding: Decision | None = None,
    without_address: Decision | None = None,
    not_practicable: NotPracticable | None = None,
) -> Telling:
    """What one person of one kind is told on a day.

    Withholding is for paragraphs (b) to (e) alone (reg. 13(3)); leaving the address out is a decision of its
    own, for the same people and a child in care alone. A decision does not lapse by itself: past its day it
    holds, and the finding says that it is to be looked at again (ADR 0021). Raises MayNotDecideSo.
    """
    if withholding:
        check_withholding(recipient=recipient)
        return Telling(recipient, False, False, (_withheld(withholding), *_look_again(withholding, on, WITHHELD)))
    findings: list[Finding] = []
    if not_practicable:
        findings.append(Finding("telling_not_practicable", not_practicable.sentence, NOT_PRACTICABLE))
    if without_address:
        check_leaving_address_out(recipient=recipient, in_care=in_care)
        findings += (_address_left_out(without_address), *_look_again(without_address, on, ADDRESS_LEFT_OUT))
    return Telling(recipient, True, without_address is None, tuple(findings))


def check_withholding(*, recipient: Recipient) -> None:
    """Raises MayNotDecideSo for anybody but the people of paragraphs (b) to (e)."""
    if not recipient.may_be_withheld:
        raise MayNotDecideSo(
            f"Notice may not be withheld from {recipient.who}: reg. 13(3) names only parents, people with contact "
            "and the previous carer (paragraphs (b) to (e))."
        )


def check_leaving_address_out(*, recipient: Recipient, in_care: bool | None) -> None:
    """Raises MayNotDecideSo unless the child is in care and the person is one of paragraphs (b) to (e)."""
    if not recipient.may_be_withheld:
        raise MayNotDecideSo(f"The address may not be left out for {recipient.who}: they need it for the child.")
    if in_care is not True:
        raise MayNotDecideSo(
            "The address may be left out only for a child in care, on reasonable cause to believe that knowing it "
            "would prejudice the child's welfare (Children Act 1989, Sch. 2 para. 15(4))."
        )


def _withheld(decision: Decision) -> Finding:
    return Finding(
        "telling_withheld",
        f"Withheld, because telling would put the child at risk of significant harm: {decision.sentence}.",
        WITHHELD,
    )


def _address_left_out(decision: Decision) -> Finding:
    return Finding("telling_without_address", f"Told without the address: {decision.sentence}.", ADDRESS_LEFT_OUT)


def _look_again(decision: Decision, on: date, citation: Citation) -> tuple[Finding, ...]:
    if on < decision.look_again_on:
        return ()
    sentence = (
        f"This decision was to be looked at again on {day_in_words(decision.look_again_on)}. It holds until a person "
        "decides anew."
    )
    return (Finding("telling_look_again", sentence, citation, Basis.PRACTICE),)
