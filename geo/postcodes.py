"""What postcode did somebody type? Blanks, case and hyphens are put right; nothing is guessed."""

import re
from enum import StrEnum

from geo.exceptions import NotAPostcode

# Royal Mail's letters, old West End districts (W1R, W1V) included, leave out those that are misread, such as O for 0.
# NPT was Newport's area until 1984; its postcodes are still in the directory.
AREA = "[A-PR-UWYZ](?:[A-HK-Y])?"
OUTWARD = f"(?:NPT|{AREA}[0-9]{{1,2}}|[A-PR-UWYZ][0-9][A-HJKMNPR-Y]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY])"
WHOLE = re.compile(f"({OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
OUTWARD_ONLY = re.compile(OUTWARD)
PADDING = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b\ufeff]+")
PSEUDO_AREA = "ZZ"  # ZZ99: the NHS's codes for no fixed abode and the like


class Fault(StrEnum):
    """In which way a text is no full postcode."""

    MISSING = "missing"
    OUTWARD_ONLY = "outward_only"
    NOT_A_POSTCODE = "not_a_postcode"


SENTENCES = {
    Fault.MISSING: "There is no postcode.",
    Fault.OUTWARD_ONLY: "This is only the first half of a postcode: give the whole of it.",
    Fault.NOT_A_POSTCODE: "This is not a United Kingdom postcode: check letters and figures (O and 0, I and 1).",
}


def normalise(text: str | None) -> str:
    """A postcode as directories print it, "S60 1AA". Raises NotAPostcode; O for 0 and I for 1 are not put right.

    Well formed does not mean in use: whether a directory holds it is asked of geo/place.py.
    """
    bare = PADDING.sub("", text or "").upper()
    whole = WHOLE.fullmatch(bare)
    if whole and not bare.startswith(PSEUDO_AREA):
        return f"{whole[1]} {whole[2]}"
    if not bare:
        fault = Fault.MISSING
    elif OUTWARD_ONLY.fullmatch(bare):
        fault = Fault.OUTWARD_ONLY
    else:
        fault = Fault.NOT_A_POSTCODE
    raise NotAPostcode(fault, SENTENCES[fault], outward=bare if fault is Fault.OUTWARD_ONLY else "")
