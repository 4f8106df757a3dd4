"""What can the ground not answer, and what is the way on? Sentences for people; no personal data."""


class GroundError(Exception):
    """A question about the ground that has no answer as asked."""


class AuthorityNotFound(GroundError):
    """No authority bears the code, or it did not exist on the day asked about."""


class NotAPostcode(GroundError):
    """A text that is no full postcode. `fault` is geo.postcodes.Fault; `outward` is the half that was given, if any."""

    def __init__(self, fault: str, sentence: str, *, outward: str = "") -> None:
        super().__init__(sentence)
        self.fault = fault
        self.outward = outward


class ImportRefused(GroundError):
    """A file that was not loaded, with each thing that is wrong in it; nothing was changed."""

    def __init__(self, sentence: str, faults: list[str] | None = None) -> None:
        super().__init__("\n".join([sentence, *(faults or [])]))
        self.faults = faults or []
