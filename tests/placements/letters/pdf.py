"""What does a PDF say? Its raw bytes, its streams unpacked, and its text read back through the fonts' own tables."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
PAIRS = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
BLOCK = re.compile(r"beginbf(char|range)(.*?)endbf", re.S)
RANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
SHOWN = re.compile(r"\[([^\]]*)\]\s*TJ|<([0-9a-fA-F]+)>\s*Tj|/(\S+)\s+[\d.]+\s+Tf")
HEX = re.compile(r"<([0-9a-fA-F]+)>")


def streams(content: bytes) -> list[bytes]:
    """Every stream, unpacked where it was packed."""
    found = []
    for packed in STREAM.findall(content):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def everything(content: bytes) -> bytes:
    """All bytes: as they are, and unpacked."""
    return content + b"\n".join(streams(content))


def text(content: bytes) -> str:
    """The words as a reader would copy them, every font's table tried on every run of glyphs; spaces left out."""
    unpacked = [one.decode("latin-1") for one in streams(content)]
    tables = [_table(one) for one in unpacked if "begincmap" in one]
    said = []
    for table in tables:
        width = max((len(code) for code in table), default=4)
        for page in (one for one in unpacked if " Tf" in one and "begincmap" not in one):
            runs = (shown for shown in SHOWN.findall(page))
            for several, one, _ in runs:
                glyphs = "".join(HEX.findall(several)) if several else one
                codes = [glyphs[at : at + width].lower() for at in range(0, len(glyphs), width)]
                said.append("".join(table.get(code, "") for code in codes))
            said.append("\n")
    return "".join(said)


def _table(cmap: str) -> dict[str, str]:
    table = {}
    for kind, block in BLOCK.findall(cmap):
        if kind == "char":
            for code, letter in PAIRS.findall(block):
                table[code.lower()] = bytes.fromhex(letter).decode("utf-16-be")
        else:
            for first, last, letter in RANGE.findall(block):
                start = int(letter, 16)
                for step in range(int(last, 16) - int(first, 16) + 1):
                    table[f"{int(first, 16) + step:0{len(first)}x}"] = chr(start + step)
    return table
