"""`samepixels measure`: what a resize really does, found by probes."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import RecipeError
from ..explaining.operator_differences import operator_differences
from ..explaining.words import part
from ..measuring.document import operator_document
from ..measuring.wording import properties
from ..operations.target_size import TargetSize
from ..operator import Operator, measure_stage
from ..presets import Preset, parse_recipe
from ..recipe import Stage, parse_stage
from ..ticker import Ticker
from .output import AsJson, PresetsFile, console, known_presets, print_json


def measure(
    stages: Annotated[
        list[str],
        typer.Argument(metavar="STAGE [OTHER]", help="A resize stage, or a recipe or preset that has one; or two."),
    ],
    size_from: Annotated[
        str, typer.Option("--from", metavar="WIDTHxHEIGHT", help="The size of the pictures that are resized.")
    ] = "500x375",
    as_json: AsJson = False,
    presets: PresetsFile = None,
) -> None:
    """Measures a resize: sampling positions, kernel, antialiasing, border and arithmetic; of two, what differs."""
    if len(stages) > 2:
        raise RecipeError(f"There are {len(stages)} stages to measure.", "Give one, or two to see what differs.")
    size = TargetSize.parse(size_from)
    if str(size) != f"{size.width}x{size.height}":
        raise RecipeError(f"{size_from} is no size of a picture.", "Write WIDTHxHEIGHT such as 500x375.")
    found = [resize_stage(text, known_presets(presets)) for text in stages]
    with Ticker(console(stderr=True)) as ticker:
        measured = []
        for stage in found:
            ticker.say(f"measuring {stage}")
            measured.append(measure_stage(stage, (size.width, size.height)))
    document = _document(found, measured)
    if as_json:
        print_json(document)
        return
    for stage, operator in zip(found, measured, strict=True):
        show_operator(console(), operator_document(str(stage), operator), operator)
    if "differences" in document:
        _show_differences(console(), document["differences"])


def resize_stage(text: str, known: Mapping[str, Preset]) -> Stage:
    """The resize that `text` is or has; raises `RecipeError` where there is none, or more than one."""
    if re.match(r"\s*\w+\.resize\b", text) and "|" not in text:
        return parse_stage(text)
    resizes = [stage for stage in parse_recipe(text, known).stages if stage.operation.kind == "resize"]
    if len(resizes) != 1:
        raise RecipeError(f"{text!r} has {len(resizes)} resize stages.", "Give one resize, or a recipe with one.")
    return resizes[0]


def _document(stages: list[Stage], measured: list[Operator]) -> dict[str, Any]:
    first, *others = [operator_document(str(stage), operator) for stage, operator in zip(stages, measured, strict=True)]
    if not others:
        return first
    return {**first, "other": others[0], "differences": operator_differences(stages[0], stages[1], *measured)}


def show_operator(out: Console, document: Mapping[str, Any], operator: Operator) -> None:
    """The words first, then the figures of both axes."""
    sizes = ["x".join(map(str, document[name])) for name in ("size_in_wh", "size_out_wh")]
    out.print(Text.assemble((document["stage"], "bold"), f"  from {sizes[0]} to {sizes[1]}"), soft_wrap=True)
    out.print(Text(f"{document['words']}."), soft_wrap=True)
    table = Table("", "along x", "along y", box=SIMPLE_HEAD)
    for name, x, y in zip(_LINES, *(_cells(document[axis]) for axis in ("x", "y")), strict=True):
        table.add_row(name, x, y)
    out.print(table)
    arithmetic = next(each for each in properties(operator, operator) if each.name == "uint8 arithmetic")
    is_model = document["arithmetic"]["dtype"] == "uint8"
    share = f"; that makes {document['arithmetic']['explained_pct']:.4g} % of its values for noise" if is_model else ""
    out.print(Text(f"uint8: {arithmetic.a}{share}."), soft_wrap=True)
    linear = "linear" if document["linear"] else f"not linear, off by {document['linear_residual']:.3g} levels"
    separable = "separable" if document["separable"] else "not separable"
    again = f"the weights reproduce the library's own floats within {document['reproduction_max_abs']:.2g} levels"
    out.print(Text(f"It is {linear} and {separable}: {again}."), soft_wrap=True)
    out.print()


_LINES = (
    "row j looks at",
    "beside half-pixel centres",
    "content displaced",
    "taps",
    "lowest weight",
    "left at the highest frequency",
    "left beyond it, as aliasing",
)


def _cells(axis: Mapping[str, Any]) -> tuple[str, ...]:
    aliasing = axis["frequency"]["aliasing"]
    low, high = axis["taps"]
    return (
        f"{axis['scale']:.4f} j {'+' if axis['offset'] >= 0 else '−'} {abs(axis['offset']):.4f}",
        f"{axis['displacement_px']:.3f} source px",
        f"{axis['displacement_output_px']:.3f} output px",
        f"{low}" if low == high else f"{low} to {high}",
        f"{axis['min_weight']:.4f}",
        f"{axis['frequency']['at_nyquist']:.0%} of {axis['frequency']['nyquist']:.3f} cycles per source px",
        "nothing shrinks" if aliasing is None else f"{aliasing:.0%}",
    )


def _show_differences(out: Console, differences: list[Mapping[str, Any]]) -> None:
    table = Table("what differs", "first", "second", "share", box=SIMPLE_HEAD)
    table.columns[3].justify = "right"
    for each in differences:
        table.add_row(each["property"], each["a"], each["b"], part(each["share"]))
    out.print(table)
    out.print(Text("Shares are of the squared difference on a picture with the spectrum of natural ones."))
