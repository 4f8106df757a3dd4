"""What is refused in leaving care beside what placements refuses already?"""

from placements.exceptions import PlacementError


class RowNotFound(PlacementError):
    """What was to be changed is not there, or has been superseded."""

    def __init__(self, what: str):
        super().__init__(f"There is no such {what}: it may have been taken back already. Open the page again.")
