"""Memory that two processes share."""

import sys

import numpy as np
import pytest

from core.isolation.arena import KEPT_BYTES, Arena, Span, place_beside

MOST = 1 << 30

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are passed on as Unix does")


def test_what_is_put_in_can_be_taken_out() -> None:
    arena = Arena.create()
    values = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    span = arena.put(values, at=8_192)
    assert span == Span(8_192, (2, 3, 4), "float32")
    assert span.end == 8_192 + 96
    np.testing.assert_array_equal(arena.taken(span, MOST), values)
    arena.close()


def test_a_copy_stays_when_the_place_is_used_again() -> None:
    arena = Arena.create()
    taken = arena.taken(arena.put(np.ones(4, np.uint8)), MOST)
    arena.put(np.zeros(4, np.uint8))
    arena.close()
    assert taken.tolist() == [1, 1, 1, 1]


def test_arrays_outlive_the_growth_of_the_arena() -> None:
    arena = Arena.create()
    span = arena.put(np.full(10, 7, np.uint8))
    before = arena.array(span)
    arena.put(np.zeros(3 << 20, np.uint8), at=4_096)
    np.testing.assert_array_equal(before, np.full(10, 7))
    np.testing.assert_array_equal(arena.array(span), np.full(10, 7))
    arena.close()


def test_both_sides_see_the_same() -> None:
    ours = Arena.create()
    theirs = Arena(ours.descriptor)
    span = theirs.put(np.full((2, 2), 3, np.uint8))
    np.testing.assert_array_equal(ours.array(span), np.full((2, 2), 3))
    ours.close()


@pytest.mark.skipif(sys.platform != "linux", reason="pages of a file can be given back on Linux")
def test_trimming_gives_back_what_is_beyond_the_kept_part() -> None:
    arena = Arena.create()
    kept = arena.put(np.full(8, 5, np.uint8))
    given_back = arena.put(np.full(8, 6, np.uint8), at=KEPT_BYTES)
    arena.trim()
    assert arena.taken(kept, MOST).max() == 5
    assert arena.taken(given_back, MOST).max() == 0
    arena.close()


@pytest.mark.parametrize(
    ("given", "size", "place"), [((4_096, 10), 4_096, 0), ((0, 10), 5, 4_096), ((8, 10), 9, 4_096)]
)
def test_a_result_never_lies_on_what_it_is_made_of(given: tuple[int, int], size: int, place: int) -> None:
    at, count = given
    assert place_beside(Span(at, (count,), "uint8"), size) == place


@pytest.mark.parametrize(
    "span",
    [
        Span(0, (1 << 40,), "uint8"),
        Span(4_096, (1 << 20,), "uint8"),
        Span(-8, (8,), "uint8"),
        Span(0, (-1, 8), "uint8"),
        Span(0, (1_001,), "uint8"),
    ],
)
def test_an_array_that_cannot_be_there_is_not_taken(span: Span) -> None:
    arena = Arena.create()
    arena.put(np.zeros(8, np.uint8))
    with pytest.raises(ValueError, match="There is no array at"):
        arena.taken(span, 1_000)
    arena.close()
