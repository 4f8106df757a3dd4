"""Why was a return not taken in or not written out? Each with the way on."""

from collections.abc import Sequence

from placements.exceptions import PlacementError
from placements.returns.remarks import Remark


class ReturnRefused(PlacementError):
    """Nothing was changed. `bad_rows` is every row at fault, in the order of the files."""

    def __init__(self, sentence: str, bad_rows: Sequence[Remark] = ()):
        self.bad_rows = bad_rows
        super().__init__(sentence)
