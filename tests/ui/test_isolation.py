import os
import sys
from dataclasses import replace

import pytest

from core.models.embedded import ADDRESS
from core.pipeline import put_in_charge
from tests.core.models.making import channel_means
from ui import isolation
from ui.configuration import Configuration
from ui.isolation import isolated, own_model

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="workers are Unix processes")


def in_charge() -> object:
    """Who carries out stages now."""
    put_in_charge(carrier := put_in_charge(None))
    return carrier


@unix_only
def test_the_pool_has_what_is_configured_and_is_in_charge_while_the_server_runs() -> None:
    settings = replace(Configuration(), library_processes=3, stage_s=7.0, process_memory_bytes=1 << 28)
    with isolated(settings) as pool:
        assert pool is not None
        assert in_charge() is pool
        found = pool._settings
        assert (found.workers, found.tensorflow_workers) == (3, 1)
        assert (found.limits.stage_s, found.limits.memory_bytes) == (7.0, 1 << 28)
    assert in_charge() is None


def test_it_can_be_switched_off() -> None:
    with isolated(replace(Configuration(), isolation=False)) as pool:
        assert pool is None
        assert in_charge() is None


def test_a_system_that_is_no_unix_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    with isolated(Configuration()) as pool:
        assert pool is None


@unix_only
def test_models_are_opened_where_stages_are_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(isolation, "open_isolated", lambda pool, name, _: opened.append((pool, name)))
    monkeypatch.setattr(isolation, "embedded_isolated", lambda pool: opened.append((pool, ADDRESS)))
    assert own_model("m.onnx", channel_means()).name == "m.onnx"
    assert opened == []
    with isolated(Configuration()) as pool:
        own_model("m.onnx", channel_means())
        isolation.embedded_model()
    assert opened == [(pool, "m.onnx"), (pool, ADDRESS)]
