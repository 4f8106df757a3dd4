"""What does a zip hold, and may it be unpacked? Its directory is read first; nothing is ever written to a disk.

Names only tell what a member is: nothing is stored under one. Refused are a zip of many members, members that leave the
folder, links, locked ones, zips in zips, and whatever unpacks to more than its share.
"""

import io
import stat
import zipfile
import zlib
from itertools import pairwise
from pathlib import PurePosixPath

from geo.reading.features import ACCEPTED, Reason, Unreadable

MOST_MEMBERS = 50
MOST_RATIO = 200
# What a Mac or Windows adds unasked; never read.
UNASKED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
UNIX = 3
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def members(content: bytes, *, most_bytes: int) -> dict[str, bytes]:
    """Each file of a zip by its path, unpacked in memory. Refuses (Unreadable) every archive that is not plain."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            _require_plain(listed, most_bytes)
            return {
                member.filename: _unpacked(archive, member)
                for member in listed
                if not member.is_dir() and not _is_unasked(member.filename)
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise Unreadable(Reason.NOT_WHOLE, f"This zip is damaged, or not a whole one. {ACCEPTED}") from None


def _require_plain(listed: list[zipfile.ZipInfo], most_bytes: int) -> None:
    if len(listed) > MOST_MEMBERS:
        raise Unreadable(Reason.ARCHIVE, f"This zip holds {len(listed):,} files, more than {MOST_MEMBERS}.")
    names = [member.filename.casefold() for member in listed]
    if len(set(names)) != len(names):
        raise Unreadable(Reason.DOUBTFUL, "This zip holds two files of one name: which of the two is meant?")
    for member in listed:
        _require_plain_member(member)
    if sum(member.file_size for member in listed) > most_bytes:
        raise Unreadable(Reason.TOO_LARGE, f"This zip unpacks to more than {most_bytes // 2**20} MiB.")
    spans = sorted((member.header_offset, member.compress_size) for member in listed)
    if any(start + size > following for (start, size), (following, _) in pairwise(spans)):
        raise Unreadable(Reason.ARCHIVE, "The files in this zip lie one over the other.")


def _require_plain_member(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name != member.filename or "\\" in name or ":" in name or ".." in parts or name.startswith("/"):
        raise Unreadable(Reason.ARCHIVE, f"The zip's file {name[:60]!r} leaves the folder, or hides its name.")
    if member.create_system == UNIX:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Unreadable(Reason.ARCHIVE, f"The zip's member {name[:60]!r} is a link, not a file.")
    if member.flag_bits & ENCRYPTED:
        raise Unreadable(Reason.ARCHIVE, "This zip is locked with a password. Send it without one.")
    if member.compress_type not in METHODS:
        raise Unreadable(Reason.ARCHIVE, "This zip is packed in an unusual way. Pack it again as an ordinary zip.")
    if member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise Unreadable(
            Reason.TOO_LARGE, f"The zip's file {name[:60]!r} unpacks to more than {MOST_RATIO} times its size."
        )


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        content = file.read(member.file_size + 1)
    if len(content) != member.file_size:
        raise Unreadable(Reason.ARCHIVE, f"The zip's file {member.filename[:60]!r} is not as large as the zip says.")
    if content[:4] == b"PK\x03\x04":
        raise Unreadable(Reason.ARCHIVE, "This zip holds another zip. Send the inner one.")
    return content


def _is_unasked(name: str) -> bool:
    return name.startswith(UNASKED) or name.rsplit("/", 1)[-1] in UNASKED or name.rsplit("/", 1)[-1].startswith("._")
