"""How does a process sleep under libfaketime? By `select`: the library of Debian 12 breaks every sleep by the steady clock.

Found by Python at its start, in the folder that `storm/trials.py` names for processes whose clock is wrong.
"""

import select
import time


def sleep(seconds: float) -> None:
    """As `time.sleep`, which would end with “Invalid argument” here."""
    select.select((), (), (), seconds)


time.sleep = sleep
