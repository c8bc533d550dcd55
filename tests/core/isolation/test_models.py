"""Models of people's own in a process of their own: the same answers, and its death is a message."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from core.errors import ModelError, ProcessLostError
from core.image import as_image
from core.isolation.limits import WorkerLimits
from core.isolation.models import open_isolated
from core.isolation.pool import Pool, PoolSettings
from core.models.model import BATCH
from core.models.opening import open_model_file
from tests.core.models.making import channel_means, not_a_number

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are Unix processes")

IMAGES = [as_image(np.full((6, 6, 3), value, np.float32)) for value in range(BATCH + 3)]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool() as running:
        yield running


def pids(pool: Pool) -> tuple[int, ...]:
    return pool._models.pids


def wait_until(is_so: Callable[[], bool]) -> None:
    until_s = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def test_answers_and_what_is_known_of_the_model_are_the_same(pool: Pool) -> None:
    here, there = open_model_file("m.onnx", channel_means()), open_isolated(pool, "m.onnx", channel_means())
    names = ("name", "digest", "input", "class_names", "normalisation", "trained_on", "batch")
    assert [getattr(there, name) for name in names] == [getattr(here, name) for name in names]
    np.testing.assert_array_equal(there.answers(IMAGES), here.answers(IMAGES))


def test_errors_are_the_same(pool: Pool) -> None:
    with pytest.raises(ModelError) as here:
        open_model_file("m.onnx", b"\x08\x07 nothing")
    with pytest.raises(ModelError) as there:
        open_isolated(pool, "m.onnx", b"\x08\x07 nothing")
    assert str(there.value) == str(here.value)
    with pytest.raises(ModelError, match="not numbers"):
        open_isolated(pool, "n.onnx", not_a_number()).answers(IMAGES)


def test_many_models_take_turns(pool: Pool) -> None:
    models = [
        open_isolated(pool, f"{number}.onnx", channel_means() + bytes([0x1A, 1, 65 + number])) for number in range(6)
    ]
    for model in models:
        np.testing.assert_array_equal(model.answers(IMAGES[:2])[:, 0], [0, 1])


def test_a_model_is_opened_anew_where_its_process_is_another(pool: Pool) -> None:
    model = open_isolated(pool, "m.onnx", channel_means())
    (before,) = pids(pool)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not pids(pool))
    np.testing.assert_array_equal(model.answers(IMAGES[:3])[:, 0], [0, 1, 2])
    assert pids(pool) != (before,)


def test_a_death_at_work_is_a_message_and_the_next_try_works(pool: Pool) -> None:
    model = open_isolated(pool, "m.onnx", channel_means())
    (pid,) = pids(pool)
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(model.answers, IMAGES)
        time.sleep(0.3)
        os.kill(pid, signal.SIGKILL)
        error = asked.exception()
    assert isinstance(error, ProcessLostError)
    assert error.message == "m.onnx failed: its process ended with signal 9 (Killed)."
    np.testing.assert_array_equal(model.answers(IMAGES[:3])[:, 0], [0, 1, 2])


def test_a_batch_that_takes_too_long_is_a_message() -> None:
    with Pool(PoolSettings(limits=WorkerLimits(stage_s=1))) as pool:
        model = open_isolated(pool, "m.onnx", channel_means())
        os.kill(pids(pool)[0], signal.SIGSTOP)
        with pytest.raises(ProcessLostError, match=r"m\.onnx failed: it took longer than 1 s\."):
            model.answers(IMAGES)


def test_nobody_keeps_a_process_that_nobody_asks() -> None:
    with Pool(PoolSettings(models_idle_s=0.5)) as pool:
        assert pids(pool) == ()
        model = open_isolated(pool, "m.onnx", channel_means())
        assert len(pids(pool)) == 1
        wait_until(lambda: not pids(pool))
        np.testing.assert_array_equal(model.answers(IMAGES[:2])[:, 0], [0, 1])
