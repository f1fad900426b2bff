"""Icons as inline drawings; what one means is always written beside it, so screen readers skip them."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18) -> SafeString:
    """The lucide icon of this name, `size` pixels square; `ValueError` when there is none."""
    try:
        drawing = lucide(name, size=size, stroke_width=1.75, **{"class": "icon", "aria-hidden": "true"})
    except IconDoesNotExist as error:
        raise ValueError(str(error)) from error
    return format_html("{}", drawing)
