"""Questions to the rows of an audit, answered by DuckDB: the Parquet parts need not fit in memory."""

import glob
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from ..errors import CorpusError
from ..tolerance import Condition

Record = dict[str, Any]

DISTRIBUTED = (
    *("mean_abs_levels", "max_abs_levels", "bias_levels", "differing_values_pct"),
    *("differing_pixels_pct", "p99", "psnr_db", "ssim"),
)
"""The figures whose distribution over the pictures is shown."""

SLICES = {
    "format": "coalesce(format, 'unknown')",
    "subsampling": "coalesce(subsampling, 'none')",
    "quality": """CASE
        WHEN quality_estimate IS NULL THEN 'not stated'
        WHEN quality_estimate < 50 THEN 'under 50' WHEN quality_estimate < 70 THEN '50 to 69'
        WHEN quality_estimate < 80 THEN '70 to 79' WHEN quality_estimate < 90 THEN '80 to 89'
        WHEN quality_estimate < 95 THEN '90 to 94' ELSE '95 to 100' END""",
    "orientation": "coalesce(cast(orientation AS VARCHAR), 'unknown')",
    "size": """CASE
        WHEN width IS NULL THEN 'unknown'
        WHEN width * height < 100000 THEN 'under 0.1 megapixels'
        WHEN width * height < 500000 THEN '0.1 to 0.5 megapixels'
        WHEN width * height < 2000000 THEN '0.5 to 2 megapixels'
        WHEN width * height < 8000000 THEN '2 to 8 megapixels'
        WHEN width * height < 24000000 THEN '8 to 24 megapixels' ELSE '24 megapixels and more' END""",
    "folder": "folder",
}
"""What the pictures are grouped by, and the group of a row in SQL."""

SLICE_LIMIT = 50
BIN_COUNT = 40

_POOLED = """
    count(*) AS pictures,
    count(*) FILTER (verdict = 'identical') AS identical,
    count(*) FILTER (verdict = 'rounding') AS rounding,
    count(*) FILTER (verdict = 'different') AS different,
    count(*) FILTER (verdict = 'incomparable') AS incomparable,
    max(max_abs_levels) AS max_abs_levels,
    sum(mean_abs_levels * values) / sum(values) FILTER (mean_abs_levels IS NOT NULL) AS mean_abs_levels,
    sum(bias_levels * values) / sum(values) FILTER (bias_levels IS NOT NULL) AS bias_levels,
    sqrt(sum((rmse / level) ^ 2 * values) / sum(values) FILTER (rmse IS NOT NULL)) AS rmse_levels,
    100 * sum(differing_values) / sum(values) AS differing_values_pct,
    median(mean_abs_levels) AS median_mean_abs_levels
"""
"""The figures of a slice: those of all its values together, weighted by how many each picture has."""


