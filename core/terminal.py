"""What the command line shows to people: tables and sentences, all drawn from documents and declarations.

Names and texts from outside are never read as markup, so that a file called `[red].jpg` keeps its name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .environment import NOT_STATED, Environment, LibraryState
from .errors import SamePixelsError
from .image import CHANNEL_NAMES
from .operations.catalogue import operation
from .operations.declaration import Operation, Option
from .pictures import SAMPLE_PREFIX
from .presets import Preset
from .samples import Sample
from .tolerance import Judgement

_STYLE_BY_VERDICT = {"identical": "green", "rounding": "green", "different": "yellow", "incomparable": "red"}
_UNKNOWN = "–"


def show_error(console: Console, error: SamePixelsError) -> None:
    """What is wrong, and what to do about it."""
    console.print(Text.assemble(("Error: ", "bold red"), _shown(error.message)), soft_wrap=True)
    if error.remedy:
        console.print(Text(_shown(error.remedy)), soft_wrap=True)


def show_comparison(console: Console, document: Mapping[str, Any]) -> None:
    """One picture: the verdict first, then the recipes, each stage's figures and the final ones in full."""
    verdict = document["verdict"]
    heading = (f"{_shown(document['image'])}: ", "bold"), (verdict, f"bold {_STYLE_BY_VERDICT[verdict]}")
    console.print(Text.assemble(*heading, *_file_facts(document["source"])), soft_wrap=True)
    console.print(Text(_shown(document["sentence"])), soft_wrap=True)
    if document["remedy"]:
        console.print(Text(_shown(document["remedy"])), soft_wrap=True)
    if document["source"] is not None:
        _show_side(console, "A", document["a"])
        _show_side(console, "B", document["b"])
        console.print(_stage_table(document))
        for stage in document["stages"]:
            if stage["reason"]:
                console.print(Text(f"  {stage['name']}: {stage['reason']} {stage['remedy']}"), soft_wrap=True)
    if verdict in {"different", "rounding"}:
        console.print(Text(_further_figures(document["difference"])), soft_wrap=True)
    console.print()


