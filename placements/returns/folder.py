"""Which files of a folder are the return's, and is it the same return as one that was imported before?"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from placements.returns.exceptions import ReturnRefused
from placements.returns.layout import FILES, ReturnFile

BLOCK = 1 << 20


@dataclass(frozen=True)
class Folder:
    """The return's files, by name whatever its case, and the names of everything else, which is left alone."""

    files: dict[ReturnFile, Path]
    absent: list[str]
    others: list[str]

    def sha256(self) -> str:
        """One hash over the names and the bytes of the return's files."""
        digest = hashlib.sha256()
        for file, path in self.files.items():
            digest.update(f"{file.name}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as content:
                while block := content.read(BLOCK):
                    digest.update(block)
        return digest.hexdigest()


def look_into(path: Path) -> Folder:
    """What the folder holds. Raises ReturnRefused where Header or Episodes is missing, or a file stands twice."""
    if not path.is_dir():
        raise ReturnRefused(f"{path} is no folder: give the folder that holds Header.csv and Episodes.csv.")
    entries = sorted(path.iterdir())
    files: dict[ReturnFile, Path] = {}
    for file in FILES:
        found = [entry for entry in entries if entry.is_file() and entry.name.lower() == f"{file.name}.csv".lower()]
        if len(found) > 1:
            names = " and ".join(entry.name for entry in found)
            raise ReturnRefused(f"{names} are both in the folder: keep the one that is the return.")
        if found:
            files[file] = found[0]
    missing = [f"{file.name}.csv" for file in FILES if file not in files]
    for file in FILES:
        if file.is_required and file not in files:
            raise ReturnRefused(f"{file.name}.csv is not in {path}: a return has at least Header.csv and Episodes.csv.")
    others = [entry.name for entry in entries if entry not in files.values()]
    return Folder(files, missing, others)
