"""For test suites: arrays, or two recipes on a picture, that have to show the same pixels.

    from samepixels.testing import assert_same_pixels

    def test_serving_sees_what_training_saw():
        assert_same_pixels("training", "serving", image="tests/photo.jpg", limits="max_abs <= 1")

pytest is not imported: this works in any test framework.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .compare import Incomparable, Outcome, compare, compare_images
from .difference_picture import difference_picture
from .document import difference_document
from .gate.checking import broken_limit
from .image import CHANNEL_NAMES, Image, as_image
from .pictures import read_picture
from .pipeline import run
from .presets import parse_recipe
from .recipe import Recipe
from .source import Source, read_source
from .ssim import ssim
from .statistics import PEAK
from .tolerance import parse_conditions
from .words import sentence

__all__ = ["assert_same_pixels"]

Array = npt.NDArray[Any]


def assert_same_pixels(
    a: Array | Recipe | str,
    b: Array | Recipe | str,
    *,
    image: str | Path | bytes | Source | None = None,
    limits: str | Iterable[str] = "max_abs <= 0",
    pictures: str | Path | None = None,
) -> None:
    """Raises `AssertionError` unless every one of `limits` holds for A against B.

    `a` and `b` are two arrays (height x width, or with channels last; of any dtype that float32 holds), or two recipes,
    presets or recipes' texts, which are run on `image`: a path, `sample:KEY`, a file's bytes or a `Source`. A limit is
    a figure of `compare --json`, an operator and a number, such as "ssim >= 0.999".

    The message has the verdict, the limits that do not hold, the worst pixel with both values, and the stage in which
    the difference begins. A picture of A, B and B - A is written to the folder `pictures`, else to the temporary
    folder, and named in the message. Raises `SamePixelsError` for what is no picture, recipe or limit.
    """
    __tracebackhide__ = True
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        images: tuple[Image | None, Image | None] = _image(a), _image(b)
        assert images[0] is not None
        assert images[1] is not None
        outcome: Outcome = compare_images(images[0], images[1])
        words = ""
    elif isinstance(a, np.ndarray) or isinstance(b, np.ndarray) or image is None:
        raise TypeError("Give two arrays, or two recipes and an image.")
    else:
        source = _source(image)
        comparison = compare(*(run(source, _recipe(each)) for each in (a, b)))
        images, outcome, words = (comparison.a.image, comparison.b.image), comparison.final, sentence(comparison)
    message = _failure(images, outcome, [limits] if isinstance(limits, str) else list(limits), words, pictures)
    if message:
        raise AssertionError(message)


def _image(array: Array) -> Image:
    if array.ndim == 2:
        array = array[:, :, np.newaxis]
    return as_image(array if array.dtype == np.uint8 else array.astype(np.float32))


def _recipe(value: Recipe | str) -> Recipe:
    return parse_recipe(value) if isinstance(value, str) else value


def _source(image: str | Path | bytes | Source) -> Source:
    if isinstance(image, Source):
        return image
    return read_source("the image", image) if isinstance(image, bytes) else read_picture(str(image))


def _failure(
    images: tuple[Image | None, Image | None],
    outcome: Outcome,
    limits: list[str],
    words: str,
    pictures: str | Path | None,
) -> str:
    """The message, or nothing where all limits hold."""
    if isinstance(outcome, Incomparable):
        return f"A and B cannot be compared: {outcome.reason} {outcome.remedy}"
    a, b = images
    assert a is not None
    assert b is not None
    conditions = [condition for text in limits for condition in parse_conditions(text)]
    wants_ssim = any(condition.figure == "ssim" for condition in conditions)
    similarity = ssim(a, b, data_range=PEAK * outcome.level) if wants_ssim else None
    figures = difference_document(outcome.statistics, outcome.level, CHANNEL_NAMES[a.shape[2]], similarity)
    found = {"verdict": outcome.verdict, "difference": figures}
    broken = [text for condition in conditions if (text := broken_limit(condition, found))]
    if not broken:
        return ""
    path = _write(difference_picture(a, b, outcome.difference, outcome.level), pictures)
    lines = [
        f"A and B do not see the same pixels ({outcome.verdict}).",
        *broken,
        _worst(a, b, outcome.statistics.max_at),
    ]
    return "\n".join([*lines, *filter(None, [words]), f"A, B and B − A: {path}"])


def _worst(a: Image, b: Image, max_at: tuple[int, int, int]) -> str:
    x, y, channel = max_at
    name = CHANNEL_NAMES[a.shape[2]][channel]
    values = f"{a[y, x, channel]:g} in A and {b[y, x, channel]:g} in B"
    return f"The largest difference is at x {x}, y {y}, {name}: {values}."


def _write(png: bytes, pictures: str | Path | None) -> Path:
    folder = Path(pictures) if pictures is not None else Path(tempfile.gettempdir(), "samepixels")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(png).hexdigest()[:12]}.png"
    path.write_bytes(png)
    return path
