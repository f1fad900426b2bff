"""Photos and documents sent in with a report: several at once, under one title or their own names."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from projects.core.forms import PlainTextField
from projects.register.actions.filing import MEGABYTE
from projects.register.file_types import FILE_TYPES, Kind

# Photos by what they are and not by their endings: a phone then offers its camera, and sends a JPEG whatever it keeps.
ACCEPTED = dict.fromkeys(
    type_.content_type if type_.kind is Kind.PHOTO else f".{ending}" for ending, type_ in FILE_TYPES.items()
)


def most_together() -> int:
    """Bytes that may be sent at a time, with room for what is typed beside; what announces more is not even read."""
    ceiling: int = settings.UPLOAD_CEILING
    return ceiling - MEGABYTE


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what is taken in is the action's business."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(FilesField, self).clean(each, initial) for each in data or []]


class FilesForm(forms.Form):
    """What is added to the files of a report; nothing is asked for."""

    uploads = FilesField(label=_("Photos and documents"), required=False, allow_empty_file=True)
    caption = PlainTextField(
        label=_("Title"), required=False, max_length=200,
        help_text=_("For all that are chosen now. Without one, each is called by the name of its file."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        together = most_together() // MEGABYTE
        told = {"each": settings.ATTACHMENT_MB, "together": together}
        self.fields["uploads"].help_text = format_lazy(
            _("Several at once, each up to {each} MB, together up to {together} MB."), **told
        )
        self.fields["uploads"].widget.attrs |= {"accept": ",".join(ACCEPTED), "data-most": most_together()}
        self.fields["uploads"].widget.attrs["data-told"] = format_lazy(
            _("Together these files are larger than {together} MB. Choose fewer, and send the others after that."),
            together=together,
        )
