"""Translations and identifications as the JSON documents of `translate --json` and `identify --json`.

A figure that is unknown or not finite is None. An identification's figures are in levels (1/255 of white).
"""

from typing import Any

from ..compare import Incomparable, Outcome
from ..document import difference_document, unknown_difference
from ..environment import Environment
from ..image import CHANNEL_NAMES
from ..recipe import Recipe
from .candidates import Candidate
from .identify import Identification
from .translate import Translation

TRANSLATE_SCHEMA = "samepixels/translate/1"
IDENTIFY_SCHEMA = "samepixels/identify/1"

Json = dict[str, Any]


def translation_document(
    image: str, original: Recipe, translation: Translation, environment: Environment | None = None
) -> Json:
    """All of `translation`, which `original` was the recipe of; `image` is the picture as given."""
    emulation = translation.emulation
    return {
        "schema": TRANSLATE_SCHEMA,
        "image": image,
        "original": str(original),
        "recipe": str(translation.recipe),
        "verdict": translation.verdict,
        "difference": _difference(translation.outcome),
        "kept": [str(each) for each in translation.kept],
        "code": translation.code,
        "searched": translation.searched,
        "emulation": emulation
        and {
            "stage": str(emulation.stage),
            "code": emulation.code,
            "reason": emulation.reason or None,
            "verdict": emulation.outcome and emulation.outcome.verdict,
            "difference": _difference(emulation.outcome) if emulation.outcome else unknown_difference(),
        },
        "environment": environment.as_dict(operations=False) if environment else None,
    }


def _difference(outcome: Outcome) -> Json:
    if isinstance(outcome, Incomparable):
        return unknown_difference()
    return difference_document(outcome.statistics, outcome.level, CHANNEL_NAMES[outcome.difference.channels])


def identification_document(
    image: str, array: str, found: Identification, environment: Environment | None = None
) -> Json:
    """All of `found`; `image` and `array` are the files as given."""
    return {
        "schema": IDENTIFY_SCHEMA,
        "image": image,
        "array": array,
        "verdict": found.verdict,
        "candidates": [_candidate(each) for each in found.candidates],
        "searched": found.searched,
        "complete": found.complete,
        "environment": environment.as_dict(operations=False) if environment else None,
    }


def _candidate(each: Candidate) -> Json:
    return {
        "recipe": str(each.recipe),
        "verdict": each.verdict,
        "max_abs": each.max_abs,
        "mean_abs": each.mean_abs,
        "layout": each.layout,
        "channel_order": each.channel_order,
        "normalisation": each.normalisation or None,
        "scale": list(each.scale),
        "offset": list(each.offset),
        "respect": each.respect or None,
    }
