"""How do committed log rows get their place in the chain?"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import connection

BATCH = 5_000


def seal(most: int = BATCH) -> int:
    """Seal up to `most` waiting rows; returns how many. Only the worker's role may."""
    with connection.cursor() as cursor:
        cursor.execute("select seal_log(%s)", [most])
        return cursor.fetchone()[0]


def checkpoint_file() -> Path:
    """Where the heads are written down outside the database."""
    return settings.STATE_DIR / "audit-checkpoints.jsonl"


def write_checkpoint() -> int:
    """Append every chain's position and hash to the checkpoint file; returns the number of chains.

    A tail cut off together with its heads agrees with itself; it does not agree with this file.
    """
    with connection.cursor() as cursor:
        cursor.execute("select chain, position, encode(hash, 'hex'), clock_timestamp() from audit_head order by chain")
        heads = cursor.fetchall()
    if heads:
        line = {
            "at": heads[0][3].isoformat(),
            "heads": {str(chain): [position, digest] for chain, position, digest, _ in heads},
        }
        with open(checkpoint_file(), "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return len(heads)
