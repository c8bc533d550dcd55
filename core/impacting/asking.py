"""Asking the model about a set: batches of tensors go in, a `PictureImpact` comes out for each pair of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from ..image import Image
from ..models.model import BATCH, Model
from .answers import OutputKind, compare_answers, output_kind, rows_of
from .flow import Tensor, Tensors
from .picture import PictureImpact

Rows = npt.NDArray[np.float32]


class Questioner:
    """Asks one model, and remembers what kind of answers it gives: the first batch decides for all."""

    def __init__(self, model: Model, kind: OutputKind | None = None) -> None:
        self.model = model
        self.kind = kind

    def rows(self, images: Sequence[Image]) -> Rows:
        """The model's answers to `images` of one shape: float32[n, k], or with more axes for what is no row."""
        rows = rows_of(self.model.answers(images))
        if self.kind is None:
            self.kind = output_kind(rows)
        return rows

    def ask(self, ready: Iterable[Tensors]) -> Iterator[tuple[PictureImpact, ...]]:
        """For each picture, in order: the first recipe's answers beside those of each of the others."""
        waiting = iter(ready)
        while batch := list(islice(waiting, BATCH)):
            rows = self._rows_by_tensor(batch)
            for each in batch:
                first, *others = each.made
                yield tuple(self._compared(each, first, other, rows) for other in others)

    def _rows_by_tensor(self, batch: Sequence[Tensors]) -> dict[int, Rows]:
        """The answer to each tensor that has an image, by its identity; tensors of one shape go in together."""
        asked = [tensor for each in batch for tensor in each.made if not _is_as_first(tensor)]
        by_shape: dict[tuple[int, ...], list[Tensor]] = {}
        for tensor in asked:
            if tensor.image is not None:
                by_shape.setdefault(tensor.image.shape, []).append(tensor)
        found: dict[int, Rows] = {}
        for alike in by_shape.values():
            rows = self.rows([tensor.image for tensor in alike if tensor.image is not None])
            found.update({id(tensor): row for tensor, row in zip(alike, rows, strict=True)})
        return found

    def _compared(self, tensors: Tensors, first: Tensor, other: Tensor, rows: dict[int, Rows]) -> PictureImpact:
        picture, problem = tensors.picture, first.problem or other.problem
        if problem:
            return PictureImpact(picture.name, tensors.sha256, None, None, picture.label, problem)
        row = rows[id(first)]
        assert self.kind is not None
        answers = compare_answers(row, rows.get(id(other), row), self.kind, self.model.class_names)
        return PictureImpact(picture.name, tensors.sha256, other.difference, answers, picture.label)


def _is_as_first(tensor: Tensor) -> bool:
    """Whether the model need not be asked: the first recipe made the same tensor, and the answer is the same."""
    return tensor.difference is not None and tensor.difference.verdict == "identical"
