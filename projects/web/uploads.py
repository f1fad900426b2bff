"""A ceiling for what anybody may send at all, asked before the first byte of it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Ceiling(FileUploadHandler):
    """Refuses a request whose body announces more than `UPLOAD_CEILING` bytes, so that no disk is filled.

    What lies below it and above the limit of a page is read, and refused by the page in words.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > settings.UPLOAD_CEILING:
            raise RequestDataTooBig("the body is larger than UPLOAD_CEILING")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
