import time

import pytest

from core.compare import Comparison, Incomparable
from core.errors import ProcessLostError
from core.operations import opencv
from core.pipeline import Step, put_in_charge
from core.presets import parse_recipe
from core.recipe import Stage
from core.samples import load_sample
from core.source import Source
from ui import cached, running
from ui.running import Waiting, compare_recipes
from ui.warming import Warming

OPENCV = parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 16x16)")
PILLOW = parse_recipe("pillow.open(mode=RGB) | pillow.resize(BICUBIC, 16x16)")
TENSORFLOW = parse_recipe("tensorflow")


@pytest.fixture(autouse=True)
def empty_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    cached.STEPS.clear()
    cached.COMPARISONS.clear()
    monkeypatch.setattr(running, "WARMING", Warming())


@pytest.fixture
def source() -> Source:
    return load_sample("cat")


def silent(line: str) -> None:
    raise AssertionError(f"Nothing to wait for, but it said {line!r}.")


def test_the_comparison_is_that_of_both_recipes(source: Source) -> None:
    result = compare_recipes(source, OPENCV, PILLOW, str)
    assert isinstance(result, Comparison)
    assert (result.a.recipe, result.b.recipe) == (OPENCV, PILLOW)


def test_what_is_known_is_not_computed_and_needs_no_word(source: Source) -> None:
    first = compare_recipes(source, OPENCV, PILLOW, str)
    assert compare_recipes(source, OPENCV, PILLOW, silent) is first


def test_a_side_that_waits_for_its_library_leaves_the_other_alone(source: Source) -> None:
    result = compare_recipes(source, TENSORFLOW, PILLOW, str)
    assert isinstance(result, Waiting)
    assert result.a is None
    assert result.b is not None
    assert result.b.recipe == PILLOW


def test_a_slow_stage_is_named(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE_S", 0.02)
    monkeypatch.setattr(running, "POLL_S", 0.02)
    said: list[str] = []

    monkeypatch.setattr(opencv, "refuse_what_crashes", lambda _: time.sleep(0.3))
    compare_recipes(source, OPENCV, OPENCV, said.append)
    assert said[0].startswith("A: opencv.imdecode … · B: opencv.imdecode …")


def test_a_person_who_goes_on_leaves_nothing_in_the_queue(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit ends a script run by an exception from whatever it shows next."""
    monkeypatch.setattr(running, "PATIENCE_S", 0.0)
    monkeypatch.setattr(opencv, "refuse_what_crashes", lambda _: time.sleep(0.3))

    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_recipes(source, OPENCV, PILLOW, interrupt)
    assert cached.COMPARISONS.used_bytes == 0


def test_a_comparison_whose_process_was_lost_is_not_kept_and_the_next_try_works(source: Source) -> None:
    class Losing:
        def carry_out(self, stage: Stage, given: object, level: float) -> Step:  # noqa: ARG002
            raise ProcessLostError("The process is gone.", "Try again.")

    put_in_charge(Losing())
    try:
        lost = compare_recipes(source, OPENCV, PILLOW, str)
    finally:
        put_in_charge(None)
    assert isinstance(lost, Comparison)
    assert lost.is_lost
    assert isinstance(lost.final, Incomparable)
    assert lost.final.remedy == "Try again. Try again."
    again = compare_recipes(source, OPENCV, PILLOW, str)
    assert isinstance(again, Comparison)
    assert not again.is_lost
