from itertools import pairwise

import pytest

from core.figures.layout import KEY_PX, LINKED_GAP_PX, margins, panel_spans, short_count
from tests.core.figures.examples import NAMES, examples


@pytest.mark.parametrize("name", NAMES)
def test_panels_stand_side_by_side_and_are_equally_wide(name: str) -> None:
    spans = panel_spans(examples()[name])
    assert spans[0][0] == 0
    assert spans[-1][1] <= 1 + 1e-9
    widths = [stop - start for start, stop in spans]
    assert widths == pytest.approx([widths[0]] * len(widths))
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_a_colour_bar_has_room_of_its_own() -> None:
    plot = examples()["panes"]
    width_px = plot.size_wh_px[0] - margins(plot).left - margins(plot).right
    pane_px = (width_px - KEY_PX - 2 * LINKED_GAP_PX) / 3
    assert panel_spans(plot)[-1][1] * width_px == pytest.approx(3 * pane_px + 2 * LINKED_GAP_PX)


def test_long_names_of_categories_have_room() -> None:
    assert margins(examples()["stages"]).left > margins(examples()["heatmap"]).left


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1"), (100, "100"), (1000, "1k"), (10**5, "100k"), (10**7, "10M"), (10**9, "1G"), (0.5, "")]
)
def test_counts_in_few_characters(count: float, text: str) -> None:
    assert short_count(count) == text
