"""Identify on a small photograph: what made an array is named in any form, and nothing else is called identical."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from core.array_file import read_array
from core.errors import ArrayError
from core.pipeline import Step, run
from core.png import png_bytes
from core.presets import parse_recipe, presets
from core.search import Identification, Progress, identify
from core.source import Source, read_source
from tests.core import encoded
from tests.core.making import make, photograph
from tests.core.searching import strangers

Array = npt.NDArray[Any]
SIZE_WH = (48, 40)
LINEAR = "opencv.imdecode | opencv.resize(INTER_LINEAR, 48x40)"


class Kept(dict[tuple[str, str], Step]):
    """Decodes, which are the same for all arrays of the picture."""

    def put(self, key: tuple[str, str], step: Step) -> None:
        self[key] = step


KEPT = Kept()


def photograph_as(file_format: str, **options: Any) -> Source:
    """160x107 pixels."""
    small = make("opencv.imdecode | opencv.resize(INTER_AREA, 160x107)", photograph("china"))
    return read_source(f"small.{file_format}", encoded.by_pillow(Image.fromarray(small), file_format, **options))


@cache
def jpeg() -> Source:
    """With 4:2:0 chroma, so that the libraries' decodes differ."""
    return photograph_as("JPEG", quality=90, subsampling=2)


@cache
def png() -> Source:
    """Decoded alike by all, and searched in a tenth of the time."""
    return photograph_as("PNG")


def made_by(text: str, source: Source) -> Array:
    image = run(source, parse_recipe(text)).image
    assert image is not None
    return np.array(image)


def origin_of(values: Array, source: Source) -> Identification:
    return identify(source, values, step_cache=KEPT)


def texts(found: Identification) -> list[str]:
    return [str(each.recipe) for each in found.candidates if each.verdict == "identical"]


def chw(values: Array) -> Array:
    return np.ascontiguousarray(values.transpose(2, 0, 1))


FORMS = [
    ("as it is", LINEAR, lambda made: made, "HWC", "RGB"),
    ("CHW", LINEAR, chw, "CHW", "RGB"),
    ("batch of one", LINEAR, lambda made: made[np.newaxis], "NHWC", "RGB"),
    ("NCHW", f"{LINEAR} | normalize.torch", lambda made: chw(made)[np.newaxis], "NCHW", "RGB"),
    ("BGR", f"{LINEAR} | channels.swap", lambda made: made, "HWC", "BGR"),
    ("BGR, CHW", f"{LINEAR} | channels.swap | normalize.tf", chw, "CHW", "BGR"),
    ("float16", f"{LINEAR} | normalize.torch", lambda made: made.astype(np.float16), "HWC", "RGB"),
    ("float64", f"{LINEAR} | normalize.tf", lambda made: made.astype(np.float64), "HWC", "RGB"),
    ("int8", f"{LINEAR} | normalize.affine(offset=-128)", lambda made: made.astype(np.int8), "HWC", "RGB"),
    ("PNG", LINEAR, lambda made: read_array("stored.png", png_bytes(made)), "HWC", "RGB"),
    ("grey PNG", f"{LINEAR} | channels.gray", lambda made: read_array("stored.png", png_bytes(made)), "HWC", "grey"),
    ("grey without channels", f"{LINEAR} | channels.gray", lambda made: made[:, :, 0], "HW", "grey"),
]


@pytest.mark.parametrize(
    ("recipe", "stored", "layout", "order"), [each[1:] for each in FORMS], ids=[each[0] for each in FORMS]
)
def test_the_recipe_is_named_in_whatever_form_its_array_is_kept(
    recipe: str, stored: Any, layout: str, order: str
) -> None:
    found = origin_of(stored(made_by(recipe, png())), png())
    assert found.verdict == "identical"
    assert str(parse_recipe(recipe)) in texts(found)
    assert (found.candidates[0].layout, found.candidates[0].channel_order) == (layout, order)
    assert found.complete


def test_the_picture_may_be_anywhere_in_a_batch() -> None:
    other = np.random.default_rng(0).integers(0, 256, (40, 48, 3)).astype(np.uint8)
    found = origin_of(np.stack([other, other, made_by(LINEAR, png())]), png())
    assert found.candidates[0].layout == "NHWC, picture 2 of the batch"
    assert LINEAR in texts(found)


NORMALISATIONS = dict.fromkeys(
    [
        *("normalize.tf", "normalize.torch", "normalize.caffe", "normalize.clip", "normalize.affine(scale=255)"),
        *(
            str(each)
            for preset in presets().values()
            for each in preset.recipe.stages
            if each.operation.kind == "normalize"
        ),
        "normalize.affine(scale=[58.4, 57.12, 57.38], offset=[-2.1179, -2.0357, -1.8044])",
        "normalize.affine(scale=51, offset=0.3)",
    ]
)


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_the_normalisation_is_named(normalisation: str) -> None:
    recipe = f"{LINEAR} | {normalisation}"
    found = origin_of(made_by(recipe, png()), png())
    assert recipe in texts(found)
    assert found.candidates[0].normalisation == normalisation


