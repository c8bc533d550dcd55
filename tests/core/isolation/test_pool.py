"""Stages in processes of their own: the same results, and whatever ends one costs that stage alone."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.errors import ImageContractError, LibraryMissingError, ProcessLostError, SamePixelsError, StageError
from core.image import Image, as_image
from core.isolation import arena, worker_process
from core.isolation.limits import WorkerLimits
from core.isolation.pool import Pool, PoolSettings
from core.operations import catalogue
from core.operations.catalogue import library_of
from core.operations.libraries import OPENCV, TENSORFLOW
from core.pipeline import Step, carry_out_here, put_in_charge, run
from core.presets import parse_recipe
from core.recipe import Stage, parse_stage
from core.samples import load_sample
from tests.core.catalogue_cover import cover, recipes_to
from tests.core.isolation import faults

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are Unix processes")

WORKER = "tests.core.isolation.faulty_worker"
DEADLY = {"abort", "bad_alloc", "hang", "allocate"}
IMAGE = as_image(np.arange(24, dtype=np.uint8).reshape(2, 4, 3))


@pytest.fixture(scope="module", autouse=True)
def faulty_catalogue() -> Iterator[None]:
    before, catalogue.ROWS = catalogue.ROWS, faults.ROWS
    yield
    catalogue.ROWS = before


def pool_of(workers: int, **limits: float) -> Pool:
    return Pool(PoolSettings(workers=workers, module=WORKER, limits=WorkerLimits(**limits)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with pool_of(2) as running:
        running.begin(faults.LIBRARY)
        yield running


@pytest.fixture(scope="module")
def single() -> Iterator[Pool]:
    """A pool in which everybody waits for the same worker, which has little memory."""
    with pool_of(1, memory_bytes=1 << 30) as running:
        yield running


NEW_HEIGHTS = itertools.count(2)


def new_image() -> Image:
    """One that nothing has been done with: what has ended two processes is refused."""
    return as_image(np.zeros((next(NEW_HEIGHTS), 1, 1), np.uint8))


@pytest.fixture(scope="module")
def lying() -> Iterator[Pool]:
    with Pool(PoolSettings(workers=1, module="tests.core.isolation.lying_worker")) as running:
        yield running


def done(pool: Pool, kind: str, value: int = 0, image: Image | None = None) -> Step:
    if image is None:
        image = new_image() if kind in DEADLY else IMAGE
    return pool.carry_out(parse_stage(f"faults.do({kind}, value={value})"), image, 1.0)


def worker_pids(pool: Pool) -> tuple[int, ...]:
    return pool.team(faults.LIBRARY).pids


def wait_until(is_so: Callable[[], bool], timeout_s: float = 60) -> None:
    until_s = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether the process is there, and no zombie that its parent has yet to ask about."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def held() -> tuple[int, set[str]]:
    """How many descriptors this process has, and the names of shared memory in the system."""
    return len(list(Path("/proc/self/fd").iterdir())), {path.name for path in Path("/dev/shm").iterdir()}  # noqa: S108


def in_step(stages: tuple[Stage, ...], data: bytes, carry_out: Callable[[Stage, bytes | Image, float], Step]) -> object:
    """All that the last step has beside its time, or the error's words."""
    given: bytes | Image = data
    level = 1.0
    try:
        for stage in stages:
            step = carry_out(stage, given, level)
            given, level = step.image, step.level
    except SamePixelsError as error:
        return type(error), error.message, error.remedy
    return step.stage, step.image.tobytes(), step.image.shape, step.image.dtype, step.notes, step.level


def test_every_operation_gives_the_same_there_bit_for_bit(pool: Pool) -> None:
    data = load_sample("coffee-on-its-side").data
    here = [each for each in cover() if library_of(each.name) not in (TENSORFLOW, faults.LIBRARY, faults.MISSING)]
    recipes = [recipe.stages for last in here for recipe in recipes_to(last)]
    assert len(recipes) > 100
    for stages in recipes:
        assert in_step(stages, data, pool.carry_out) == in_step(stages, data, carry_out_here)


def test_a_result_is_an_image_as_any_other(pool: Pool) -> None:
    step = done(pool, "note", 5)
    np.testing.assert_array_equal(step.image, IMAGE + 5)
    assert not step.image.flags.writeable
    assert step.image.flags.c_contiguous
    assert step.notes == ("5 was noted.",)
    assert 0 <= step.elapsed_s < 1


def test_the_time_is_the_stages_own(pool: Pool) -> None:
    assert 0.2 <= done(pool, "sleep").elapsed_s < 10


