"""In which authorities do the addresses of a postcode lie? An optional CSV: postcode, authority (any code), addresses."""

import csv
from pathlib import Path

from django.db import transaction

from geo.areas import authority_by_code
from geo.exceptions import AuthorityNotFound, ImportRefused, NotAPostcode
from geo.models import PostcodeCandidate
from geo.postcodes import normalise

COLUMNS = ("postcode", "authority", "addresses")


def load_candidates(path: Path, using: str = "owner") -> int:
    """Load the file, all or nothing, in place of what stood for the same postcodes. Answers with the number of rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if set(COLUMNS) - set(reader.fieldnames or ()):
            raise ImportRefused(f"{path.name} was not loaded: its first line must name {', '.join(COLUMNS)}.")
        faults: list[str] = []
        candidates = {}
        for row in reader:
            try:
                candidate = PostcodeCandidate(
                    postcode=normalise(row["postcode"]),
                    authority=authority_by_code(row["authority"]),
                    addresses=_addresses(row["addresses"]),
                    source=path.name,
                )
            except (AuthorityNotFound, NotAPostcode, ValueError) as wrong:
                faults.append(f"line {reader.line_num}: {wrong}")
                continue
            key = (candidate.postcode, candidate.authority_id)
            if key in candidates:
                faults.append(f"line {reader.line_num}: {candidate.postcode} and this authority stand twice")
            candidates[key] = candidate
    if faults:
        raise ImportRefused(f"{path.name} was not loaded; {len(faults)} rows are wrong:", faults)
    with transaction.atomic(using=using):
        stored = PostcodeCandidate.objects.using(using)
        stored.filter(postcode__in={postcode for postcode, _ in candidates}).delete()
        stored.bulk_create(candidates.values())
    return len(candidates)


def _addresses(text: str) -> int:
    if not (text or "").strip().isdigit() or int(text) == 0:
        raise ValueError(f"addresses must be a whole number above 0, not {text!r}")
    return int(text)
