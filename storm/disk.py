"""What if the database's disk is full? The storm's cluster on a small disk of its own, which can be filled.

The disk is a tmpfs laid over the cluster's folder: it needs the right to mount. What stood there comes back afterwards.
"""

import shutil
import subprocess
from pathlib import Path

from storm.child import Child
from workshop.cluster import ACCOUNT, Cluster
from workshop.system_account import give_to

SPARE_BYTES = 48 << 20
CHUNK = b"\0" * (1 << 16)


class SmallDisk:
    """Entered, the cluster stands on a disk with a little room; left, it stands where it stood, with what was written."""

    def __init__(self, cluster: Cluster, database: Child):
        self._wait, self._database, self._cluster = cluster.wait, database, cluster.state.cluster
        self._beside = kept_beside(self._cluster)
        self._ballast = self._cluster / "ballast"
        self.is_there = False

    def __enter__(self) -> "SmallDisk":
        self._database.kill()
        size = sum(file.stat().st_size for file in self._cluster.rglob("*") if file.is_file())
        self._cluster.rename(self._beside)
        self._cluster.mkdir(mode=0o700)
        mount = ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={size + SPARE_BYTES}", "tmpfs", str(self._cluster)]
        self.is_there = subprocess.run(mount, capture_output=True).returncode == 0
        if self.is_there:
            self._cluster.chmod(0o700)
            give_to(ACCOUNT, self._cluster)
            _copy(self._beside, self._cluster)
        else:
            give_back(self._cluster)
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.is_there:
            return
        self._database.kill()
        shutil.rmtree(self._beside)
        self._beside.mkdir(mode=0o700)
        give_to(ACCOUNT, self._beside)
        self._ballast.unlink(missing_ok=True)
        _copy(self._cluster, self._beside)
        give_back(self._cluster)
        self._start()

    def fill(self) -> None:
        """Take the last byte."""
        with self._ballast.open("ab", buffering=0) as ballast:
            try:
                while ballast.write(CHUNK):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        """Give back what was taken."""
        self._ballast.unlink()

    def mend(self) -> None:
        """A database that ended for want of room is started again, as any supervisor does."""
        if not self._database.runs():
            (self._cluster / "postmaster.pid").unlink(missing_ok=True)
            self._database.start()

    def _start(self) -> None:
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        self._database.start()
        self._wait()


def kept_beside(cluster: Path) -> Path:
    """Where the cluster stands while a small disk lies over its folder."""
    return cluster.with_name(f"{cluster.name}.beside")


def give_back(cluster: Path) -> None:
    """Take away the small disk, also one that a harness which was killed has left."""
    if kept_beside(cluster).exists():
        if cluster.is_mount():
            subprocess.run(["/usr/bin/umount", str(cluster)], check=True)
        shutil.rmtree(cluster, ignore_errors=True)
        kept_beside(cluster).rename(cluster)


def _copy(here: Path, there: Path) -> None:
    subprocess.run(["/usr/bin/cp", "--archive", f"{here}/.", str(there)], check=True)
