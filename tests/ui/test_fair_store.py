import pytest

from ui.fair_store import FairStore

OWNERS = {"cat": ["one"], "dog": ["two"], "both": ["one", "two"], "sample": []}


@pytest.fixture
def store() -> FairStore[str]:
    """Room for ten entries of one byte, in groups whose owners are above."""
    return FairStore(10, lambda group: OWNERS[str(group)])


def fill(store: FairStore[str], group: str, count: int) -> list[str]:
    keys = [f"{group} {number}" for number in range(count)]
    for key in keys:
        store.put(key, group, key, 1)
    return keys


def kept(store: FairStore[str], keys: list[str]) -> list[str]:
    return [key for key in keys if key in store]


def test_a_session_alone_may_have_everything(store: FairStore[str]) -> None:
    assert kept(store, fill(store, "cat", 10)) == [f"cat {number}" for number in range(10)]


def test_a_session_that_walks_through_many_pictures_takes_nothing_from_one_with_its_equal_share(
    store: FairStore[str],
) -> None:
    quiet = fill(store, "dog", 5)
    busy = fill(store, "cat", 100)
    assert kept(store, quiet) == quiet
    assert kept(store, busy) == busy[-5:]


def test_a_session_that_comes_later_gets_its_share_from_the_one_that_holds_most(store: FairStore[str]) -> None:
    first, second = fill(store, "cat", 10), fill(store, "dog", 5)
    assert kept(store, first) == first[5:]
    assert kept(store, second) == second


def test_what_was_used_longest_ago_goes_first(store: FairStore[str]) -> None:
    keys = fill(store, "cat", 10)
    store.get(keys[0])
    store.put("newest", "cat", "newest", 1)
    assert kept(store, keys) == [keys[0], *keys[2:]]


def test_what_two_sessions_own_counts_half_for_each(store: FairStore[str]) -> None:
    shared = fill(store, "both", 4)  # two for each
    own = fill(store, "cat", 6)  # and six more for one of them
    store.put("newest", "dog", "newest", 1)
    assert kept(store, shared) == shared[1:]  # the heavier session's oldest, which it owns together with the other
    assert kept(store, own) == own


def test_what_nobody_owns_gives_as_one_session_would(store: FairStore[str]) -> None:
    samples = fill(store, "sample", 10)
    fill(store, "cat", 5)
    assert kept(store, samples) == samples[5:]


def test_what_has_only_just_come_stays_even_if_it_is_more_than_a_share(store: FairStore[str]) -> None:
    fill(store, "cat", 3)
    store.put("large", "dog", "large", 9)
    assert "large" in store
    assert store.used_bytes == 10


def test_what_is_larger_than_the_store_leaves_it_as_it_is(store: FairStore[str]) -> None:
    keys = fill(store, "cat", 10)
    store.put("large", "dog", "large", 11)
    assert kept(store, [*keys, "large"]) == keys


def test_a_group_is_dropped_as_a_whole(store: FairStore[str]) -> None:
    fill(store, "cat", 3)
    rest = fill(store, "dog", 2)
    store.drop_group("cat")
    assert store.used_bytes == 2
    assert kept(store, rest) == rest


def test_a_key_that_is_put_again_counts_once(store: FairStore[str]) -> None:
    store.put("a", "cat", "first", 4)
    store.put("a", "cat", "second", 3)
    assert (store.get("a"), store.used_bytes) == ("second", 3)
