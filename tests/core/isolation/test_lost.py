"""A lost process is no answer: whatever work it happens in ends, instead of going on with the next recipe."""

from collections.abc import Callable
from threading import Lock

import numpy as np
import numpy.typing as npt
import pytest

from core.atlas import decode_atlas
from core.errors import LibraryMissingError, ProcessLostError
from core.explain import explain
from core.image import Image
from core.impact import Picture, impact, open_model_file
from core.operations.catalogue import library_of
from core.operations.libraries import TENSORFLOW
from core.pipeline import Step, Trace, carry_out_here, put_in_charge, run
from core.presets import parse_recipe
from core.recipe import Stage
from core.samples import load_sample
from core.search import identify, translate
from tests.core.models.making import channel_means

A = parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 6x6)")
B = parse_recipe("pillow.open(mode=RGB) | pillow.resize(BICUBIC, 6x6)")
SOURCE = load_sample("ramps")


class Losing:
    """Carries out stages here, those of TensorFlow not at all, and loses the one of a number."""

    def __init__(self, lost: int) -> None:
        self._lost, self._carried_out, self._lock = lost, 0, Lock()

    def carry_out(self, stage: Stage, given: bytes | Image, level: float) -> Step:
        with self._lock:
            self._carried_out += 1
            is_lost = self._carried_out == self._lost
        if is_lost:
            raise ProcessLostError("The process is gone.", "Try again.")
        if library_of(stage.name) is TENSORFLOW:
            raise LibraryMissingError("TensorFlow takes too long for this test.")
        return carry_out_here(stage, given, level)


def done_by(carrier: Losing, work: Callable[[], object]) -> object:
    before = put_in_charge(carrier)
    try:
        return work()
    finally:
        put_in_charge(before)


def array() -> npt.NDArray[np.float32]:
    image = run(SOURCE, A).image
    assert image is not None
    return image.astype(np.float32) / np.float32(255)


def asked() -> object:
    model = open_model_file("means.onnx", channel_means())
    return impact(model, [Picture("ramps", lambda: SOURCE)], A, B)


@pytest.mark.parametrize(
    ("work", "number"),
    [
        pytest.param(lambda: explain(SOURCE, A, B), 20, id="explain"),
        pytest.param(lambda: translate(SOURCE, A, "pillow"), 2, id="translate, its recipe"),
        pytest.param(lambda: translate(SOURCE, A, "pillow"), 60, id="translate"),
        pytest.param(lambda: identify(SOURCE, array()), 60, id="identify"),
        pytest.param(lambda: decode_atlas(SOURCE), 20, id="atlas"),
        pytest.param(asked, 3, id="impact"),
    ],
)
def test_it_ends_the_work_that_it_happens_in(work: Callable[[], object], number: int) -> None:
    """The first stages are the recipes' own, and their failure is part of an explanation; a search comes later."""
    with pytest.raises(ProcessLostError):
        done_by(Losing(number), work)


def test_it_is_part_of_a_trace_which_is_not_kept() -> None:
    class Kept(dict[tuple[str, str], Step]):
        def put(self, key: tuple[str, str], step: Step) -> None:
            self[key] = step

    kept = Kept()
    trace = done_by(Losing(2), lambda: run(SOURCE, A, kept))
    assert isinstance(trace, Trace)
    assert trace.is_lost
    assert [step.stage.name for step in trace.steps] == ["opencv.imdecode"] == [key[1] for key in kept]
    with pytest.raises(ProcessLostError):
        trace.raise_lost()
    run(SOURCE, A, kept).raise_lost()
