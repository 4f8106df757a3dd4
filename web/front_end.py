"""Which static files are served? Our own, and of GOV.UK Frontend the compiled style and script, nothing else.

Its typeface and its crown are licensed for services on gov.uk only, so neither is copied.
"""

from django.contrib.staticfiles.finders import FileSystemFinder

PACKAGE = "govuk"
SERVED_OF_PACKAGE = frozenset({"govuk-frontend.min.css", "govuk-frontend.min.js"})


class ServedFilesFinder(FileSystemFinder):
    """Finds the files of STATICFILES_DIRS that are served; an app's own folder (a browsable API's, say) is not."""

    def list(self, ignore_patterns):
        for path, storage in super().list(ignore_patterns):
            if storage.prefix != PACKAGE or path in SERVED_OF_PACKAGE:
                yield path, storage
