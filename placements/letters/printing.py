"""How does a letter become a tagged PDF, many letters one job for the printer, and how many a zip of files to send?"""

import csv
import io
import zipfile
from collections.abc import Sequence

from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration

from hotspots.spreadsheet import harmless
from placements.pack.files import ZIP_EPOCH

VARIANT = "pdf/ua-1"
LIST = "list.csv"


def pdf(page: str) -> bytes:
    """One letter as PDF/UA: tagged, with its language and its title; the same page gives the same bytes."""
    return _rendered(page, FontConfiguration()).write_pdf(pdf_variant=VARIANT)


def job(pages: Sequence[str]) -> bytes:
    """Letters as one PDF in the order given, each beginning on a page of its own. Needs one letter at least."""
    fonts = FontConfiguration()
    rendered = [_rendered(page, fonts) for page in pages]
    together = [page for one in rendered for page in one.pages]
    first = rendered[0].copy(together)
    first.metadata.title = "Letters"
    return first.write_pdf(pdf_variant=VARIANT)


def files(letters: Sequence[tuple[str, str, str, bytes]]) -> bytes:
    """A zip of letters, given as reference, reader, e-mail address and bytes; each file is named by its reference alone.

    `list.csv` says which file goes where; it is for whoever sends them, and is not sent on.
    """
    held, listed = io.BytesIO(), io.StringIO()
    written = csv.writer(listed)
    written.writerow(["file", "reader", "e-mail"])
    with zipfile.ZipFile(held, "w") as archive:
        for reference, reader, email, content in letters:
            _put(archive, f"{reference}.pdf", content)
            written.writerow([f"{reference}.pdf", harmless(reader), harmless(email)])
        _put(archive, LIST, listed.getvalue().encode())
    return held.getvalue()


def _rendered(page: str, fonts: FontConfiguration) -> Document:
    return HTML(string=page, url_fetcher=_nothing_from_outside).render(font_config=fonts, pdf_variant=VARIANT)


def _nothing_from_outside(url: str, *args, **kwargs):
    raise ValueError("A letter is made of its own words: it fetches nothing.")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
