import time

import pytest

from core.isolation.pool import Pool
from core.presets import parse_recipe
from ui import warming
from ui.warming import Warming


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The presets that were run, in order, instead of importing their libraries."""
    run: list[str] = []
    original = Warming._try

    def record(preset: str) -> object:
        run.append(preset)
        return original("opencv")

    monkeypatch.setattr(Warming, "_try", staticmethod(record))
    return run


def test_the_quick_libraries_come_before_tensorflow(imported: list[str]) -> None:
    warm = Warming()
    warm.page_drawn()
    warm.start()
    assert warm.wait(30)
    assert imported == ["opencv", "tensorflow"]


def test_nothing_is_imported_before_the_first_page(imported: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "PATIENCE_S", 30)
    warm = Warming()
    warm.start()
    assert not warm._tensorflow_ready.wait(0.2)
    assert imported == []
    warm.page_drawn()
    assert warm.wait(30)


def test_nothing_is_imported_twice(imported: list[str]) -> None:
    warm = Warming()
    warm.page_drawn()
    warm.start()
    warm.start()
    warm.wait(30)
    assert imported == ["opencv", "tensorflow"]


def test_tensorflow_comes_even_if_nobody_does(imported: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "PATIENCE_S", 0.0)
    warm = Warming()
    warm.start()
    assert warm._tensorflow_ready.wait(30)
    assert imported[-1] == "tensorflow"


@pytest.mark.parametrize(("recipe", "waits"), [("opencv", False), ("tensorflow", True), ("tensorflow-v1", True)])
def test_only_recipes_with_tensorflow_wait_for_it(recipe: str, waits: bool) -> None:
    assert Warming().is_awaited_by(parse_recipe(recipe)) is waits


def test_nobody_waits_for_what_is_there(imported: list[str]) -> None:
    warm = Warming()
    warm.page_drawn()
    warm.start()
    warm.wait(30)
    assert not warm.is_awaited_by(parse_recipe("tensorflow"))
    assert imported


def test_the_clock_starts_with_the_import() -> None:
    assert Warming().waited_s == 0


@pytest.mark.usefixtures("imported")
def test_a_lost_tensorflow_process_is_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Restarting:
        is_ready = False
        starting_since_s = time.monotonic() - 7

    pool = Pool()
    monkeypatch.setattr(pool, "begin", lambda _: None)
    warm = Warming()
    warm.page_drawn()
    warm.start(pool)
    assert warm.wait(30)
    monkeypatch.setattr(pool, "team", lambda _: Restarting)
    assert not warm.is_done
    assert warm.is_awaited_by(parse_recipe("tensorflow"))
    assert 7 <= warm.waited_s < 60
    Restarting.is_ready = True
    assert warm.is_done
