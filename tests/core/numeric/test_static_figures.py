import io
import subprocess
import sys
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PillowImage

from core.figures.plot import Axis, Panel, Picture, Plot
from core.numeric.static_figures import PNG_SCALE, static_figure
from core.palette import PALETTES, Role, Theme
from tests.core.figures.examples import NAMES, examples

SVG = "{http://www.w3.org/2000/svg}"

every_theme = pytest.mark.parametrize("theme", ["light", "dark"])


def drawn(plot: Plot, theme: Theme = "light") -> npt.NDArray[np.uint8]:
    with PillowImage.open(io.BytesIO(static_figure(plot, theme, "png"))) as opened:
        return np.asarray(opened.convert("RGB"))


def share_of(pixels: npt.NDArray[np.uint8], theme: Theme, role: Role) -> float:
    return float((pixels == np.frombuffer(bytes.fromhex(PALETTES[theme][role][1:]), np.uint8)).all(axis=2).mean())


@every_theme
@pytest.mark.parametrize("name", NAMES)
def test_a_png_has_twice_the_plots_size_and_the_themes_ground(name: str, theme: Theme) -> None:
    plot = examples()[name]
    pixels = drawn(plot, theme)
    assert pixels.shape == (PNG_SCALE * plot.size_wh_px[1], PNG_SCALE * plot.size_wh_px[0], 3)
    assert share_of(pixels[:8], theme, "background") == 1


@every_theme
@pytest.mark.parametrize("name", NAMES)
def test_an_svg_is_one(name: str, theme: Theme) -> None:
    root = ET.fromstring(static_figure(examples()[name], theme, "svg"))  # noqa: S314 - our own file
    assert root.tag == f"{SVG}svg"
    links = {value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")}
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)


@every_theme
def test_bars_have_the_palettes_colours(theme: Theme) -> None:
    pixels = drawn(examples()["difference-histogram"], theme)
    assert all(share_of(pixels, theme, role) > 0.005 for role in ("a", "b", "neutral"))


def test_every_pixel_of_a_picture_is_drawn() -> None:
    """A chessboard of 40 x 40: a smoothed one would have greys."""
    board = np.indices((40, 40)).sum(axis=0) % 2 * np.uint8(255)
    picture = Picture(np.repeat(board[:, :, np.newaxis].astype(np.uint8), 3, axis=2), (40, 40))
    panel = Panel(Axis("x", (-0.5, 39.5)), Axis("y", (39.5, -0.5)), (picture,), square=True)
    pixels = drawn(Plot("board", "", "", (panel,), (500, 500)))
    middle = pixels[350:550, 350:550]
    assert set(np.unique(middle)) == {0, 255}
    assert 0.4 < (middle == 0).mean() < 0.6


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_pictures_of_any_channels(channels: int) -> None:
    picture = Picture(np.full((2, 2, channels), 255, np.uint8), (2, 2))
    panel = Panel(Axis("x", (-0.5, 1.5)), Axis("y", (1.5, -0.5)), (picture,), square=True)
    pixels = drawn(Plot("white", "", "", (panel,), (400, 400)), "dark")
    np.testing.assert_array_equal(pixels[400, 400], [255, 255, 255])


def test_names_are_not_taken_for_formulas() -> None:
    """$x$ would be set in italics, and a lone dollar would fail."""
    plot = Plot("p", "price $ of $x^2", "cost_of_$", (Panel(Axis("$", (0, 1)), Axis("_^$", (0, 1)), ()),))
    assert static_figure(plot, "light", "svg")


def test_the_same_plot_is_the_same_picture() -> None:
    plot = examples()["joint-levels"]
    assert static_figure(plot, "light", "png") == static_figure(plot, "light", "png")


def test_threads_may_draw_at_once() -> None:
    expected = [static_figure(examples()[name], "light", "png") for name in NAMES]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: static_figure(examples()[name], "light", "png"), NAMES)) == expected


def test_matplotlibs_shared_state_is_not_used() -> None:
    """In a process of its own, for another test's library may have imported pyplot."""
    script = (
        "import sys; from core.figures.plot import Axis, Panel, Plot; from core.numeric.static_figures import *;"
        "static_figure(Plot('p', '', '', (Panel(Axis('', (0, 1)), Axis('', (0, 1)), ()),)), 'light', 'png');"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
