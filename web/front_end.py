"""Which static files are served? Our own, and of GOV.UK Frontend the compiled style and script, nothing else.

Its typeface and its crown are licensed for services on gov.uk only: neither is copied, and the style that is served does
not name the typeface, so that no page asks for it.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

PACKAGE = "govuk"
SERVED_OF_PACKAGE = frozenset({"govuk-frontend.min.css", "govuk-frontend.min.js"})
TYPEFACE = re.compile(r"@font-face\{[^}]*\}|GDS Transport,")


class PackageStorage(FileSystemStorage):
    """The package's folder, whose style reads as if it had been compiled without the typeface."""

    prefix = PACKAGE

    def _open(self, name, mode="rb"):
        file = super()._open(name, mode)
        if not name.endswith(".css"):
            return file
        with file:
            return ContentFile(TYPEFACE.sub("", file.read().decode()).encode(), name)

    def get_modified_time(self, name):
        """The style changes with this module as well as with the package, and is then collected again."""
        changed_at = datetime.fromtimestamp(Path(__file__).stat().st_mtime, tz=UTC)
        return max(super().get_modified_time(name), changed_at)


class ServedFilesFinder(FileSystemFinder):
    """Finds the files of STATICFILES_DIRS that are served; an app's own folder (a browsable API's, say) is not."""

    def list(self, ignore_patterns):
        for path, storage in super().list(ignore_patterns):
            if storage.prefix != PACKAGE:
                yield path, storage
            elif path in SERVED_OF_PACKAGE:
                yield path, PackageStorage(location=storage.location)
