"""Every concept has a page, a figure in both themes, and a place in the index."""

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageColor

from core.figures.plot import Axis, Line, Panel, Plot
from core.numeric.static_figures import static_figure
from core.palette import PALETTES, Theme
from tools.draw_concepts import FIGURES, IMAGES, reduced

PAGES = IMAGES.parent
LARGEST_BYTES = 200_000
HEADINGS = ("How large it is", "Who does what", "Make them agree", "See it")


def test_every_page_has_its_figures_and_no_other_lies_there() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == FIGURES.keys()
    expected = {f"{name}-{theme}.png" for name in FIGURES for theme in PALETTES}
    assert {image.name for image in IMAGES.iterdir()} == expected


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_has_its_parts(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text("utf-8")
    assert re.findall(r'(?:src|srcset)="images/([^"]+)"', text) == [f"{name}-dark.png", f"{name}-light.png"]
    assert [heading for heading in HEADINGS if f"\n## {heading}\n" not in text] == []
    assert "    $ samepixels " in text
    assert f"({name}.md)" in (PAGES / "README.md").read_text("utf-8")


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_small_and_on_the_ground_of_its_theme(name: str, theme: Theme) -> None:
    path = IMAGES / f"{name}-{theme}.png"
    assert path.stat().st_size <= LARGEST_BYTES
    corner = Image.open(path).convert("RGB").getpixel((0, 0))
    assert corner == ImageColor.getrgb(PALETTES[theme]["background"])


def test_reducing_keeps_the_colours_of_a_plot() -> None:
    line = Line((0, 0), (1, 1), "accent", "a line")
    plot = Plot("one", "One line", "", (Panel(Axis("x", (0, 1)), Axis("y", (0, 1)), (line,)),), (300, 240))
    png = static_figure(plot, "light", "png")
    small = reduced(png, "light")
    before, after = (np.asarray(Image.open(BytesIO(each)).convert("RGB"), np.int16) for each in (png, small))
    assert np.abs(after - before).max() <= 12
    assert len(small) < len(png)