def _shown(text: str) -> str:
    """`text` with bytes of a file's name that are no text written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _file_facts(source: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if source is None:
        return []
    size = "x".join(map(str, source["size_wh"])) if source["size_wh"] else ""
    facts = [f"{source['format']} {size}".strip(), source["subsampling"]]
    if source["quality_estimate"]:
        facts.append(f"quality ≈ {source['quality_estimate']}")
    if source["orientation"] != 1:
        facts.append(f"orientation {source['orientation']}")
    return [(f"   {', '.join(filter(None, facts))}", "dim")]


def _show_side(console: Console, name: str, side: Mapping[str, Any]) -> None:
    console.print(Text.assemble((f"  {name}  ", "bold"), side["recipe"]), soft_wrap=True)
    if side["shape"]:
        height, width, channels = side["shape"]
        facts = f"{width}x{height}x{channels} {side['dtype']} in {side['seconds'] * 1000:.1f} ms"
        console.print(Text(f"     {facts}", "dim"), soft_wrap=True)
    for warning in side["warnings"]:
        console.print(Text(f"     {warning}", "yellow"), soft_wrap=True)


def _stage_table(document: Mapping[str, Any]) -> Table:
    table = Table(
        "",
        "verdict",
        box=SIMPLE_HEAD,
        title="B − A, in levels (1/255 of white)",
        title_justify="left",
        title_style="italic",
    )
    for heading in ("max", "mean", "bias", "RMSE", "differing values"):
        table.add_column(heading, justify="right")
    for stage in document["stages"]:
        table.add_row(stage["name"], *_figure_cells(stage))
    table.add_row("final", *_figure_cells(document))
    return table


def _figure_cells(outcome: Mapping[str, Any]) -> list[Text]:
    difference, verdict = outcome["difference"], outcome["verdict"]
    level = difference["level"] or 1.0
    figures = [_number(difference[name], level) for name in ("max_abs", "mean_abs", "bias", "rmse")]
    share = difference["differing_values_pct"]
    figures.append(_UNKNOWN if share is None else f"{share:.3g} %")
    return [Text(verdict, _STYLE_BY_VERDICT[verdict]), *map(Text, figures)]


def _number(value: float | None, level: float = 1.0) -> str:
    return _UNKNOWN if value is None else f"{value / level:.3g}"


def _further_figures(difference: Mapping[str, Any]) -> str:
    level = difference["level"] or 1.0
    median, p95, p99 = (_number(difference[name], level) for name in ("p50", "p95", "p99"))
    parts = [
        f"PSNR {_number(difference['psnr_db'])} dB",
        f"SSIM {_UNKNOWN if difference['ssim'] is None else format(difference['ssim'], '.5f')}",
        f"differing pixels {_number(difference['differing_pixels_pct'])} %",
        f"|B − A| median {median}, 95th percentile {p95}, 99th {p99} levels",
    ]
    if difference["max_at"]:
        x, y, channel = difference["max_at"]
        channel_name = CHANNEL_NAMES[len(difference["channels"])][channel]
        parts.append(f"largest at x {x}, y {y}, {channel_name}")
    return "  " + "; ".join(parts)


def show_judgement(console: Console, image: str, judgement: Judgement, conditions: Iterable[str]) -> None:
    """Why a picture is not within the tolerance: the conditions that hold, or those whose figure is unknown."""
    words = "beyond the tolerance" if judgement == "beyond" else "cannot be judged, since the figure is unknown"
    console.print(Text(f"{_shown(image)}: {words}: {', '.join(conditions)}"), soft_wrap=True)


def show_totals(console: Console, verdicts: Iterable[str]) -> None:
    """How many pictures got which verdict."""
    counts = Counter(verdicts)
    texts = [f"{counts[verdict]} {verdict}" for verdict in _STYLE_BY_VERDICT if counts[verdict]]
    console.print(Text(f"{counts.total()} pictures: {', '.join(texts)}."), soft_wrap=True)


def show_environment(console: Console, found: Environment) -> None:
    """Libraries, versions, JPEG libraries and operations, and what is missing with the line that mends it."""
    console.print(Text(f"SamePixels {found.samepixels}, Python {found.python}, {found.platform}"), soft_wrap=True)
    console.print(Text(f"{found.cpu}, {found.cpu_count} logical processors"), soft_wrap=True)
    table = Table("library", "package", "version", "JPEG library", "operations", box=SIMPLE_HEAD)
    for state in found.libraries:
        table.add_row(*map(Text, _library_cells(state)))
    console.print(table)
    for text in (*(state.problem for state in found.libraries if state.problem), *found.warnings):
        console.print(Text(text, "yellow"), soft_wrap=True)


def _library_cells(state: LibraryState) -> tuple[str, ...]:
    package = state.distribution.name if state.distribution else _UNKNOWN
    decodes = any(operation(name).kind == "decode" for name in state.operations)
    jpeg = state.jpeg or (NOT_STATED if decodes and state.problem is None else _UNKNOWN)
    return state.title, package, state.version or _UNKNOWN, jpeg, ", ".join(state.operations)


def show_presets(console: Console, presets: Iterable[Preset]) -> None:
    """A preset's name, where one meets it, and its recipe."""
    for preset in presets:
        console.print(Text.assemble((preset.name, "bold"), f"  {preset.used_by}"), soft_wrap=True)
        console.print(Text(f"    {preset.recipe}"), soft_wrap=True)


def show_samples(console: Console, samples: Iterable[Sample]) -> None:
    """A sample's key, title, and what there is to see."""
    for sample in samples:
        title = Text.assemble((f"{SAMPLE_PREFIX}{sample.key}", "bold"), f"  {sample.title} ({sample.kind})")
        console.print(title, soft_wrap=True)
        console.print(Text(f"    {sample.shows}"), soft_wrap=True)


def show_operations(console: Console, operations: Iterable[Operation]) -> None:
    """A line for each operation: its kind, name and options, and what it does."""
    table = Table("kind", "operation", "options", "", box=SIMPLE_HEAD)
    for each in operations:
        names = ", ".join(option.name for option in each.options)
        table.add_row(each.kind, Text(each.name, "bold"), Text(names), Text(each.summary))
    console.print(table)


def show_options(console: Console, operations: Iterable[Operation]) -> None:
    """Every option of some operations: what may be written, its default, and what it does."""
    for each in operations:
        console.print(Text.assemble((each.name, "bold"), f"  {each.summary}"), soft_wrap=True)
        console.print(Text(f"  {each.reference}", "dim"), soft_wrap=True)
        for option in each.options:
            console.print(Text.assemble(("  " + option.name, "cyan"), f"  {option.help}"), soft_wrap=True)
            console.print(Text(f"      {_default(option)}Allowed: {option.allowed}."), soft_wrap=True)
        console.print()


def _default(option: Option) -> str:
    if option.default is None:
        return "Has to be given. "
    return f"Default: {option.format(option.default)}. "
