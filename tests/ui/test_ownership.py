import pytest

from ui.cached import ByteBoundedCache
from ui.ownership import OWNERSHIP, Ownership


@pytest.fixture
def orphans() -> list[str]:
    return []


@pytest.fixture
def ownership(orphans: list[str]) -> Ownership:
    made = Ownership()
    made.when_orphaned(orphans.append)
    return made


def test_a_picture_is_orphaned_by_the_last_that_has_it(ownership: Ownership, orphans: list[str]) -> None:
    ownership.hold("one", ["cat", "dog"])
    ownership.hold("two", ["cat"])
    ownership.release("one")
    assert orphans == ["dog"]
    ownership.release("two")
    assert orphans == ["dog", "cat"]
    assert not ownership.owners("cat")


def test_a_session_lets_go_of_what_it_holds_no_longer(ownership: Ownership, orphans: list[str]) -> None:
    ownership.hold("one", ["cat", "dog"])
    ownership.hold("one", ["dog", "bird"])
    assert orphans == ["cat"]
    assert [list(ownership.owners(each)) for each in ("cat", "dog", "bird")] == [[], ["one"], ["one"]]


def test_an_orphan_that_somebody_has_again_is_none(ownership: Ownership) -> None:
    ownership.hold("one", ["cat"])
    ownership.release("one")
    assert ownership.is_orphan("cat")
    ownership.hold("two", ["cat"])
    assert not ownership.is_orphan("cat")


def test_what_nobody_ever_had_is_no_orphan(ownership: Ownership) -> None:
    assert not ownership.is_orphan("a sample")


def test_a_cache_forgets_orphans_and_keeps_nothing_that_comes_late() -> None:
    cache: ByteBoundedCache[bytes] = ByteBoundedCache(10_000, len)
    OWNERSHIP.hold("one", ["cat of the test"])
    cache.put(("cat of the test", "recipe"), b"pixels")
    cache.put(("a sample", "recipe"), b"pixels")
    OWNERSHIP.release("one")
    cache.put(("cat of the test", "recipe"), b"pixels")
    assert cache.get(("cat of the test", "recipe")) is None
    assert cache.get(("a sample", "recipe")) == b"pixels"
