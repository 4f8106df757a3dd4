"""What is said of a row of a return: which file, line and column, which value, and why?"""

from dataclasses import dataclass

LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on one row: a reason to refuse the return, or a finding beside it.

    `line` is the line of the file, the heading being line 1. `value` is as delivered.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        value = shown(self.value) if self.column or self.value else ""
        parts = [f"{self.file}.csv", f"line {self.line}", self.column, value]
        return f"{', '.join(part for part in parts if part)}: {self.reason}"


def shown(value: str) -> str:
    """A value in quotation marks, shortened, with every mark that cannot be seen written out."""
    short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    return ascii(short) if not short.isprintable() else repr(short)
