"""The same level under different palettes, and palettes that cannot be."""

import pytest

from projects.rating.palettes import DEFAULT_PALETTE, HUES, PALETTES, SHAPES, Palette, Shade

BLUE = Shade("blue", "normal", "blue", "circle")
RED = Shade("red", "warning", "red", "square")


@pytest.mark.parametrize(
    ("code", "hues"),
    [
        ("zaozhuang", ["blue", "yellow", "red"]),
        ("honours", ["red", "yellow", "blue"]),
        ("ladder", ["none", "blue", "yellow", "red"]),
        ("traffic_light", ["green", "yellow", "red"]),
        ("four_colours", ["green", "yellow", "orange", "red"]),
    ],
)
def test_the_presets_show_the_hues_of_their_places(code: str, hues: list[str]) -> None:
    palette = PALETTES[code]
    assert palette.code == code
    assert [shade.hue for shade in palette.shades] == hues
    assert [palette.level_of(hue) for hue in hues] == list(range(len(hues)))


def test_blue_is_best_by_default_and_worst_where_red_is_an_honour() -> None:
    assert DEFAULT_PALETTE.level_of("blue") == 0
    assert PALETTES["honours"].level_of("blue") == 2
    assert PALETTES["honours"].shade(2).meaning == "trailing"


def test_a_hue_that_the_palette_lacks_has_no_level() -> None:
    assert DEFAULT_PALETTE.level_of("green") is None
    assert DEFAULT_PALETTE.level_of("exempt") is None


def test_a_level_beyond_the_worst_is_shown_as_the_worst() -> None:
    assert DEFAULT_PALETTE.shade(2) == DEFAULT_PALETTE.shade(3) == DEFAULT_PALETTE.shade(9)
    assert DEFAULT_PALETTE.shade(2).hue == "red"


def test_there_is_no_level_below_the_best() -> None:
    with pytest.raises(ValueError, match="no such level"):
        DEFAULT_PALETTE.shade(-1)


def test_a_palette_has_two_to_five_levels() -> None:
    shades = tuple(Shade(hue, "normal", hue, shape) for hue, shape in zip(HUES, SHAPES, strict=False))
    assert len(shades) == 5
    for few in (2, 5):
        assert len(Palette("x", "X", shades[:few]).shades) == few
    for wrong in ((), shades[:1], (*shades, shades[0])):
        with pytest.raises(ValueError, match="2 to 5"):
            Palette("x", "X", wrong)


@pytest.mark.parametrize(
    "other",
    [
        Shade("blue", "warning", "red", "square"),
        Shade("red", "warning", "blue", "square"),
        Shade("red", "warning", "red", "circle"),
    ],
)
def test_two_levels_share_neither_word_nor_hue_nor_shape(other: Shade) -> None:
    with pytest.raises(ValueError, match="share"):
        Palette("x", "X", (BLUE, other))
    assert Palette("x", "X", (BLUE, RED)).shade(1) == RED


@pytest.mark.parametrize(("hue", "shape"), [("pink", "circle"), ("blue", "star"), ("exempt", "circle")])
def test_a_shade_that_no_page_can_draw_is_refused(hue: str, shape: str) -> None:
    with pytest.raises(ValueError, match="no such"):
        Shade("word", "normal", hue, shape)
