"""`samepixels identify`: the recipes that made an array."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..array_file import RAW_DTYPES, parse_shape, read_array
from ..environment import environment
from ..pictures import read_bytes, read_picture
from ..searching.document import identification_document
from ..searching.identify import identify as identify_array
from ..ticker import Ticker
from .interruption import asked_to_stop
from .output import AsJson, ExitCode, console, print_json

_SHOWN = 8


def identify(  # noqa: PLR0917 - typer calls it by name, an argument for each option
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="The picture: a path, or sample:KEY (see: samples).")],
    array: Annotated[str, typer.Argument(metavar="ARRAY", help="What was made of it: .npy, .npz, .png, .tiff, .raw.")],
    shape: Annotated[
        str, typer.Option("--shape", metavar="SHAPE", help="Of raw values: the axes' lengths, such as 1x3x224x224.")
    ] = "",
    dtype: Annotated[
        str, typer.Option("--dtype", metavar="DTYPE", help=f"Of raw values, little-endian: {', '.join(RAW_DTYPES)}.")
    ] = "",
    key: Annotated[str, typer.Option("--key", metavar="NAME", help="Which array of a .npz.")] = "",
    as_json: AsJson = False,
) -> None:
    """Says which recipes made an array of a picture: layout, channel order, decode, resize, crop and normalisation.

    Ctrl-C ends the search and shows what was found until then.
    """
    source = read_picture(image)
    values = read_array(
        array, read_bytes(array), shape=parse_shape(shape) if shape else None, dtype=dtype or None, key=key
    )
    with Ticker(console(stderr=True)) as ticker, asked_to_stop() as should_stop:
        found = identify_array(
            source, values, lambda progress: ticker.say(f"{progress.part:.0%} {progress.text}"), should_stop
        )
    document = identification_document(image, array, found, environment(probe=True) if as_json else None)
    if as_json:
        print_json(document)
    else:
        show_identification(console(), document)
    raise typer.Exit(ExitCode.BEYOND if found.verdict == "none" else ExitCode.WITHIN)


def show_identification(out: Console, document: Mapping[str, Any]) -> None:
    """The verdict in a sentence, then the candidates, the best first."""
    candidates = document["candidates"]
    out.print(Text(_sentence(document), "bold"), soft_wrap=True)
    if not candidates:
        return
    best = candidates[0]
    out.print(Text(f"  {best['layout']}, {best['channel_order']}, {best['normalisation'] or 'levels'}"), soft_wrap=True)
    if best["respect"]:
        out.print(Text(f"  {best['respect']}"), soft_wrap=True)
    table = Table("", "recipe", "max, levels", "mean", box=SIMPLE_HEAD)
    for each in candidates[:_SHOWN]:
        figures = (f"{each[name]:.3g}" for name in ("max_abs", "mean_abs"))
        table.add_row(each["verdict"], Text(each["recipe"]), *figures)
    out.print(table)
    if len(candidates) > _SHOWN:
        out.print(Text(f"{len(candidates) - _SHOWN} more: --json lists them all."))


def _sentence(document: Mapping[str, Any]) -> str:
    candidates = document["candidates"]
    so_far, until = ("", "") if document["complete"] else (" so far", " until it was stopped")
    tried = f"{document['searched']:,} pictures were compared{until}."
    if document["verdict"] == "identical":
        count = sum(each["verdict"] == "identical" for each in candidates)
        return f"Made bit for bit by {count} recipe{'s' if count > 1 else ''}; {tried}"
    if document["verdict"] == "rounding":
        return f"No recipe makes it bit for bit{so_far}; the best comes within a level everywhere. {tried}"
    if not candidates:
        return f"No recipe makes it{so_far}, and none comes near. {tried}"
    return f"No recipe makes it{so_far}; the nearest is {candidates[0]['mean_abs']:.3g} levels away on average. {tried}"
