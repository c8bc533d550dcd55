"""Jobs without a page: progress, stopping, failing."""

import time
from threading import Event

import pytest

from core.errors import ProcessLostError, SpokenError, StageError
from core.progress import Progress
from ui import jobs
from ui.configuration import configuration

PATIENCE_S = 10


def wait_for_end(job: jobs.Job[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not job.is_done and time.monotonic() < deadline:
        time.sleep(0.01)
    assert job.is_done


def test_a_job_says_how_far_it_is_and_comes_to_its_end() -> None:
    told, may_go_on = Event(), Event()

    def work(tell: Progress) -> str:
        tell(0.5, "half of it")
        told.set()
        assert may_go_on.wait(PATIENCE_S)
        return "done"

    job = jobs.Job("key", work)
    assert told.wait(PATIENCE_S)
    assert (job.share, job.text, job.has_result) == (0.5, "half of it", False)
    may_go_on.set()
    wait_for_end(job)
    assert job.has_result
    assert job.problem is None


def test_a_stopped_job_ends_at_its_next_step() -> None:
    begun = Event()

    def work(tell: Progress) -> str:
        while True:
            tell(None, "again")
            begun.set()

    job = jobs.Job("key", work)
    assert begun.wait(PATIENCE_S)
    job.stop()
    wait_for_end(job)
    assert job.is_stopped
    assert not job.has_result
    assert job.problem is None


@pytest.mark.parametrize("kind", [StageError, ProcessLostError])
def test_a_failure_in_words_is_the_jobs_problem(kind: type[SpokenError]) -> None:
    def work(_tell: Progress) -> str:
        raise kind("It does not work.", "Do something else.")

    job = jobs.Job("key", work)
    wait_for_end(job)
    assert str(job.problem) == "It does not work. Do something else."


def test_what_nobody_foresaw_is_raised() -> None:
    def work(_tell: Progress) -> str:
        raise ZeroDivisionError

    job = jobs.Job("key", work)
    wait_for_end(job)
    with pytest.raises(ZeroDivisionError):
        _ = job.problem


def test_a_job_says_how_many_come_first_and_one_that_is_stopped_leaves_the_queue() -> None:
    may_go_on = Event()

    def work(tell: Progress) -> str:
        tell(None, "at work")
        assert may_go_on.wait(PATIENCE_S)
        return "done"

    running = [jobs.Job("key", work) for _ in range(configuration().jobs)]
    first, second = jobs.Job("key", work), jobs.Job("key", work)
    assert (first.text, second.text) == ("waiting for 1 other", "waiting for 2 others")
    first.stop()
    assert first.is_stopped
    assert second.text == "waiting for 1 other"
    may_go_on.set()
    for job in (*running, second):
        wait_for_end(job)
        assert job.has_result
