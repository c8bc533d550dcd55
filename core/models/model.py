"""What all models have in common: what they take, and asking them for answers.

A model takes a batch of images of a recipe and gives a row of numbers for each. What the file wants beyond that (its
layout, its dtype, a batch of a fixed size, quantised numbers) is carried out here, from what the file itself says.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import ModelError, SpokenError
from ..image import Image

Layout: TypeAlias = Literal["NHWC", "NCHW"]
Batch: TypeAlias = npt.NDArray[Any]
Answers: TypeAlias = npt.NDArray[np.float32]

BATCH = 16
"""So many pictures are given to a model at once, where it takes any number and does best with many."""


@dataclass(frozen=True)
class Quantisation:
    """Numbers as integers: a value v stands for `scale` * (v - `zero_point`)."""

    scale: float
    zero_point: int


@dataclass(frozen=True)
class ModelInput:
    """What a model takes, as its file says.

    Attributes:
        layout: the order of the axes.
        size_wh: width and height in pixels; None where any will do.
        channels: 1, 3 or 4; None where the file does not say.
        dtype: numpy's name of the values' type.
        batch: how many pictures it takes at once; None where any number.
        quantisation: how integers stand for values, or None.
        value_range: the least and the largest value that it was made for, where that is known.
    """

    layout: Layout
    size_wh: tuple[int | None, int | None]
    channels: int | None
    dtype: str = "float32"
    batch: int | None = None
    quantisation: Quantisation | None = None
    value_range: tuple[float, float] | None = None

    @property
    def words(self) -> str:
        """The same for people: "224x224x3 float32, NHWC"."""
        size = "x".join("any" if side is None else str(side) for side in (*self.size_wh, self.channels))
        quantised = ", quantised" if self.quantisation else ""
        return f"{size} {self.dtype}{quantised}, {self.layout}"


@dataclass(frozen=True, eq=False)
class Model:
    """A model that can be asked; made by `core.models.opening`.

    Attributes:
        name: its name for people, or its file's.
        digest: the sha256 of its file, or its name where it is embedded.
        input: what it takes.
        run: its call, with a batch in its own layout and dtype; what comes back has a row for each picture.
        class_names: what the numbers of an answer stand for; empty where that is not known.
        normalisation: the stage that it was trained with, as recipe text; empty where that is not known.
        trained_on: the set that it has seen in training, where that is known.
        batch: how many pictures at once it is fastest with, where it takes any number.
    """

    name: str
    digest: str
    input: ModelInput
    run: Callable[[Batch], Batch]
    class_names: tuple[str, ...] = ()
    normalisation: str = ""
    trained_on: str = ""
    batch: int = BATCH

    def named(self, class_names: Sequence[str]) -> Self:
        """The same model with names for its classes, in the order of its answers."""
        return replace(self, class_names=tuple(class_names))

    def answers(self, images: Sequence[Image]) -> Answers:
        """The answers to `images`, all of one shape: float32[n, …].

        Raises `ModelError` where the model refuses them or answers something that is no number.
        """
        found = [self.answer(batch) for batch in self._batches(images)]
        answers = np.concatenate(found)[: len(images)]
        if not np.isfinite(answers).all():
            raise ModelError(
                f"{self.name} answers with values that are not numbers (NaN or infinity).",
                "Check the normalisation that it was trained with, and whether its file is whole.",
            )
        return answers

    def _batches(self, images: Sequence[Image]) -> Iterator[Batch]:
        size = self.input.batch or self.batch
        for start in range(0, len(images), size):
            batch = self._as_input(np.stack(images[start : start + size]))
            missing = (self.input.batch or 0) - len(batch)
            # A batch of a fixed size is filled up with the last picture; its further answers are dropped.
            yield np.concatenate([batch, *([batch[-1:]] * missing)]) if missing > 0 else batch

    def _as_input(self, stacked: Batch) -> Batch:
        values = quantised(stacked, self.input)
        return np.ascontiguousarray(values.transpose(0, 3, 1, 2)) if self.input.layout == "NCHW" else values

    def answer(self, batch: Batch) -> Answers:
        """The answer to one batch, which is in the model's own layout and dtype: float32, a row for each picture.

        Raises `ModelError` where its runtime refuses it.
        """
        try:
            answers = self.run(batch)
        except SpokenError:
            raise
        except Exception as error:  # a runtime raises its own kinds, which have no common base
            words = " ".join(str(error).split())[:300]
            raise ModelError(
                f"{self.name} failed on a batch of shape {batch.shape}: {words}.", "Check its input's size and layout."
            ) from error
        if answers.ndim == 0 or len(answers) != len(batch):
            raise ModelError(
                f"{self.name} answers {len(batch)} pictures with an array of shape {answers.shape}.",
                "Its first output has to have a row for each picture.",
            )
        return answers.astype(np.float32, copy=False)


def quantised(values: Batch, wanted: ModelInput) -> Batch:
    """`values` in the dtype that a model takes.

    Levels go into a uint8 input as they are, which is how such models are served; other values are divided by the
    quantisation's scale, rounded and clipped.
    """
    dtype = np.dtype(wanted.dtype)
    if dtype.kind == "f" or dtype == values.dtype:
        return values.astype(dtype, copy=False)
    scale, zero_point = (wanted.quantisation.scale, wanted.quantisation.zero_point) if wanted.quantisation else (1, 0)
    limits = np.iinfo(dtype)
    clipped: Batch = np.clip(np.rint(values / scale) + zero_point, limits.min, limits.max)
    return clipped.astype(dtype)