@pytest.mark.parametrize(
    ("stage", "kind", "message", "remedy"),
    [
        ("faults.do(refuse)", StageError, "It refuses.", "Ask another."),
        ("faults.do(fail)", StageError, "faults.do failed: 17 is wrong", "Choose another operation or other options."),
        (
            "missing.do",
            LibraryMissingError,
            "Missing is not installed.",
            "Install it with: pip install no-such-package",
        ),
    ],
)
def test_errors_arrive_as_they_were_raised(
    pool: Pool, stage: str, kind: type[SamePixelsError], message: str, remedy: str
) -> None:
    with pytest.raises(SamePixelsError) as caught:
        pool.carry_out(parse_stage(stage), IMAGE, 1.0)
    assert (type(caught.value), caught.value.message, caught.value.remedy) == (kind, message, remedy)


def test_own_stages_stay_in_this_process(pool: Pool) -> None:
    step = pool.carry_out(parse_stage("cast.uint8(round)"), IMAGE, 1.0)
    assert step.image is IMAGE


def test_a_pool_in_charge_carries_out_recipes(pool: Pool) -> None:
    source, recipe = load_sample("coffee-on-its-side"), parse_recipe("opencv")
    expected = run(source, recipe).image
    put_in_charge(pool)
    try:
        trace = run(source, recipe)
    finally:
        put_in_charge(None)
    assert trace.failure is None
    assert expected is not None
    np.testing.assert_array_equal(trace.image, expected)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("abort", "faults.do failed: its process ended with signal 6 (Aborted)."),
        ("bad_alloc", "faults.do failed: it needed more than 1 GB of memory."),
    ],
)
def test_what_ends_a_process_is_an_error_and_the_next_try_works(single: Pool, kind: str, words: str) -> None:
    before = done(single, "none", 1), worker_pids(single)
    with pytest.raises(ProcessLostError, match=r"Try again") as caught:
        done(single, kind)
    assert caught.value.message == words
    np.testing.assert_array_equal(done(single, "none", 1).image, before[0].image)
    assert worker_pids(single) != before[1]


def test_what_takes_too_long_is_an_error_and_the_next_try_works() -> None:
    with pool_of(1, stage_s=1) as pool:
        with pytest.raises(ProcessLostError, match=r"faults\.do failed: it took longer than 1 s\. Try again"):
            done(pool, "hang")
        assert done(pool, "none", 1).image.max() == 24


def test_memory_beyond_the_limit_ends_nothing_where_the_library_says_so(single: Pool) -> None:
    done(single, "none")
    before = worker_pids(single)
    with pytest.raises(ProcessLostError, match=r"faults.do failed: it needed more than 1 GB of memory. Try again"):
        done(single, "allocate")
    done(single, "none")
    assert worker_pids(single) == before


def test_those_who_wait_for_the_same_worker_go_on(single: Pool) -> None:
    done(single, "none")
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(done, single, "abort")
        others = [threads.submit(done, single, "none", value) for value in (1, 2, 3)]
        assert isinstance(first.exception(), ProcessLostError)
        for value, other in enumerate(others, start=1):
            np.testing.assert_array_equal(other.result().image, IMAGE + value)


def test_a_kill_from_outside_is_a_message_to_one_alone(pool: Pool) -> None:
    wait_until(lambda: len(worker_pids(pool)) == 2)
    with ThreadPoolExecutor(2) as threads:
        with pool.team(faults.LIBRARY).worker() as busy:
            hanging = threads.submit(done, pool, "hang")
            wait_until(hanging.running)
            (other,) = set(worker_pids(pool)) - {busy.pid}
            time.sleep(0.2)
            os.kill(other, signal.SIGKILL)
            error = hanging.exception()
            np.testing.assert_array_equal(
                busy.carry_out(parse_stage("faults.do(none, value=9)"), IMAGE, 1.0).image, IMAGE + 9
            )
        assert str(error).startswith("faults.do failed: its process ended with signal 9 (Killed).")
    wait_until(lambda: len(worker_pids(pool)) == 2)


def test_a_worker_that_is_killed_while_idle_is_replaced(pool: Pool) -> None:
    wait_until(lambda: len(worker_pids(pool)) == 2)
    killed = worker_pids(pool)
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not set(killed) & set(worker_pids(pool)))
    np.testing.assert_array_equal(done(pool, "none", 2).image, IMAGE + 2)


