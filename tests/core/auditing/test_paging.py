"""Pages of an audit's rows, of which every value is known."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.auditing.chunk import rows_file
from core.auditing.paging import Chosen, broken, matching, page
from core.auditing.queries import Rows


def row(index: int, **values: Any) -> dict[str, Any]:
    return {"index": index, "recipe_b": 0, "picture": f"p{index}.jpg", "folder": "", "verdict": "different", **values}


ROWS = [
    row(0, mean_abs_levels=1.0, bias_levels=-3.0, psnr_db=40.0, subsampling="4:2:0"),
    row(1, mean_abs_levels=2.0, bias_levels=1.0, psnr_db=30.0, subsampling="4:4:4"),
    row(2, mean_abs_levels=0.0, bias_levels=0.0, verdict="identical", picture="100%_Röte.jpg"),
    row(3, verdict="incomparable", error_kind="unreadable", error="Not a picture.", remedy="Remove it."),
    row(4, verdict=None, error_kind="duplicate", error="Listed before."),
    row(5, mean_abs_levels=9.0, recipe_b=1),
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rows]:
    parts = tmp_path_factory.mktemp("audit [1]")
    for number, half in enumerate((ROWS[:3], ROWS[3:])):
        (parts / f"{number}.parquet").write_bytes(rows_file(half))
    with Rows(parts) as opened:
        yield opened


def indices(rows: Rows, chosen: Chosen, order: str = "list", *, ascending: bool = True, start: int = 0) -> list[int]:
    found = page(rows, chosen, order, ascending=ascending, start=start, count=3)
    assert matching(rows, chosen) == found.matching == len(found.records) + found.start
    return [each["index"] for each in found.records]


@pytest.mark.parametrize(
    ("order", "ascending", "found"),
    [
        ("mean", False, [1, 0, 2]),
        ("mean", True, [2, 0, 1]),
        ("bias", False, [0, 1, 2]),
        ("psnr", False, [2, 0, 1]),
        ("name", True, [2, 0, 1]),
    ],
)
def test_pages_are_in_order_and_what_is_unknown_comes_last(
    rows: Rows, order: str, *, ascending: bool, found: list[int]
) -> None:
    first = page(rows, Chosen(), order, ascending=ascending, start=0, count=3)
    assert ([each["index"] for each in first.records], first.matching) == (found, 4)
    assert indices(rows, Chosen(), order, ascending=ascending, start=3) == [3]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Chosen(text="P1"), [1]),
        (Chosen(text="%_r"), [2]),
        (Chosen(text="not a"), [3]),
        (Chosen(text="'; DROP VIEW rows; --"), []),
        (Chosen(verdict="identical"), [2]),
        (Chosen(by="subsampling", group="4:2:0"), [0]),
        (Chosen(by="subsampling", group="none"), [2, 3]),
        (Chosen(recipe_b=1), [5]),
    ],
)
def test_pictures_are_chosen_by_name_verdict_and_slice(rows: Rows, chosen: Chosen, found: list[int]) -> None:
    assert indices(rows, chosen) == found


def test_a_page_beyond_the_last_is_the_last(rows: Rows) -> None:
    found = page(rows, Chosen(), "list", ascending=True, start=300, count=3)
    assert (found.start, [each["index"] for each in found.records]) == (3, [3])
    nothing = page(rows, Chosen(text="nowhere"), "list", ascending=True, start=300, count=3)
    assert nothing == ([], 0, 0)


def test_errors_are_listed_by_their_kinds(rows: Rows) -> None:
    found = broken(rows, 0, ["unreadable", "duplicate"], start=0, count=5)
    assert [(each["index"], each["error_kind"]) for each in found] == [(3, "unreadable"), (4, "duplicate")]
    assert broken(rows, 0, ["duplicate"], start=1, count=5) == []
