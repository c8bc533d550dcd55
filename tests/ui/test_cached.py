import numpy as np
import pytest

from core.image import as_image
from core.pipeline import Step
from core.recipe import stage
from ui.cached import ByteBoundedCache

KEPT_WITH_OVERHEAD = 1_024 + 100


@pytest.fixture
def cache() -> ByteBoundedCache[bytes]:
    """Room for two values of 100 bytes."""
    return ByteBoundedCache(2 * KEPT_WITH_OVERHEAD, len)


def test_a_value_is_found_again(cache: ByteBoundedCache[bytes]) -> None:
    cache.put("a", b"x" * 100)
    assert cache.get("a") == b"x" * 100
    assert cache.get("b") is None


def test_what_was_not_used_for_longest_goes_first(cache: ByteBoundedCache[bytes]) -> None:
    for key in ("a", "b"):
        cache.put(key, key.encode() * 100)
    cache.get("a")
    cache.put("c", b"c" * 100)
    assert [cache.get(key) is not None for key in ("a", "b", "c")] == [True, False, True]
    assert cache.used_bytes == 2 * KEPT_WITH_OVERHEAD


def test_what_is_larger_than_the_cache_is_not_kept(cache: ByteBoundedCache[bytes]) -> None:
    cache.put("a", b"x" * 100)
    cache.put("large", b"x" * 10_000)
    assert cache.get("large") is None
    assert cache.get("a") is not None


def test_a_value_is_made_once(cache: ByteBoundedCache[bytes]) -> None:
    made = [cache.get_or_make("a", lambda: b"first"), cache.get_or_make("a", lambda: b"second")]
    assert made == [b"first", b"first"]


def test_an_empty_value_is_kept_too(cache: ByteBoundedCache[bytes]) -> None:
    assert [cache.get_or_make("a", lambda: b""), cache.get_or_make("a", lambda: b"again")] == [b"", b""]


def test_everything_can_be_forgotten(cache: ByteBoundedCache[bytes]) -> None:
    cache.put("a", b"x")
    cache.clear()
    assert cache.get("a") is None
    assert cache.used_bytes == 0


def test_a_step_counts_with_its_images_bytes() -> None:
    from ui.cached import STEPS

    STEPS.clear()
    STEPS.put(("sha", "recipe"), Step(stage("channels.swap"), as_image(np.zeros((10, 20, 3), np.float32)), 0.0))
    assert STEPS.used_bytes == 1_024 + 10 * 20 * 3 * 4
    STEPS.clear()
