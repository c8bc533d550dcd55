"""The report of 20,000 rows: how long it takes to draw, to open in headless Chromium, to filter and to sort.

    python -m benchmarks.report

The rows are those of an audit of 100 pictures, repeated under other names with other figures.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import Page, sync_playwright

from benchmarks.timing import print_machine, print_table
from core.auditing.chunk import PARQUET_OPTIONS
from core.corpus import AuditFolder, audit
from core.report import write_report
from tests.browser.conftest import CHROMIUM_FLAGS
from tests.core.auditing.corpora import settings, write_pictures
from tools.find_browser import find_browser

PICTURES, ROWS = 100, 20_000
UNTIL_DRAWN = """change => new Promise(resolve => {
    const start = performance.now();
    change();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
})"""
TYPE = """const box = document.getElementById("filter-text");
    box.value = {text!r};
    box.dispatchEvent(new Event("input"));"""
SORT = """document.querySelectorAll("#rows thead button")[{number}].click();"""


def many_rows(folder: AuditFolder) -> None:
    """Adds a part with the rows that are missing to 20,000."""
    rows = pa.concat_tables([pq.read_table(part) for part in sorted(folder.parts.glob("*.parquet"))])
    generator = np.random.default_rng(1)
    more = pa.concat_tables([rows] * (ROWS // len(rows) - 1)).combine_chunks()
    names = [f"photos/{number % 50:02}/{number:06}.jpg" for number in range(len(more))]
    changed = {
        "index": pa.array(np.arange(len(rows), len(rows) + len(more))),
        "picture": pa.array(names),
        "mean_abs_levels": pa.array(generator.gamma(2, 0.3, len(more))),
        "max_abs_levels": pa.array(generator.integers(1, 40, len(more)).astype(float)),
    }
    for name, values in changed.items():
        more = more.set_column(more.schema.get_field_index(name), more.schema.field(name), values)
    pq.write_table(more, folder.parts / "999999.parquet", **PARQUET_OPTIONS)


def milliseconds_in_browser(page: Page, address: str) -> dict[str, float]:
    start_s = time.perf_counter()
    page.goto(address)
    page.get_by_text(f"{ROWS:,} of {ROWS:,}").wait_for()
    found = {"opened, to the table": 1000 * (time.perf_counter() - start_s)}
    for text in ("0", "01", "no such name", ""):
        found[f"filtered by {text!r}"] = milliseconds_until_drawn(page, TYPE.format(text=text))
    for number, name in enumerate(("picture", "verdict", "mean")):
        found[f"sorted by {name}"] = milliseconds_until_drawn(page, SORT.format(number=number))
    return found


def milliseconds_until_drawn(page: Page, change: str) -> float:
    taken: float = page.evaluate(f"() => ({UNTIL_DRAWN})(() => {{ {change} }})")
    return taken


def main() -> None:
    print_machine("duckdb", "pyarrow")
    with tempfile.TemporaryDirectory(prefix="samepixels-report-") as made:
        pictures = write_pictures(Path(made) / "pictures", PICTURES)
        summary = audit(settings(pictures), Path(made) / "audit")
        folder = AuditFolder(Path(made) / "audit")
        many_rows(folder)
        start_s = time.perf_counter()
        report = write_report(folder, summary)
        taken = {"drawn": 1000 * (time.perf_counter() - start_s)}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(CHROMIUM_FLAGS))
            taken |= milliseconds_in_browser(browser.new_page(), report.as_uri())
            browser.close()
    wanted = {"drawn": "10000", "opened, to the table": "3000"}
    rows = [[name, wanted.get(name, "100"), f"{value:.0f}"] for name, value in taken.items()]
    print_table(f"The report of {ROWS:,} rows in its folder form, ms", ["", "wanted", "taken"], rows)


if __name__ == "__main__":
    main()