RECIPES = [
    "opencv.imdecode",
    "tensorflow.decode_image(channels=1, dtype=float32) | normalize.affine(scale=255)",
    "opencv.imdecode(IMREAD_REDUCED_COLOR_2) | opencv.resize(INTER_CUBIC, 48x40)",
    "pillow.open(mode=L) | pillow.resize(HAMMING, 48x40)",
    "pillow.open(mode=RGB) | pillow.resize(BILINEAR, shorter=50) | crop.center(40x40) | normalize.torch",
    "opencv.imdecode | opencv.resize(INTER_LINEAR, 48x32) | pad.letterbox(48x48) | normalize.clip",
    "opencv.imdecode | cast.float32 | opencv.resize(INTER_LANCZOS4, 48x40)",
    "opencv.imdecode | crop.center(120x100) | pillow.resize(BICUBIC, 48x40)",
    "tensorflow.decode_jpeg | tensorflow.resize(bicubic, 48x40) | cast.uint8(astype)",
    "tensorflow.decode_jpeg(fancy_upscaling=false) | tensorflow_v1.resize(bilinear, 48x40) | normalize.tf",
    "tensorflow.decode_jpeg | crop.fraction(0.875) | tensorflow.resize(lanczos3, 48x40, antialias=true)",
    "tensorflow.decode_jpeg(channels=3) | crop.fraction(0.875, square=true) | tensorflow.resize(area, 48x40)",
]


@pytest.mark.parametrize("recipe", RECIPES)
def test_recipes_all_over_the_catalogue_are_named(recipe: str) -> None:
    values = made_by(recipe, jpeg())
    found = origin_of(values, jpeg())
    assert recipe in texts(found)
    for each in found.candidates:
        if each.verdict == "identical":
            np.testing.assert_array_equal(made_by(str(each.recipe), jpeg()), values)


def test_equals_have_no_stage_that_does_nothing() -> None:
    for recipe in (
        "opencv.imdecode | opencv.resize(INTER_NEAREST, 48x40)",
        "opencv.imdecode | pillow.resize(BOX, 48x40)",
    ):
        found = origin_of(made_by(recipe, png()), png())
        assert texts(found)[0] == recipe
        of_bytes = [text for text in texts(found) if "dtype=" not in text]  # decoded floats need a cast
        assert {text.count(" | ") for text in of_bytes} == {1}


OTHERS = (strangers.rotated, strangers.noisy, strangers.recompressed, strangers.chequered)
"""The others are in benchmarks/identify_strangers.py: a search to the end takes seconds."""


@pytest.mark.parametrize("stranger", OTHERS, ids=lambda each: each.__name__)
def test_what_no_recipe_made_is_said_to_be_none(stranger: Any) -> None:
    found = origin_of(stranger(make("opencv.imdecode", png().data), SIZE_WH), png())
    assert found.verdict == "none"
    assert {each.verdict for each in found.candidates} <= {"different"}
    assert found.complete


def test_one_value_that_differs_is_no_longer_identical() -> None:
    changed = made_by(LINEAR, png())
    changed[7, 9, 1] ^= 1
    found = origin_of(changed, png())
    assert (found.verdict, str(found.candidates[0].recipe), found.candidates[0].max_abs) == ("rounding", LINEAR, 1)
    changed[7, 9, 1] ^= 64
    assert origin_of(changed, png()).verdict == "none"


def test_progress_is_told_and_the_first_answer_comes_with_it() -> None:
    told: list[Progress] = []
    found = identify(png(), made_by(LINEAR, png()), told.append, step_cache=KEPT)
    parts = [each.part for each in told]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0, 1)
    first = next(each.so_far for each in told if each.so_far)
    assert (first.verdict, first.complete) == ("identical", False)
    assert LINEAR in texts(first)
    assert first.searched < found.searched
    assert len(first.candidates) < len(found.candidates)  # further decodes make the same


def test_it_ends_when_it_is_asked_to_and_says_what_it_has() -> None:
    at_once = identify(png(), made_by(LINEAR, png()), should_stop=lambda: True)
    assert (at_once.verdict, at_once.candidates, at_once.complete) == ("none", (), False)
    answers: list[Progress] = []
    values = made_by(LINEAR, png())
    stopped = identify(
        png(),
        values,
        lambda progress: answers.append(progress) if progress.so_far else None,
        lambda: bool(answers),
        KEPT,
    )
    assert (stopped.verdict, stopped.complete) == ("identical", False)
    assert LINEAR in texts(stopped)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.zeros((40, 48, 5)), r"shape \(40, 48, 5\) holds no picture"),
        (np.zeros((0, 48, 3)), r"shape \(0, 48, 3\) holds no picture"),
        (np.zeros((4, 4, 3), np.complex64), "complex64 holds no picture"),
        (np.full((4, 4, 3), np.nan), "48 of 48 values are not finite"),
    ],
)
def test_what_is_no_picture_is_refused(values: Array, words: str) -> None:
    with pytest.raises(ArrayError, match=words):
        origin_of(values, png())