class Rows:
    """The rows in a folder of Parquet parts. Duplicates are left out of all that counts or measures."""

    def __init__(self, parts: Path) -> None:
        self._connection = duckdb.connect()
        # DuckDB looks for patterns in the folder's own name, too.
        pattern = f"{glob.escape(str(parts))}/*.parquet".replace("'", "''")
        try:
            self._connection.execute(f"CREATE VIEW all_rows AS SELECT * FROM read_parquet('{pattern}')")
        except duckdb.Error as error:
            raise CorpusError(f"{parts} holds no rows that can be read: {error}", "Run the audit again.") from error
        self._connection.execute("CREATE VIEW rows AS SELECT * FROM all_rows WHERE verdict IS NOT NULL")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connection.close()

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Record]:
        """The answer to a query, a record for each row."""
        answer = self._connection.execute(query, list(values))
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def verdicts(self, recipe_b: int) -> dict[str, int]:
        """How many pictures got which verdict."""
        query = "SELECT verdict, count(*) AS n FROM rows WHERE recipe_b = ? GROUP BY ALL ORDER BY ALL"
        return {row["verdict"]: row["n"] for row in self.ask(query, [recipe_b])}

    def errors(self, recipe_b: int) -> dict[str, int]:
        """How many pictures have an error of which kind, duplicates among them."""
        query = """SELECT error_kind, count(*) AS n FROM all_rows WHERE recipe_b = ? AND error_kind IS NOT NULL
                   GROUP BY ALL ORDER BY ALL"""
        return {row["error_kind"]: row["n"] for row in self.ask(query, [recipe_b])}

    def same_bytes(self) -> int:
        """How many pictures have the bytes of another one before them."""
        (answer,) = self.ask("SELECT count(sha256) - count(DISTINCT sha256) AS n FROM rows WHERE recipe_b = 0")
        return int(answer["n"])

    def slices(self, recipe_b: int, by: str) -> list[Record]:
        """The figures of each group, the largest first; what follows after fifty is put together."""
        grouped = f"SELECT *, {SLICES[by]} AS slice FROM rows WHERE recipe_b = ?"
        return self.ask(
            f"""WITH grouped AS ({grouped}),
                largest AS (SELECT slice FROM grouped GROUP BY slice ORDER BY count(*) DESC, slice LIMIT {SLICE_LIMIT})
                SELECT CASE WHEN slice IN (SELECT slice FROM largest) THEN slice ELSE 'all others' END AS slice,
                {_POOLED} FROM grouped GROUP BY 1 ORDER BY pictures DESC, 1""",
            [recipe_b],
        )

    def distribution(self, recipe_b: int, figure: str) -> Record | None:
        """How a figure is spread over the pictures: its quantiles and a histogram; None where no picture has it."""
        (facts,) = self.ask(
            f"""SELECT count({figure}) AS pictures, min({figure}) AS min, quantile_cont({figure}, 0.05) AS p5,
                median({figure}) AS median, quantile_cont({figure}, 0.95) AS p95, max({figure}) AS max
                FROM rows WHERE recipe_b = ?""",
            [recipe_b],
        )
        if not facts["pictures"]:
            return None
        low, high = facts["min"], facts["max"]
        width = (high - low) / BIN_COUNT or 1.0
        found = self.ask(
            f"""SELECT least({BIN_COUNT - 1}, cast(floor(({figure} - ?) / ?) AS INTEGER)) AS bin, count(*) AS n
                FROM rows WHERE recipe_b = ? AND {figure} IS NOT NULL GROUP BY 1""",
            [low, width, recipe_b],
        )
        counts = {row["bin"]: row["n"] for row in found}
        edges = [low + width * i for i in range(BIN_COUNT + 1)]
        return {**facts, "edges": edges, "counts": [counts.get(i, 0) for i in range(BIN_COUNT)]}

    def worst(self, recipe_b: int, count: int) -> list[Record]:
        """The pictures that differ most on average, the worst first."""
        return self.ask(
            """SELECT index, picture, verdict, format, width, height, subsampling, quality_estimate, orientation,
               mean_abs_levels, max_abs_levels, bias_levels, rmse, psnr_db, ssim, differing_values_pct, max_at
               FROM rows WHERE recipe_b = ? AND mean_abs_levels > 0
               ORDER BY mean_abs_levels DESC, max_abs_levels DESC, index LIMIT ?""",
            [recipe_b, count],
        )

    def worst_indices(self, count: int) -> list[int]:
        """The pictures that differ most, of each B."""
        recipes = self.ask("SELECT DISTINCT recipe_b FROM rows ORDER BY 1")
        return [row["index"] for each in recipes for row in self.worst(each["recipe_b"], count)]

    def broken(self, recipe_b: int, count: int) -> list[Record]:
        """Pictures with an error, in their order."""
        return self.ask(
            """SELECT index, picture, error_kind, error, remedy FROM all_rows
               WHERE recipe_b = ? AND error_kind IS NOT NULL ORDER BY index LIMIT ?""",
            [recipe_b, count],
        )

    def judged(self, conditions: Sequence[Condition]) -> dict[str, int]:
        """How many rows are `within`, `beyond` and `unknown`; see `core.tolerance.judge`."""
        found = self.ask(f"SELECT {_judgement(conditions)} AS judgement, count(*) AS n FROM rows GROUP BY 1")
        return {"within": 0, "beyond": 0, "unknown": 0, **{row["judgement"]: row["n"] for row in found}}

    def judgements(self, conditions: Sequence[Condition], *, failed_only: bool, limit: int) -> list[Record]:
        """Each row's judgement with its main figures, in the order of the pictures."""
        kept = "WHERE judgement <> 'within'" if failed_only else ""
        return self.ask(
            f"""WITH judged AS (SELECT *, {_judgement(conditions)} AS judgement FROM rows)
                SELECT index, recipe_b, picture, verdict, judgement, error, max_abs, mean_abs, bias, ssim,
                differing_values_pct, seconds FROM judged {kept} ORDER BY recipe_b, index LIMIT ?""",
            [limit],
        )

    def table(self, columns: Sequence[str], limit: int) -> dict[str, list[Any]]:
        """Columns of all rows: those with an error first, then the worst, and no more than `limit`."""
        names = ", ".join(columns)
        answer = self._connection.execute(
            f"""SELECT {names} FROM all_rows
                ORDER BY error_kind IS NULL, mean_abs_levels DESC NULLS LAST, index, recipe_b LIMIT ?""",
            [limit],
        )
        return dict(zip(columns, map(list, zip(*answer.fetchall(), strict=True)), strict=False))

    def count(self) -> int:
        """How many rows there are, duplicates among them."""
        return int(self.ask("SELECT count(*) AS n FROM all_rows")[0]["n"])


def _judgement(conditions: Sequence[Condition]) -> str:
    """What `core.tolerance.judge` says of a row, in SQL; what could not be compared is not known."""
    tests = [_test(condition) for condition in conditions]
    beyond = " OR ".join(f"coalesce({test}, false)" for test in tests)
    unknown = " OR ".join(f"({test}) IS NULL" for test in tests)
    return f"""CASE WHEN verdict = 'incomparable' THEN 'unknown'
        WHEN {beyond} THEN 'beyond' WHEN {unknown} THEN 'unknown' ELSE 'within' END"""


def _test(condition: Condition) -> str:
    """A condition as SQL. Names and operators were checked when it was parsed; a verdict has no quotes."""
    operator = {"==": "=", "!=": "<>"}.get(condition.comparison, condition.comparison)
    if condition.figure == "verdict":
        return f"verdict {operator} '{condition.limit}'"
    figure = condition.figure
    if figure == "psnr_db":
        figure = "CASE WHEN verdict = 'identical' THEN 'Infinity'::DOUBLE ELSE psnr_db END"
    return f"({figure}) {operator} {float(condition.limit)!r}"
