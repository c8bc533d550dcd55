import numpy as np
import pytest
from skimage.color import rgb2lab

from core.colormaps import DEFAULT_COLORMAP, Mode, colormap, colormap_names
from core.errors import SamePixelsError
from tools.make_colormaps import absolute_table, signed_table

NEUTRAL_CHROMA = 8  # CIELAB chroma below which a colour is seen as grey

every_absolute_map = pytest.mark.parametrize("name", colormap_names("absolute"))
every_signed_map = pytest.mark.parametrize("name", colormap_names("signed"))


@every_absolute_map
def test_absolute_tables_are_matplotlibs(name: str) -> None:
    np.testing.assert_array_equal(colormap("absolute", name).colours, absolute_table(name))


@every_signed_map
def test_signed_tables_are_matplotlibs(name: str) -> None:
    np.testing.assert_array_equal(colormap("signed", name).colours, signed_table(name))


def test_published_colours() -> None:
    """viridis from #440154 to #fde725, as its authors published it."""
    viridis = colormap("absolute", "viridis")
    assert (viridis.hexadecimal[0], viridis.hexadecimal[255]) == ("#440154", "#fde725")


@every_absolute_map
def test_more_is_lighter(name: str) -> None:
    lightness = rgb2lab(colormap("absolute", name).colours)[:, 0]
    assert np.all(np.diff(lightness) > -0.25)  # a quarter of a step: the tables are rounded to 8 bits
    assert lightness[-1] - lightness[0] > 70


@every_signed_map
def test_zero_is_neutral_and_both_sides_go_away_from_it(name: str) -> None:
    lab = rgb2lab(colormap("signed", name).colours)
    assert np.hypot(*lab[128, 1:]) < NEUTRAL_CHROMA
    from_zero = np.linalg.norm(lab - lab[128], axis=1)
    for side in (from_zero[128:], from_zero[128:0:-1]):
        assert np.all(np.diff(side) > -0.5)
        assert side[-1] > 50


@every_signed_map
def test_a_signed_table_has_as_many_steps_down_as_up(name: str) -> None:
    colours = colormap("signed", name).colours
    np.testing.assert_array_equal(colours[0], colours[1])
    assert len(colours[129:]) == len(colours[1:128]) == 127


@pytest.mark.parametrize("mode", ["absolute", "signed"])
def test_the_default_comes_first(mode: Mode) -> None:
    assert colormap_names(mode)[0] == DEFAULT_COLORMAP[mode]
    assert colormap(mode) is colormap(mode, DEFAULT_COLORMAP[mode])


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        colormap("absolute").colours[0] = 0


@pytest.mark.parametrize(("mode", "name"), [("signed", "viridis"), ("absolute", "coolwarm"), ("absolute", "turbo")])
def test_a_map_of_another_kind_is_refused(mode: Mode, name: str) -> None:
    with pytest.raises(SamePixelsError, match=f"no colour map '{name}' for {mode}"):
        colormap(mode, name)
