"""Translations, held against an exhaustive search over the other library's options."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from core import search
from core.errors import LibraryMissingError, RecipeError, SamePixelsError, StageError
from core.image import Image
from core.operations.libraries import Library
from core.pipeline import carry_out, run
from core.presets import parse_recipe
from core.recipe import Stage, parse_stage
from core.search import translate
from core.searching import translate as translating
from core.searching.bridges import casts_to_uint8
from core.searching.variants import library_variants
from core.source import Source, read_source
from tests.core import encoded

Remains = tuple[int, float]


def source(*, orientation: int = 1) -> Source:
    """A JPEG of 67x45 with 4:2:0 chroma."""
    options = {"exif": encoded.exif(orientation)} if orientation > 1 else {}
    return read_source("small.jpg", encoded.by_pillow(encoded.picture(), "JPEG", quality=85, subsampling=2, **options))


def made_by(stages: tuple[Stage, ...], given: bytes | Image) -> Image | None:
    try:
        for each in stages:
            given = carry_out(each, given).image
    except SamePixelsError:
        return None
    assert not isinstance(given, bytes)
    return given


def exhaustive(text: str, library: str, picture: Source) -> Remains:
    """The least that remains over all decodes x casts x resizes x casts of `library`, written as plainly as it goes.

    Decodes of another size are left out: shrinking in the decoder is no way to write another library's resize.
    """
    trace = run(picture, parse_recipe(text))
    wanted = trace.image
    assert wanted is not None
    decode, resize, *rest = trace.recipe.stages
    size = {name: resize.options[name] for name in ("size", "side_rounding")}
    decodes = library_variants("decode", library, {}) or (decode,)
    resizes = library_variants("resize", library, size)
    casts = ((), (parse_stage("cast.float32"),))
    found = []
    same_size = (each for each in distinct(decodes, picture) if each.shape == trace.steps[0].image.shape)
    for decoded, before, each in product(same_size, casts, resizes):
        resized = made_by((*before, each), decoded)
        if resized is not None:
            for after in (*casts, *casts_to_uint8()):
                made = made_by((*after, *rest), resized)
                if made is not None and (made.shape, made.dtype) == (wanted.shape, wanted.dtype):
                    found.append(translating.remaining(wanted, made, trace.steps[-1].level))
    return min(found)


def distinct(decodes: tuple[Stage, ...], picture: Source) -> Iterator[Image]:
    """Decodes that make the same pixels make the same of everything after them."""
    seen = set()
    for each in decodes:
        made = made_by((each,), picture.data)
        if made is not None and (key := (made.shape, made.tobytes())) not in seen:
            seen.add(key)
            yield made


CASES = [
    ("opencv.imdecode | opencv.resize(INTER_LINEAR, 31x29)", "tensorflow"),
    ("opencv.imdecode | opencv.resize(INTER_LINEAR, 31x29)", "pillow"),
    ("opencv.imdecode | opencv.resize(INTER_AREA, 31x29)", "tensorflow_v1"),
    ("tensorflow.decode_jpeg | tensorflow.resize(bilinear, 31x29)", "opencv"),
    ("tensorflow.decode_jpeg | tensorflow.resize(bicubic, 31x29, antialias=true)", "pillow"),
    ("tensorflow.decode_jpeg(fancy_upscaling=false) | tensorflow_v1.resize(bilinear, 31x29)", "opencv"),
    ("tensorflow.decode_jpeg(ratio=2) | tensorflow_v1.resize(bicubic, 31x29) | cast.uint8(truncate)", "opencv"),
    ("pillow.open | pillow.resize(LANCZOS, shorter=20) | normalize.torch", "tensorflow"),
    ("pillow.open(mode=L) | pillow.resize(BOX, 31x29)", "opencv"),
]


@pytest.mark.parametrize(("text", "library"), CASES)
def test_the_best_of_an_exhaustive_search_is_found(text: str, library: str) -> None:
    picture = source()
    found = translate(picture, parse_recipe(text), library)
    wanted = run(picture, parse_recipe(text)).image
    made = run(picture, found.recipe)
    assert wanted is not None
    assert made.image is not None
    remains = translating.remaining(wanted, made.image, made.steps[-1].level)
    assert remains == pytest.approx(exhaustive(text, library, picture))
    assert ("identical", "rounding", "different")[remains[0]] == found.verdict
    libraries = {each.operation.library for each in found.recipe.stages if each.operation.kind == "resize"}
    assert libraries == {library}


def test_the_dtype_stays_and_the_arithmetic_comes_near() -> None:
    found = translate(source(), parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 31x29)"), "tensorflow")
    assert str(found.recipe) == (
        "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE) | tensorflow.resize(bilinear, 31x29) | cast.uint8(round)"
    )
    assert (found.verdict, found.kept, found.emulation) == ("rounding", (), None)
    assert "tf.image.resize" in found.code
    floats = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE) | tensorflow.resize(bilinear, 31x29)"
    assert str(translate(source(), parse_recipe(floats), "opencv").recipe) == (
        "opencv.imdecode | cast.float32 | opencv.resize(INTER_LINEAR, 31x29)"
    )


@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_orientation_is_reproduced(orientation: int) -> None:
    picture = source(orientation=orientation)
    turned = translate(picture, parse_recipe("opencv.imdecode | opencv.resize(INTER_NEAREST_EXACT, 31x29)"), "pillow")
    assert str(turned.recipe) == "pillow.open(exif_transpose=true) | pillow.resize(NEAREST, 31x29)"
    stored = translate(picture, parse_recipe("pillow.open | pillow.resize(NEAREST, 31x29)"), "opencv")
    assert str(stored.recipe) == (
        "opencv.imdecode(ignore_orientation=true) | opencv.resize(INTER_NEAREST_EXACT, 31x29)"
    )
    assert turned.verdict == stored.verdict == "identical"


def test_what_the_library_cannot_do_stays() -> None:
    text = "opencv.imdecode | opencv.resize(INTER_LINEAR, 31x29) | crop.center(20x20) | normalize.tf"
    found = translate(source(), parse_recipe(text), "tensorflow_v1")
    assert list(map(str, found.kept)) == ["opencv.imdecode"]
    assert list(map(str, found.recipe.stages[-2:])) == ["crop.center(20x20)", "normalize.tf"]
    assert found.verdict == "rounding"


def test_a_recipe_of_the_library_is_its_own_translation() -> None:
    recipe = parse_recipe("pillow.open | pillow.resize(HAMMING, 31x29)")
    assert translate(source(), recipe, "pillow").recipe == recipe


def test_where_nothing_is_near_the_resize_is_written_out() -> None:
    text = "tensorflow.decode_jpeg | tensorflow_v1.resize(bilinear, 31x29)"
    found = translate(source(), parse_recipe(text), "opencv")
    assert found.verdict == "different"
    assert found.emulation is not None
    assert str(found.emulation.stage) == "tensorflow_v1.resize(bilinear, 31x29)"
    assert found.emulation.outcome is not None
    assert found.emulation.outcome.verdict in ("identical", "rounding")


def test_progress_is_told() -> None:
    told: list[tuple[float | None, str]] = []
    recipe = parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 9x9)")
    translate(source(), recipe, "pillow", lambda share, text: told.append((share, text)))
    assert told == [(0, "decode: searching pillow"), (0.5, "resize: searching pillow")]


def test_errors_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = parse_recipe("opencv.imdecode | crop.center(999x999)")
    with pytest.raises(
        RecipeError, match=r"no library 'torch'\. Choose one of opencv, tensorflow, pillow, tensorflow_v1"
    ):
        translate(source(), recipe, "torch")
    with pytest.raises(StageError, match=r"crop.center\(999x999\) fails on small.jpg"):
        translate(source(), recipe, "pillow")

    def missing(library: Library) -> None:
        raise LibraryMissingError(f"{library.title} is not installed.", library.install_hint)

    monkeypatch.setattr(translating, "load", missing)
    with pytest.raises(LibraryMissingError, match=r"Pillow is not installed\. Install it with: pip install pillow"):
        translate(source(), recipe, "pillow")


def test_what_remains_is_the_verdict_of_compare_and_the_rms() -> None:
    a = np.zeros((2, 2, 1), np.uint8)
    b = np.array([[[0], [0]], [[0], [2]]], np.uint8)
    assert translating.remaining(a, a, 1.0) == (0, 0.0)
    assert translating.remaining(a, b, 1.0) == (2, 1.0)
    assert translating.remaining(a, b, 2.0) == (1, 1.0)
    assert search.translate is translate