def test_a_stop_of_all_processes_leaves_the_workers_to_the_server(pool: Pool) -> None:
    pool.begin(faults.LIBRARY)
    wait_until(lambda: len(worker_pids(pool)) == 2)
    before = worker_pids(pool)
    for pid in before:
        os.kill(pid, signal.SIGTERM)
    np.testing.assert_array_equal(done(pool, "none", 2).image, IMAGE + 2)
    assert worker_pids(pool) == before


def test_eight_threads_get_their_own_results(pool: Pool) -> None:
    def chain(number: int) -> list[int]:
        image = as_image(np.full((64, 64, 1), number, np.uint8))
        found = []
        for _ in range(8):
            image = done(pool, "none", 8, image).image
            found.append(int(image.max()))
            assert image.min() == image.max()
        return found

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(chain, range(8)))
    assert found == [[number + 8 * step for step in range(1, 9)] for number in range(8)]


def test_a_result_given_on_is_found_where_it_is_and_one_that_was_overwritten_is_sent(single: Pool) -> None:
    first = done(single, "none", 1).image
    with single.team(faults.LIBRARY).worker(first) as worker:
        assert worker.holds(first)
    second = done(single, "none", 1, first).image
    np.testing.assert_array_equal(second, IMAGE + 2)
    third = done(single, "none", 1, first).image
    np.testing.assert_array_equal(third, IMAGE + 2)
    np.testing.assert_array_equal(first, IMAGE + 1)
    with single.team(faults.LIBRARY).worker(first) as worker:
        assert not worker.holds(first)


def test_a_result_beyond_what_is_kept_arrives_whole_and_can_be_given_on(
    single: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (arena, worker_process):
        monkeypatch.setattr(module, "KEPT_BYTES", 1 << 20)
    large = done(single, "large", 7).image
    assert large.nbytes == 3 << 20
    assert large.min() == large.max() == 7
    assert done(single, "none", 1, large).image.min() == 8


def test_what_has_ended_two_processes_is_refused_and_nothing_else(single: Pool) -> None:
    image, other = new_image(), new_image()
    for _ in range(2):
        with pytest.raises(ProcessLostError):
            done(single, "abort", image=image)
    with pytest.raises(StageError, match=r"faults.do has ended 2 processes on this picture"):
        done(single, "abort", image=image)
    assert done(single, "none", 3, other).image.max() == 3


def test_nothing_is_left_after_many_requests_and_kills() -> None:
    before = held()
    with pool_of(2) as pool:
        done(pool, "none")
        seen: set[int] = set()
        for number in range(200):
            done(pool, "none", number % 200)
            seen.update(worker_pids(pool))
            if number % 70 == 69:
                with pytest.raises(ProcessLostError):
                    done(pool, "abort")
        seen.update(worker_pids(pool))
        assert len(seen) >= 3
    assert not any(map(is_running, seen))
    assert held() == before


def test_workers_end_with_the_server_whatever_they_are_at() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.core.isolation.endless_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(is_running, pids))
        server.kill()
    wait_until(lambda: not any(map(is_running, pids)))


def test_workers_that_cannot_start_are_told_of_and_nobody_is_blamed() -> None:
    stage = parse_stage("opencv.resize(INTER_AREA, 1x1)")
    with Pool(PoolSettings(workers=1, module="no.such.module")) as pool:
        for _ in range(3):
            with pytest.raises(
                ProcessLostError, match=r"cannot be started: its process ended with exit code 1 \(.*no\W"
            ):
                pool.carry_out(stage, IMAGE, 1.0)


def test_a_worker_that_has_grown_is_replaced() -> None:
    with pool_of(1, requests=2, memory_bytes=-1) as pool, pool.team(OPENCV).worker() as worker:
        assert not worker.is_worn
        worker.requests, worker._last_bytes = 2, worker._first_bytes + 1
        assert worker.is_worn


def test_a_closed_pool_says_so() -> None:
    pool = pool_of(1)
    pool.close()
    with pytest.raises(ProcessLostError, match="the server is stopping"):
        done(pool, "none")


@pytest.mark.parametrize(
    ("lie", "kind", "words"),
    [
        (0, ProcessLostError, "its process answered with something that is no array"),
        (1, ProcessLostError, "its process answered with something that is no array"),
        (2, ProcessLostError, "its process answered with something that is no array"),
        (3, StageError, "It ends."),
        (4, ImageContractError, "It is no image."),
        (5, ProcessLostError, "its process ended with signal 9"),
    ],
)
def test_what_a_worker_says_is_not_believed(lying: Pool, lie: int, kind: type[SamePixelsError], words: str) -> None:
    with pytest.raises(kind, match=words):
        lying.carry_out(parse_stage("faults.do(none)"), new_image(), float(lie))
