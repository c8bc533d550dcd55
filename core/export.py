"""Everything about a comparison as files, and all of them in one ZIP.

What does not exist is left out: no array of a side that failed, no difference of shapes that differ. Then difference,
heatmap and plots are those of the last stages that can be compared, and the files' names and titles say so.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Literal, NamedTuple

import numpy as np

from .codegen import generate
from .compare import Comparison
from .document import Json, document
from .environment import environment
from .exporting.arrays import difference_array, difference_png, npy_bytes
from .exporting.naming import export_name, slug
from .exporting.plots import AT_THE_END, FOR_A_BROWSER, FOR_PAPER, ComparedPair, NamedPlot, last_compared, named_plots
from .exporting.readme import readme
from .exporting.statistics_table import statistics_csv
from .figures.interactive import html_page
from .image import Image
from .numeric.static_figures import static_figure
from .palette import Theme
from .pipeline import Step
from .png import png_bytes
from .preview import preview, shown_range
from .recipe import Recipe
from .render import HeatmapSettings, automatic_gain, heatmap
from .ssim import ssim
from .statistics import PEAK

README = "README.txt"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the ZIP, so that equal files make equal ZIPs."""


@dataclass(frozen=True)
class ExportSettings:
    """How the heatmap and the plots look; `channel` None stands for all channels."""

    heatmap: HeatmapSettings = field(default_factory=HeatmapSettings)
    theme: Theme = "light"
    channel: int | None = None
    logarithmic: bool = True


class ExportFile(NamedTuple):
    """A file: its name (with slashes where it is in a folder), how to make it, and one line on what it is."""

    name: str
    make: Callable[[], bytes]
    about: str


def export_zip(
    comparison: Comparison,
    settings: ExportSettings | None = None,
    on_file: Callable[[str, float], None] | None = None,
) -> bytes:
    """All files in a folder of a ZIP file. Before each one `on_file` is told its name and the share that is done."""
    files = list(export_files(comparison, settings))
    folder = export_name(comparison)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for index, file in enumerate(files):
            if on_file:
                on_file(file.name, index / len(files))
            entry = zipfile.ZipInfo(f"{folder}/{file.name}", EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if file.name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # The fastest level: a photograph's array hardly becomes smaller at any other.
            opened.writestr(entry, file.make(), compresslevel=1)
    return archive.getvalue()


def export_files(comparison: Comparison, settings: ExportSettings | None = None) -> Iterator[ExportFile]:
    """All files of `comparison`, README.txt first; each is made only when its `make` is called."""
    pair = last_compared(comparison)
    settings = _fitting(settings or ExportSettings(), pair)
    files = (
        *_image_files(comparison),
        *(_difference_files(pair, settings.heatmap) if pair else ()),
        *_text_files(comparison),
        *_plot_files(comparison, settings),
    )
    listed = [(README, "this text"), *((file.name, file.about) for file in files)]
    yield ExportFile(README, lambda: readme(comparison, environment(probe=True), listed).encode(), "this text")
    yield from files


def _fitting(settings: ExportSettings, pair: ComparedPair | None) -> ExportSettings:
    """Without a channel that the exported images lack: a grey one may follow after three."""
    count = pair.a.shape[2] if pair else 0
    if settings.heatmap.channel != "max" and settings.heatmap.channel >= count:
        settings = replace(settings, heatmap=replace(settings.heatmap, channel="max"))
    return replace(settings, channel=None) if (settings.channel or 0) >= count else settings


def _image_files(comparison: Comparison) -> Iterator[ExportFile]:
    steps = [trace.steps[-1] for trace in (comparison.a, comparison.b) if trace.image is not None]
    for name, trace in (("a", comparison.a), ("b", comparison.b)):
        image = trace.image
        if image is None:
            continue
        yield ExportFile(f"{name}.npy", partial(npy_bytes, image), f"{name.upper()}, exactly")
        if image.dtype == np.uint8:
            yield ExportFile(f"{name}.png", partial(_preview_png, image, steps), f"{name.upper()}, losslessly")
        else:
            yield ExportFile(f"{name}-preview.png", partial(_preview_png, image, steps), f"{name.upper()}, to look at")


def _preview_png(image: Image, steps: list[Step]) -> bytes:
    """Both sides are shown over one range, so that they can be compared by eye."""
    level = min(step.level for step in steps)
    return png_bytes(preview(image, shown_range(steps[0].image, steps[-1].image, level)))


def _difference_files(pair: ComparedPair, settings: HeatmapSettings) -> Iterator[ExportFile]:
    a, b, level, difference = pair.a, pair.b, pair.outcome.level, pair.outcome.difference
    gain = settings.gain or automatic_gain(difference, level, settings.channel)
    colours = f"{settings.mode}, gain {gain:.4g}: the last colours are for {255 / gain:.4g} levels and more"
    suffix = "" if pair.where == AT_THE_END else f"-{slug(pair.where)}"

    def heatmap_png() -> bytes:
        return heatmap(a, b, replace(settings, gain=gain), level=level).png()

    yield ExportFile(
        f"difference{suffix}.npy", lambda: npy_bytes(difference_array(a, b)), f"B - A {pair.where}, exactly"
    )
    yield ExportFile(
        f"difference{suffix}.png", lambda: difference_png(a, b, level), f"B - A {pair.where}, in 16 bits (see below)"
    )
    yield ExportFile(f"heatmap{suffix}.png", heatmap_png, f"B - A {pair.where} as colours, {colours}")


def _text_files(comparison: Comparison) -> Iterator[ExportFile]:
    @cache
    def figures() -> Json:
        return _document(comparison)

    yield ExportFile("statistics.json", lambda: _json(figures()), "all figures, as compare --json gives them")
    about_table = "the same figures as a table: of all channels and each, after each stage and at the end"
    yield ExportFile("statistics.csv", lambda: statistics_csv(figures()).encode(), about_table)
    for name, trace in (("a", comparison.a), ("b", comparison.b)):
        about = f"{name.upper()}'s recipe as a script that needs its libraries and numpy alone"
        yield ExportFile(f"pipeline_{name}.py", partial(_code, trace.recipe), about)


def _document(comparison: Comparison) -> Json:
    pair = last_compared(comparison)
    final_ssim = None
    if pair and pair.where == AT_THE_END:
        final_ssim = ssim(pair.a, pair.b, data_range=PEAK * pair.outcome.level)
    return document(comparison.a.source.name, comparison, ssim=final_ssim, environment=environment(probe=True))


def _json(value: Json) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False).encode()


def _code(recipe: Recipe) -> bytes:
    return generate(recipe).encode()


def _plot_files(comparison: Comparison, settings: ExportSettings) -> Iterator[ExportFile]:
    """Every plot three times. Each page has its own plotly.js, 2 MB in the ZIP: it can be sent on by itself."""
    theme = settings.theme
    for plot in named_plots(comparison, settings.heatmap, channel=settings.channel, logarithmic=settings.logarithmic):
        yield ExportFile(f"plots/{plot.name}.png", partial(_static, plot, theme, "png"), plot.about)
        yield ExportFile(f"plots/{plot.name}.svg", partial(_static, plot, theme, "svg"), "the same in vectors")
        yield ExportFile(f"plots/{plot.name}.html", partial(_page, plot, theme), "the same to zoom into, in a browser")


def _static(plot: NamedPlot, theme: Theme, kind: Literal["png", "svg"]) -> bytes:
    return static_figure(plot.make(FOR_PAPER), theme, kind)


def _page(plot: NamedPlot, theme: Theme) -> bytes:
    return html_page([plot.make(FOR_A_BROWSER)], theme).encode()
