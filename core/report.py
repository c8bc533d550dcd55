"""The report of an audit: one page that needs no network, from the audit's Parquet and JSON alone.

report.html        summary, distributions, slices, worst pictures, the model's answers where the folder has an
                   impact.json, a table of all, and how it was made
report/            its rows and pictures; with `self_contained` they are in the page instead, of the table's
                   thumbnails as many as `THUMBNAIL_CHARACTERS` allow
"""

import base64
import json
import shutil
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .auditing.audit_folder import AuditFolder
from .auditing.files import write_whole
from .auditing.queries import Rows
from .figures.corpus import FIGURE_NAMES
from .palette import PALETTES, VERDICT_MARKS
from .reporting.bars import histogram_svg
from .reporting.junit import junit_xml
from .reporting.markdown import markdown

__all__ = ["junit_xml", "markdown", "write_report"]

TABLE_ROWS = 50_000
"""A browser filters so many without a hitch; above the table stands how to ask for the rest."""

THUMBNAIL_CHARACTERS = 4_000_000
"""What the table's thumbnails may add to the rows: in a self-contained report they stand there as text."""

_THUMBNAILS = ("crop_a", "crop_b", "crop_difference")

MOST_FLIPS = 50
"""All are in impact.json."""

TABLE_COLUMNS = (
    *(
        "index",
        "recipe_b",
        "picture",
        "verdict",
        "mean_abs_levels",
        "max_abs_levels",
        "bias_levels",
        "differing_values_pct",
    ),
    *("psnr_db", "ssim", "format", "width", "height", "subsampling", "quality_estimate", "orientation", "error"),
)

_SIGNIFICANT_DIGITS = 5


def write_report(
    folder: AuditFolder, summary: dict[str, Any], *, self_contained: bool = False, to: Path | None = None
) -> Path:
    """Writes report.html, and the folder `report` beside it unless it is self-contained.

    It goes into the folder `to`, by default the audit's own.
    """
    to = to or folder.path
    beside = to / "report"
    shutil.rmtree(beside, ignore_errors=True)
    place = _inline if self_contained else _beside(beside)
    with Rows(folder.parts) as rows:
        table, count = rows.table(TABLE_COLUMNS, TABLE_ROWS), rows.count()
    crops = _crops(folder, place)
    table["crops"] = _thumbnails(crops, zip(table["recipe_b"], table.pop("index"), strict=True))
    script = f"window.samePixelsRows = {_script_json(_short_numbers(table))};"
    text = _template().render(
        summary=summary,
        crops=crops,
        impact=folder.impact(),
        most_flips=MOST_FLIPS,
        rows_src=None if self_contained else place("rows.js", script.encode(), "text/javascript"),
        rows_script=Markup(script) if self_contained else "",  # noqa: S704 - made by _script_json
        shown=len(table["picture"]),
        thumbnails=sum(each is not None for each in table["crops"]),
        count=count,
    )
    path = to / "report.html"
    write_whole(path, text.encode("utf-8"))
    return path


Place = Callable[[str, bytes, str], str]
"""Puts a file where the page finds it, and gives its address."""


def _inline(_name: str, data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _beside(folder: Path) -> Place:
    folder.mkdir()

    def place(name: str, data: bytes, _media_type: str) -> str:
        (folder / name).write_bytes(data)
        return f"{folder.name}/{name}"

    return place


def _crops(folder: AuditFolder, place: Place) -> dict[tuple[int, int], dict[str, Any]]:
    """The pictures of the worst, by number of B and index."""
    if not folder.crops_file.exists():
        return {}
    crops = {}
    for row in pq.read_table(folder.crops_file).to_pylist():
        name = f"{row['index']}-{row['recipe_b']}"
        drawn = {
            key: place(f"{name}-{key}.png", value, "image/png")
            for key, value in row.items()
            if isinstance(value, bytes)
        }
        crops[row["recipe_b"], row["index"]] = {**row, **drawn}
    return crops


def _thumbnails(
    crops: dict[tuple[int, int], dict[str, Any]], rows: Iterable[tuple[int, int]]
) -> list[list[str] | None]:
    """For each row, by its number of B and index, the addresses of its thumbnails: of A, B and their difference."""
    left = THUMBNAIL_CHARACTERS
    found: list[list[str] | None] = []
    for row in rows:
        addresses = [crops[row][name] for name in _THUMBNAILS] if row in crops else []
        left -= sum(map(len, addresses))
        found.append(addresses if addresses and left >= 0 else None)
    return found


def _template() -> Any:  # noqa: ANN401 - a template, whose variables are any
    environment = Environment(
        loader=PackageLoader(__package__ or "core", "reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = _figure
    texts = files(__package__ or "core") / "reporting"
    environment.globals.update(
        bars=histogram_svg,
        marks={verdict: mark.character for verdict, mark in VERDICT_MARKS.items()},
        figure_names=FIGURE_NAMES,
        style=Markup(_style((texts / "report.css").read_text("utf-8"))),  # noqa: S704 - a file of our own
        script=Markup((texts / "report.js").read_text("utf-8")),  # noqa: S704 - a file of our own
    )
    return environment.get_template("report.html.jinja")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


def _style(sheet: str) -> str:
    light, dark = PALETTES["light"], PALETTES["dark"]
    colours = "".join(f"--{role}: light-dark({light[role]}, {dark[role]});" for role in light)
    return f":root {{ color-scheme: light dark; {colours} }}\n{sheet}"


def _short_numbers(table: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Floats with as many digits as anybody reads: a third of the bytes."""
    return {name: [_short(value) for value in values] for name, values in table.items()}


def _short(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    return float(f"{value:.{_SIGNIFICANT_DIGITS}g}") if isinstance(value, float) else value


def _script_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """JSON that can stand inside a script: a picture's name may hold the end of one."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
