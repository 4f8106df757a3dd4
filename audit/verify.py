"""Is the log-book whole? Recomputes every digest and every link, and compares the heads with the checkpoint file."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import connection

from audit.seal import checkpoint_file

UNSEALED_SECONDS = 60


@dataclass
class Report:
    """What was checked and what was found; no findings means that the log-book is whole."""

    rows: int = 0
    chains: int = 0
    findings: list[str] = field(default_factory=list)


def verify(*, chain: UUID | None = None, checkpoints: Path | None = None) -> Report:
    """Check one authority's chain, or all. Reads digests and links through definer functions, never what a row says."""
    report = Report()
    heads: dict[UUID, tuple[int, bytes]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from log_links(%s)", [chain])
        for row in cursor:
            report.rows += 1
            _check_row(report, heads, *row)
        report.chains = len(heads)
        _check_heads(report, heads, cursor, chain)
        cursor.execute("select * from log_unsealed(%s)", [UNSEALED_SECONDS])
        for entry_id, is_queued in cursor.fetchall():
            state = f"unsealed for more than {UNSEALED_SECONDS} seconds" if is_queued else "out of the sealer's queue"
            report.findings.append(f"Log row {entry_id} is {state}.")
    _check_checkpoints(report, checkpoints or checkpoint_file(), chain)
    return report


def _check_row(report, heads, chain, position, digest, entry_id, is_there, row_digest, digest_holds, is_in_chain):
    before_position, before_hash = heads.get(chain, (0, b""))
    if position != before_position + 1:
        report.findings.append(f"Chain {chain}: position {before_position + 1} is missing before {position}.")
    if not is_there:
        report.findings.append(f"Chain {chain}: log row {entry_id} at position {position} is gone.")
    else:
        if not digest_holds:
            report.findings.append(f"Chain {chain}: log row {entry_id} at position {position} was changed.")
        if not is_in_chain:
            report.findings.append(f"Chain {chain}: log row {entry_id} belongs to another authority.")
        linked = before_hash + position.to_bytes(8, "big", signed=True) + bytes(row_digest or b"")
        if hashlib.sha256(linked).digest() != bytes(digest):
            report.findings.append(f"Chain {chain}: the link at position {position} does not hold.")
    heads[chain] = (position, bytes(digest))


def _check_heads(report, heads, cursor, chain):
    cursor.execute("select chain, position, hash from audit_head where %s::uuid is null or chain = %s", [chain, chain])
    kept = {key: (position, bytes(digest)) for key, position, digest in cursor.fetchall()}
    for key in sorted(kept.keys() | heads.keys(), key=str):
        if kept.get(key) != heads.get(key):
            report.findings.append(f"Chain {key}: its end does not agree with its head; the tail was cut or changed.")


def _check_checkpoints(report, path: Path, chain: UUID | None):
    """Every head ever written down outside the database must still be the seal at that position."""
    if not path.exists():
        return
    written = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            for key, (position, digest) in json.loads(line)["heads"].items():
                written[UUID(key), position] = digest
    with connection.cursor() as cursor:
        cursor.execute("select chain, position, encode(hash, 'hex') from audit_seal")
        sealed = {(key, position): digest for key, position, digest in cursor.fetchall()}
    for (key, position), digest in written.items():
        if (chain is None or key == chain) and sealed.get((key, position)) != digest:
            report.findings.append(f"Chain {key}: position {position} does not agree with the checkpoint file.")
