"""How large a form with a file may be: looked at before a byte of it is read, since what is read is written to a disk."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from hotspots.files.uploads import MOST_BYTES

# What stands beside the file in its form.
BESIDE_BYTES = 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """Takes a form with the largest file that anything takes, and from whoever is not signed in none with a file of note."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - as Django calls it
        """Refuses with RequestDataTooBig. The check against forged forms reads every form, also a stranger's."""
        most = BESIDE_BYTES + (MOST_BYTES if self.request.user.is_authenticated else 0)
        if content_length > most:
            raise RequestDataTooBig(f"A form of {content_length} bytes is larger than {most}.")

    def receive_data_chunk(self, raw_data, start):
        """Leaves the data to the handlers after it."""
        return raw_data

    def file_complete(self, file_size):
        """Leaves the file to the handlers after it."""
