"""Which characters may a text hold? None that no reader sees: NUL, lone surrogates, marks that turn the reading round."""

import re

# U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 change the direction in which text is shown, so that
# what a person reads is not what is stored.
UNREADABLE = re.compile("[\x00\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# The same for the API's description (JSON Schema); surrogates cannot stand in UTF-8 at all.
REFUSED = r"\u0000\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
PATTERN = rf"^[^{REFUSED}]*$"
PATTERN_NOT_BLANK = rf"^[^{REFUSED}]*[^\s{REFUSED}][^{REFUSED}]*$"


def refuse_unreadable(text: str) -> None:
    """Raise ValueError, naming the character, where a text holds one that may not be in it."""
    found = UNREADABLE.search(text)
    if found:
        raise ValueError(
            f"The text holds the character U+{ord(found.group()):04X}, which cannot be read or hides how the text "
            "reads: take it out."
        )
