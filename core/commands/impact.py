"""`samepixels impact`: what the difference between two recipes does to a model's answers."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..environment import environment
from ..errors import ModelError, SamePixelsError
from ..impact import GridRow, Impact, Model, Picture, Summary, impact_grid, open_model
from ..impact import impact as impact_on
from ..impacting.answers import Guess
from ..impacting.conditions import ImpactCondition, parse_impact_conditions
from ..impacting.document import impact_csv, impact_document
from ..impacting.labels import labels as labels_of
from ..impacting.labels import no_labels
from ..impacting.picture import PictureImpact
from ..impacting.summary import flipped_first
from ..impacting.words import share_cell, share_words
from ..models.class_names import read_class_names
from ..pictures import read_picture
from ..presets import parse_recipe
from ..recipe import Recipe
from ..ticker import Ticker
from ..words import percent
from .output import AsJson, ExitCode, PresetsFile, console, known_presets, print_json

_SHOWN = 20


def impact(  # noqa: PLR0913, PLR0917 - typer calls it by name, an argument for each option
    model: Annotated[
        str,
        typer.Argument(metavar="MODEL", help="'embedded' (EfficientNet-Lite0), or a .onnx, .keras or .tflite file."),
    ],
    images: Annotated[
        list[str], typer.Argument(metavar="IMAGE", help="Pictures: paths, or sample:KEY for a built-in one.")
    ],
    a: Annotated[str, typer.Option("--a", metavar="RECIPE", help="What A does.")] = "efficientnet-lite",
    b: Annotated[str, typer.Option("--b", metavar="RECIPE", help="What B does.")] = "efficientnet-lite-opencv",
    labels: Annotated[
        str,
        typer.Option("--labels", metavar="WHERE", help="True classes: folders, ilsvrc2012, or a CSV of file,class."),
    ] = "",
    classes: Annotated[
        Path | None, typer.Option("--classes", metavar="FILE", help="The names of the model's classes, one a line.")
    ] = None,
    grid: Annotated[
        bool, typer.Option("--grid", help="Changes A in one stage at a time, and says what each change does.")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="CONDITION", help="Exits with 1 where this holds: 'flips > 1%'. May be given again."),
    ] = None,
    as_json: AsJson = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Writes a line for each picture to this file.")
    ] = None,
    presets: PresetsFile = None,
) -> None:
    """Says what the difference does to a model: first choices that flip, accuracy, and how far the answers move."""
    known = known_presets(presets)
    recipe_a, recipe_b = parse_recipe(a, known), parse_recipe(b, known)
    conditions = tuple(each for text in fail_on or () for each in parse_impact_conditions(text))
    with Ticker(console(stderr=True)) as ticker:
        ticker.say(f"opening {model} (TensorFlow takes ten seconds and more to start)")
        opened = open_model(model)
        if classes:
            opened = opened.named(read_class_names(str(classes), _bytes_of(classes)))
        label_of = labels_of(labels, images, opened.class_names) if labels else no_labels
        pictures = [Picture(each, partial(read_picture, each), label_of(each)) for each in images]
        found = impact_on(opened, pictures, recipe_a, recipe_b, on_progress=lambda _, text: ticker.say(text))
        rows = _grid(opened, pictures, recipe_a, ticker) if grid else ()
    if csv_file:
        _write(csv_file, impact_csv(found))
    if as_json:
        print_json(impact_document(found, rows, environment(probe=True)))
    else:
        show_impact(console(), found, rows)
    raise typer.Exit(_exit_code(found, conditions))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise SamePixelsError(f"{file} cannot be written: {error.strerror}.", "Choose another place.") from error


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(f"The class names {file} cannot be read: {error.strerror}.", "Check the path.") from error


def _grid(model: Model, pictures: Sequence[Picture], reference: Recipe, ticker: Ticker) -> tuple[GridRow, ...]:
    return impact_grid(model, pictures, reference, on_progress=lambda _, text: ticker.say(text))


def _exit_code(found: Impact, conditions: Iterable[ImpactCondition]) -> ExitCode:
    judged = [(condition, condition.judge(found.summary)) for condition in conditions]
    for condition, judgement in judged:
        if judgement != "within":
            words = "beyond the tolerance" if judgement == "beyond" else "cannot be judged, since the figure is unknown"
            console(stderr=True).print(Text(f"{words}: {condition}"), soft_wrap=True)
    judgements = {judgement for _, judgement in judged}
    if found.summary.unanswered or "unknown" in judgements:
        return ExitCode.NOT_COMPARED
    return ExitCode.BEYOND if "beyond" in judgements else ExitCode.WITHIN


def show_impact(out: Console, found: Impact, grid: Sequence[GridRow] = ()) -> None:
    """The sentence first, then the warnings, the figures of the set, and the pictures that flipped."""
    _say(out, Text(found.sentence, "bold"))
    _say(out, Text(f"  {found.model.name}, {found.model.input.words}"))
    _say(out, Text(f"  A  {found.a}"))
    _say(out, Text(f"  B  {found.b}"))
    for warning in found.warnings:
        _say(out, Text(f"  {warning}", "yellow"))
    if len(found.pictures) == 1:
        _show_answers(out, found.pictures[0])
    else:
        _show_summary(out, found.summary)
        _show_pictures(out, found.pictures)
    if grid:
        _show_grid(out, grid)


def _say(out: Console, text: Text) -> None:
    out.print(text, soft_wrap=True)


def _show_answers(out: Console, picture: PictureImpact) -> None:
    if picture.problem:
        _say(out, Text(f"  {picture.name}: {picture.problem}", "red"))
    if not picture.answers or not picture.answers.top_a:
        return
    table = Table("", "A", "", "B", "", box=SIMPLE_HEAD)
    sides = zip(picture.answers.top_a, picture.answers.top_b, strict=True)
    for place, (guess_a, guess_b) in enumerate(sides, start=1):
        table.add_row(str(place), *_guess_cells(guess_a), *_guess_cells(guess_b))
    out.print(table)
    tensors, answers = picture.tensors, picture.answers
    if tensors and tensors.mean_abs_levels is not None:
        largest, mean = tensors.max_abs_levels, tensors.mean_abs_levels
        _say(out, Text(f"  tensors: {tensors.verdict}, mean {mean:.3g}, max {largest:.3g} levels"))
    _say(out, Text(f"  largest logit shift {answers.logit_shift:.3g}, KL divergence {answers.kl:.3g} nats"))


def _guess_cells(guess: Guess) -> tuple[Text, str]:
    return Text(guess.name), percent(100 * guess.probability)


def _show_summary(out: Console, summary: Summary) -> None:
    table = Table("", "", box=SIMPLE_HEAD, show_header=False)
    shares = {"first choices that changed": summary.flips, "same tensors": summary.identical_tensors}
    if summary.accuracy:
        shares |= {
            "top-1 right with A": summary.accuracy.top1_a,
            "top-1 right with B": summary.accuracy.top1_b,
            "top-5 right with A": summary.accuracy.top5_a,
            "top-5 right with B": summary.accuracy.top5_b,
            "broken: right with A alone": summary.accuracy.broken,
            "mended: right with B alone": summary.accuracy.mended,
        }
    for name, share in shares.items():
        if share:
            table.add_row(name, share_words(share))
    if summary.mean_logit_shift is not None:
        table.add_row(
            "largest logit shift", f"mean {summary.mean_logit_shift:.3g}, worst {summary.max_logit_shift:.3g}"
        )
    if summary.mean_tensor_levels is not None:
        table.add_row("tensors' difference", f"mean {summary.mean_tensor_levels:.3g} levels")
    out.print(table)


def _show_pictures(out: Console, pictures: Sequence[PictureImpact]) -> None:
    ordered = flipped_first(pictures)
    shown = [each for each in ordered if each.flipped or each.problem][:_SHOWN]
    if not shown:
        return
    table = Table("picture", "A", "B", "logit shift", box=SIMPLE_HEAD)
    for each in shown:
        table.add_row(Text(each.name), *_picture_cells(each))
    out.print(table)
    if len(shown) == _SHOWN:
        _say(out, Text("The others: --csv FILE lists them all."))


def _picture_cells(picture: PictureImpact) -> tuple[Text, ...]:
    if picture.problem or not picture.answers or not picture.answers.top_a:
        return (Text(str(picture.problem or ""), "red"), Text(), Text())
    first_a, first_b = picture.answers.top_a[0], picture.answers.top_b[0]
    shift = Text(f"{picture.answers.logit_shift:.3g}")
    return (*(Text(f"{guess.name} {percent(100 * guess.probability)}") for guess in (first_a, first_b)), shift)


def _show_grid(out: Console, rows: Iterable[GridRow]) -> None:
    table = Table("one change of A", "", "flips (95 %)", "logit shift", "worst", "levels", box=SIMPLE_HEAD)
    for row in rows:
        summary = row.summary
        figures = (summary.mean_logit_shift, summary.max_logit_shift, summary.mean_tensor_levels)
        cells = ("–" if value is None else f"{value:.3g}" for value in figures)
        table.add_row(row.change.stage, Text(row.change.words), share_cell(summary.flips), *cells)
    out.print(table)
