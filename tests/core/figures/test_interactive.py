import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage

from core.figures.interactive import html_page, plotly_figure
from core.figures.plot import Axis, Panel, Picture, Plot
from core.palette import PALETTES, Theme
from tests.core.figures.examples import NAMES, examples
from tests.core.figures.pairs import RED_A, RED_B

every_theme = pytest.mark.parametrize("theme", ["light", "dark"])


def traces(name: str, theme: Theme = "light") -> list[Any]:
    return list(plotly_figure(examples()[name], theme).data)


@every_theme
@pytest.mark.parametrize("name", NAMES)
def test_every_plot_can_be_drawn(name: str, theme: Theme) -> None:
    """Plotly checks every property and value."""
    figure = plotly_figure(examples()[name], theme)
    assert figure.layout.title.text == examples()[name].title
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.font.color == PALETTES[theme]["text"]


@every_theme
def test_bars_have_the_palettes_colours(theme: Theme) -> None:
    (bars, _) = traces("difference-histogram", theme)
    palette = PALETTES[theme]
    assert list(bars.marker.color) == [palette["a"]] * 4 + [palette["neutral"]] + [palette["b"]] * 4


@every_theme
def test_a_is_blue_and_b_is_orange(theme: Theme) -> None:
    steps = traces("image-histograms", theme)
    assert [(step.name, step.line.color) for step in steps] == [
        ("A", PALETTES[theme]["a"]),
        ("B", PALETTES[theme]["b"]),
    ]


def test_an_empty_bar_lies_on_a_logarithmic_axis_and_says_zero() -> None:
    bars = traces("difference-histogram")[0]
    np.testing.assert_array_equal(bars.y, [0.5, 0.5, 1, 0.5, 10, 1, 0.5, 0.5, 0.5])
    np.testing.assert_array_equal(bars.customdata, [0, 0, 1, 0, 10, 1, 0, 0, 0])
    axis = plotly_figure(examples()["difference-histogram"], "light").layout.yaxis
    assert axis.type == "log"
    assert axis.range == pytest.approx((np.log10(0.5), np.log10(20)))


def test_empty_cells_are_not_drawn() -> None:
    cells = traces("joint-levels")[0]
    assert np.isfinite(cells.z).sum() == len({(10, 8), (20, 20), (30, 31), (10, 10), (30, 30)})
    assert cells.z[8, 10] == 0  # one value: log10(1)


def test_pictures_are_sent_losslessly() -> None:
    panes = traces("panes")
    for pane, expected in zip(panes[:2], (RED_A, RED_B), strict=True):
        data = base64.b64decode(pane.source.removeprefix("data:image/png;base64,"))
        with PillowImage.open(io.BytesIO(data)) as opened:
            np.testing.assert_array_equal(np.asarray(opened), expected)
        assert pane.zsmooth is False


def test_a_views_pixels_lie_where_the_pictures_are() -> None:
    """Two pixels for eight columns: each is four wide, and the first one's middle is at 1.5."""
    panel = Panel(Axis("x", (-0.5, 7.5)), Axis("y", (3.5, -0.5)), (Picture(np.zeros((1, 2, 3), np.uint8), (8, 4)),))
    (image,) = plotly_figure(Plot("p", "", "", (panel,)), "light").data
    assert (image.x0, image.dx, image.y0, image.dy) == (1.5, 4, 1.5, 4)


def test_linked_panes_share_their_axes() -> None:
    layout = plotly_figure(examples()["panes"], "light").layout
    assert [layout.xaxis2.matches, layout.xaxis3.matches] == ["x", "x"]
    assert [layout.yaxis2.matches, layout.yaxis3.matches] == ["y", "y"]
    assert layout.yaxis.scaleanchor == "x"


def test_names_are_not_taken_for_markup() -> None:
    plot = replace(examples()["heatmap"], title="<b>A & B</b>")
    assert plotly_figure(plot, "light").layout.title.text == "&lt;b&gt;A &amp; B&lt;/b&gt;"


class _Addresses(HTMLParser):
    """Whatever a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href", "data", "action")]


@every_theme
def test_a_page_fetches_nothing(theme: Theme) -> None:
    page = html_page([examples()["difference-histogram"], examples()["panes"]], theme)
    parser = _Addresses()
    parser.feed(page)
    assert parser.found == []
    assert not re.search(r"@import|url\(\s*['\"]?https?:", page[: page.index("<script")])
    assert "plotly.js v" in page
    assert f"background: {PALETTES[theme]['background']}" in page
