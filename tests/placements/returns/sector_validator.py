"""What does the sector's validator find in a return? Run by the Python of the validator's own virtual environment.

    python sector_validator.py RULESET YEAR GSS_CODE FOLDER

Writes JSON as the last line of standard output: what each rule found, by table and row. It reads Header, Episodes,
Missing and UASC alone.
"""

import importlib
import json
import logging
import sys
from pathlib import Path

logging.disable(logging.CRITICAL)

from lac_validator.lac_validator import LacValidator  # noqa: E402

ruleset, year, gss_code, folder = sys.argv[1:]
files = [
    {
        "name": f"{name}.csv",
        "description": "This year",
        "file_content": (Path(folder) / f"{name}.csv").read_bytes(),
    }
    for name in ("Header", "Episodes", "Missing", "UASC")
]
validator = LacValidator(
    metadata={"collectionYear": year, "localAuthority": gss_code},
    files=files,
    registry=importlib.import_module(f"lac_validator.rules.{ruleset}").registry,
)
found = {
    f"{table} {column}": [int(row) for row in rows.index[rows[column].eq(True)]]
    for table, rows in validator.ds_results.items()
    if table != "metadata"
    for column in rows.columns
    if column.startswith("ERR_")
}
places = validator.ds_results["Episodes"][["CHILD", "DECOM", "PL_LA", "PL_LOCATION"]].astype(str)
print()
print(json.dumps({"found": found, "run": sorted(map(str, validator.dones)), "places": places.values.tolist()}))
