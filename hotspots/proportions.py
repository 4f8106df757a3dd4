"""How is a share of a number said honestly? With the numbers and an interval; not at all where they could find one child."""

from dataclasses import dataclass
from math import sqrt

# Two-sided 95 per cent of the normal distribution.
STANDARD_DEVIATIONS = 1.959964
FEWEST_TOLD = 5


@dataclass(frozen=True)
class Proportion:
    """So many times out of so many."""

    times: int
    out_of: int

    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 per cent confidence (Wilson 1927), as fractions; (0, 1) of nothing.

        Unlike the textbook's, it holds for few cases and for none at all.
        """
        if not self.out_of:
            return 0.0, 1.0
        n, share, z = self.out_of, self.times / self.out_of, STANDARD_DEVIATIONS
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def is_told(part: int, whole: int) -> bool:
    """Whether a part and its whole may both be told: neither the part nor the rest is 1 to 4, nor the whole itself."""
    return all(not 0 < number < FEWEST_TOLD for number in (part, whole - part, whole))


def whole_fives(number: int) -> int:
    """Of so many, in the order in which they came, as many as a share is told of: it moves by five, never by one child."""
    return number - number % FEWEST_TOLD


def count_told(number: int) -> int | None:
    """A count that may be told by itself; None for 1 to 4."""
    return None if 0 < number < FEWEST_TOLD else number
