"""Icons are drawings that screen readers pass over."""

import pytest

from projects.core.icons import icon


def test_icon_is_hidden_and_sized() -> None:
    drawing = icon("house", 20)
    assert 'aria-hidden="true"' in drawing
    assert 'width="20"' in drawing


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-icon"):
        icon("no-such-icon")
