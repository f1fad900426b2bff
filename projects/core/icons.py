"""Icons as inline drawings; what one means is always written beside it, so screen readers skip them."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18) -> SafeString:
    """The lucide icon of this name, `size` pixels square; `ValueError` when there is none."""
    try:
        drawing = lucide(name)
    except IconDoesNotExist as error:
        raise ValueError(str(error)) from error
    shapes = re.sub(r"\s*(<|/>)\s*", r"\1", drawing[drawing.index(">") + 1 :])
    # What all icons share stands in the stylesheet: repeated in each, it was a tenth of a page.
    return SafeString(
        f'<svg class="icon" width="{size:d}" height="{size:d}" viewBox="0 0 24 24" aria-hidden="true">{shapes}'
    )
