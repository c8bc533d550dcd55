"""Plots of an audit from records as the queries give them."""

from typing import Any

import numpy as np

from core.figures.corpus import slices_plot, spread_plot
from core.figures.interactive import plotly_figure
from core.figures.plot import Bars, Line, Rows
from core.numeric.static_figures import static_figure

QUANTILES = {"min": 0.0, "p5": 0.1, "median": 0.5, "p95": 1.9, "max": 2.0}
SPREAD = {**QUANTILES, "pictures": 5, "edges": [0.0, 1.0, 2.0], "counts": [3, 2]}


def group(name: str, pictures: int, **figures: Any) -> dict[str, Any]:
    verdicts = {"identical": 0, "rounding": 0, "different": 0, "incomparable": 0}
    nothing = {"mean_abs_levels": None, "max_abs_levels": None, "bias_levels": None, "differing_values_pct": None}
    return {"slice": name, "pictures": pictures, **verdicts, **nothing, **figures}


def test_a_spread_is_a_bar_for_each_bin_with_the_median_marked() -> None:
    plot = spread_plot("mean_abs_levels", SPREAD)
    (panel,) = plot.panels
    (bars,) = panel.layers_of(Bars)
    (median,) = panel.layers_of(Line)
    np.testing.assert_array_equal(bars.heights, [3, 2])
    assert (bars.counted, panel.x.limits, median.start[0]) == ("pictures", (0, 2), 0.5)
    assert (plot.name, plot.subtitle) == (
        "spread-mean-abs-levels",
        "half the pictures up to 0.50, 90 % from 0.10 to 1.90",
    )
    assert "%{customdata:,} pictures" in plotly_figure(plot, "light").data[0].hovertemplate


def test_a_bias_has_the_colour_of_the_side_that_is_brighter() -> None:
    spread = {**SPREAD, "min": -1.0, "edges": [-1.0, 0.0, 1.0]}
    (bars,) = spread_plot("bias_levels", spread).panels[0].layers_of(Bars)
    assert list(bars.colours) == ["a", "b"]


def test_one_value_for_all_pictures_is_one_bar_around_it() -> None:
    spread = {**SPREAD, "min": 7.0, "max": 7.0, "edges": [7.0, 8.0], "counts": [5]}
    (bars,) = spread_plot("max_abs_levels", spread).panels[0].layers_of(Bars)
    np.testing.assert_array_equal(bars.edges, [6.5, 7.5])
    np.testing.assert_array_equal(bars.heights, [5])


def test_slices_are_a_row_for_each_group_in_the_colour_of_its_worst_verdict() -> None:
    figures = {"mean_abs_levels": 1.5, "max_abs_levels": 9.0, "bias_levels": -0.5, "differing_values_pct": 40.0}
    deep = "/".join(["folder"] * 9)
    groups = [group("4:2:0", 1200, different=3, **figures), group(deep, 2, incomparable=2)]
    mean, largest, bias, share = slices_plot("folder", groups).panels
    assert mean.y.categories[0] == "4:2:0 · 1,200"
    assert mean.y.categories[1].startswith("…")
    assert mean.y.categories[1].endswith("folder · 2")
    (rows,) = mean.layers_of(Rows)
    assert (rows.values, rows.texts) == ((1.5, None), ("1.50", "–"))
    assert rows.colours == ("different", "incomparable")
    assert [panel.layers_of(Rows)[0].texts[0] for panel in (largest, bias, share)] == ["9", "−0.50", "40.0 %"]


def test_both_are_drawn_as_files() -> None:
    for plot in (spread_plot("ssim", SPREAD), slices_plot("format", [group("JPEG", 2, incomparable=2)])):
        assert static_figure(plot, "dark", "svg").startswith(b"<?xml")
