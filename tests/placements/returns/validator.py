"""The sector's validator (PyPI csc-validator-be-903), asked from a virtual environment of its own.

It needs pandas below 2, so it never shares ours: bin/test makes it an environment of its own
(requirements-validator.txt) and names its Python in PLACEWATCH_VALIDATOR. Where pytest is called directly without that
variable, the tests that ask it are skipped.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

PYTHON = os.environ.get("PLACEWATCH_VALIDATOR", "")
with_validator = pytest.mark.skipif(
    not PYTHON, reason="PLACEWATCH_VALIDATOR names no python with the sector's validator"
)


def validated(folder: Path, code: str, *, ruleset: str = "lac2025_26", year: str = "2026") -> dict:
    """What the validator finds in the folder's Header, Episodes, Missing and UASC, and where it places each episode."""
    script = Path(__file__).with_name("sector_validator.py")
    ran = subprocess.run(
        [PYTHON, script, ruleset, year, code, folder], capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(ran.stdout.splitlines()[-1])
