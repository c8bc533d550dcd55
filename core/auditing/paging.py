"""The rows of an audit a page at a time: chosen, in an order, from as many as there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .queries import SLICES, Record, Rows

ORDERS = {
    "mean": "mean_abs_levels",
    "max": "max_abs_levels",
    "bias": "abs(bias_levels)",
    "differing": "differing_values_pct",
    "psnr": "psnr_db",
    "ssim": "ssim",
    "quality": "quality_estimate",
    "pixels": "width * height",
    "seconds": "seconds",
    "name": "picture",
    "list": "index",
}
"""What the pictures can be ordered by, as SQL: figures, facts of the file, its name, its place in the list."""

_COLUMNS = """index, recipe_b, picture, sha256, verdict, format, width, height, subsampling, quality_estimate,
    orientation, mean_abs_levels, max_abs_levels, bias_levels, differing_values_pct, psnr_db, ssim, seconds, error"""


@dataclass(frozen=True)
class Chosen:
    """Which pictures: those against one B, with `text` in their name or error, with a verdict, in a slice.

    An empty `text` and `verdict` stand for all. `group` belongs to the slices `by`, as `Rows.slices` names it.
    """

    recipe_b: int = 0
    text: str = ""
    verdict: str = ""
    by: str = ""
    group: str = ""

    @property
    def where(self) -> tuple[str, list[object]]:
        """The condition in SQL, and its values. Duplicates are in no page."""
        conditions, values = ["recipe_b = ?"], [self.recipe_b]
        found: list[object] = list(values)
        if self.text:
            conditions.append("(contains(lower(picture), lower(?)) OR contains(lower(coalesce(error, '')), lower(?)))")
            found += [self.text, self.text]
        if self.verdict:
            conditions.append("verdict = ?")
            found.append(self.verdict)
        if self.by:
            conditions.append(f"{SLICES[self.by]} = ?")
            found.append(self.group)
        return " AND ".join(conditions), found


def matching(rows: Rows, chosen: Chosen) -> int:
    """How many pictures are chosen."""
    where, values = chosen.where
    return int(rows.ask(f"SELECT count(*) AS n FROM rows WHERE {where}", values)[0]["n"])


class Page(NamedTuple):
    """Some of the chosen pictures in their order, from `start` on, and how many are chosen in all."""

    records: list[Record]
    start: int
    matching: int


def page(rows: Rows, chosen: Chosen, order: str, *, ascending: bool, start: int, count: int) -> Page:
    """`count` of the chosen pictures from `start` on, by one of `ORDERS`; those without the figure come last.

    A page beyond the last is the last. A PSNR is infinite, and not unknown, where nothing differs.
    """
    found = _records(rows, chosen, order, ascending=ascending, start=start, count=count)
    if not found and start:
        start = max(0, matching(rows, chosen) - 1) // count * count
        found = _records(rows, chosen, order, ascending=ascending, start=start, count=count)
    return Page(found, start, found[0]["matching"] if found else 0)


def _records(rows: Rows, chosen: Chosen, order: str, *, ascending: bool, start: int, count: int) -> list[Record]:
    """The page's rows, each with how many are chosen: to count them in a query of their own takes as long again."""
    where, values = chosen.where
    key = ORDERS[order]
    if order == "psnr":
        key = "CASE WHEN verdict = 'identical' THEN 'Infinity'::DOUBLE ELSE psnr_db END"
    direction = "ASC" if ascending else "DESC"
    return rows.ask(
        f"""SELECT {_COLUMNS}, count(*) OVER () AS matching FROM rows WHERE {where}
            ORDER BY {key} {direction} NULLS LAST, index LIMIT ? OFFSET ?""",
        [*values, count, start],
    )


def broken(rows: Rows, recipe_b: int, kinds: Sequence[str], *, start: int, count: int) -> list[Record]:
    """Pictures with an error of one of `kinds`, in their order; those that were listed twice can be among them."""
    return rows.ask(
        """SELECT index, picture, error_kind, error, remedy FROM all_rows
           WHERE recipe_b = ? AND list_contains(?, error_kind) ORDER BY index LIMIT ? OFFSET ?""",
        [recipe_b, list(kinds), count, start],
    )
