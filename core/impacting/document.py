"""An impact as the JSON document of `impact --json` and as a CSV file: docs/json.md, core/schema/impact.json."""

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

from ..environment import Environment
from ..exporting.spreadsheets import shielded
from ..impact import Impact
from ..models.model import Model
from .answers import AnswerPair, Guess
from .grid import GridRow
from .intervals import CountShare
from .picture import PictureImpact, TensorDifference
from .summary import Accuracy, Summary

SCHEMA = "samepixels/impact/1"

Json = dict[str, Any]

_ACCURACY_SHARES = ("top1_a", "top1_b", "top5_a", "top5_b", "broken", "mended")
_SHIFTS = ("mean_logit_shift", "max_logit_shift", "mean_kl", "min_cosine", "mean_tensor_levels")


def impact_document(found: Impact, grid: Sequence[GridRow] = (), environment: Environment | None = None) -> Json:
    """All of `found` under the names of docs/json.md, in types that JSON knows; what is unknown is None."""
    return {
        "schema": SCHEMA,
        "model": _model(found.model),
        "a": str(found.a),
        "b": str(found.b),
        "output": found.kind,
        "sentence": found.sentence,
        "warnings": list(found.warnings),
        "summary": _summary(found.summary),
        "grid": [_grid_row(row) for row in grid],
        "pictures": [_picture(each) for each in found.pictures],
        "environment": environment.as_dict(operations=False) if environment else None,
    }


def _model(model: Model) -> Json:
    return {"name": model.name, "digest": model.digest, "input": model.input.words}


def _summary(summary: Summary) -> Json:
    return {
        "pictures": summary.pictures,
        "unanswered": summary.unanswered,
        "identical_tensors": _share(summary.identical_tensors),
        "flips": summary.flips and _share(summary.flips),
        "accuracy": summary.accuracy and _accuracy(summary.accuracy),
        **{name: _finite(getattr(summary, name)) for name in _SHIFTS},
    }


def _accuracy(accuracy: Accuracy) -> Json:
    shares = {name: _share(getattr(accuracy, name)) for name in _ACCURACY_SHARES}
    return {**shares, "mcnemar_p": accuracy.p, "significant": accuracy.is_significant}


def _share(share: CountShare) -> Json:
    low, high = share.interval
    return {"share": share.value, "count": share.count, "of": share.of, "low": low, "high": high}


def _grid_row(row: GridRow) -> Json:
    return {
        "stage": row.change.stage,
        "change": row.change.words,
        "recipe": str(row.change.recipe),
        "flips": row.summary.flips and _share(row.summary.flips),
        "mean_logit_shift": _finite(row.summary.mean_logit_shift),
        "max_logit_shift": _finite(row.summary.max_logit_shift),
        "mean_tensor_levels": _finite(row.summary.mean_tensor_levels),
    }


def _picture(picture: PictureImpact) -> Json:
    problem = picture.problem
    return {
        "image": picture.name,
        "sha256": picture.sha256 or None,
        "label": picture.label,
        "flipped": picture.answers and picture.answers.flipped,
        **_answers(picture.answers),
        "tensors": picture.tensors and _tensors(picture.tensors),
        "reason": problem and problem.message,
        "remedy": problem and problem.remedy,
    }


def _answers(answers: AnswerPair | None) -> Json:
    names = ("logit_shift", "probability_shift", "kl", "cosine", "max_abs", "mean_abs")
    return {
        "top_a": [_guess(guess) for guess in answers.top_a] if answers else [],
        "top_b": [_guess(guess) for guess in answers.top_b] if answers else [],
        **{name: _finite(getattr(answers, name)) if answers else None for name in names},
    }


def _guess(guess: Guess) -> Json:
    return {"class": guess.index, "name": guess.name, "probability": guess.probability, "logit": guess.logit}


def _tensors(tensors: TensorDifference) -> Json:
    names = ("max_abs_levels", "mean_abs_levels", "bias_levels")
    return {"verdict": tensors.verdict, **{name: _finite(getattr(tensors, name)) for name in names}}


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


_COLUMNS = (
    *("image", "label", "class_a", "name_a", "probability_a", "class_b", "name_b", "probability_b", "flipped"),
    *("logit_shift", "kl", "cosine", "tensor_max_levels", "tensor_mean_levels", "problem"),
)


def impact_csv(found: Impact) -> str:
    """A line for each picture, with a heading; a cell is empty where nothing is known."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_COLUMNS)
    lines.writerows(_cells(each) for each in found.pictures)
    return text.getvalue()


def _cells(picture: PictureImpact) -> list[object]:
    answers, tensors = picture.answers, picture.tensors
    firsts = (answers.top_a[0], answers.top_b[0]) if answers and answers.top_a else ()
    guesses: list[object] = [cell for guess in firsts for cell in (guess.index, guess.name, guess.probability)]
    return [
        shielded(picture.name),
        picture.label,
        *(guesses or (None,) * 6),
        answers and answers.flipped,
        answers and answers.logit_shift,
        answers and answers.kl,
        answers and answers.cosine,
        tensors and tensors.max_abs_levels,
        tensors and tensors.mean_abs_levels,
        shielded(str(picture.problem)) if picture.problem else None,
    ]
