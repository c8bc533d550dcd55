import re

from core.reporting.bars import MOST_BARS, histogram_svg


def bars(svg: str) -> list[str]:
    return re.findall(r"<title>([^<]+)</title>", svg)


def test_a_bar_for_each_bin_that_is_not_empty_between_the_first_and_the_last() -> None:
    svg = histogram_svg([0, 1, 2, 3, 4, 5], [0, 7, 0, 1200, 0], "levels")
    assert bars(svg) == ["1 to 2: 7", "3 to 4: 1,200"]
    assert 'aria-label="levels"' in svg


def test_many_bins_are_put_together() -> None:
    svg = histogram_svg(list(range(512)), [1] * 511, "levels", logarithmic=True)
    counts = [int(text.rpartition(" ")[2]) for text in bars(svg)]
    assert len(counts) <= MOST_BARS
    assert sum(counts) == 511


def test_names_are_text_and_nothing_may_be_counted() -> None:
    assert "<b>" not in histogram_svg([0.0, 1.0], [0], "<b>")
