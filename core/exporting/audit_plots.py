"""The plots of an audit that are shown and exported."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..auditing.audit_folder import AuditFolder
from ..auditing.picture import FINAL
from ..auditing.totals import Totals
from ..figures.corpus import slices_plot, spread_plot
from ..figures.histograms import difference_histogram
from ..figures.plot import Plot
from .naming import slug

WHERE_OF_THE_END = "at the end"


def audit_plots(folder: AuditFolder, pair: dict[str, Any], recipe_b: int) -> Iterator[Plot]:
    """Every plot of A against one B; `pair` is that one's part of the summary."""
    yield from value_plots(folder, recipe_b)
    yield from (spread_plot(figure, spread) for figure, spread in pair["distributions"].items())
    yield from (slices_plot(by, groups) for by, groups in pair["slices"].items())


def value_plots(folder: AuditFolder, recipe_b: int, *, final_only: bool = False) -> Iterator[Plot]:
    """How often each difference occurs among the values of all pictures: after each stage, and at the end."""
    for key, pictures, difference in Totals.from_bytes(folder.totals_file.read_bytes()):
        if key.recipe_b != recipe_b or (final_only and key.stage != FINAL):
            continue
        where = WHERE_OF_THE_END if key.stage == FINAL else key.stage
        plot = difference_histogram(difference, f"{where}, {pictures:,} pictures", level=key.level)
        name = slug(f"values {where} {key.channels} channels {key.dtype} {key.level:.4g}")
        yield replace(plot, name=name)
