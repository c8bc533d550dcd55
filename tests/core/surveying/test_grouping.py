import numpy as np

from core.surveying.grouping import classes_within, in_blocks

# Four in a row on a line at 0, 0.8, 1.6 and 10.
PLACES = np.array([0, 0.8, 1.6, 10])
DISTANCES = np.abs(PLACES[:, np.newaxis] - PLACES)


def test_members_of_a_class_are_all_near_each_other() -> None:
    """The third is near the second, but not near the first: no chain of small steps makes a class."""
    assert classes_within(DISTANCES, 1.0) == ((0, 1), (2,), (3,))


def test_what_cannot_be_compared_is_never_near() -> None:
    distances = np.array([[0, np.nan], [np.nan, 0]])
    assert classes_within(distances, 1e9) == ((0,), (1,))


def test_each_class_is_followed_by_its_nearest() -> None:
    places = np.array([0, 10, 1, 11])
    distances = np.abs(places[:, np.newaxis] - places).astype(np.float64)
    assert in_blocks(((0,), (1,), (2,), (3,)), distances) == ((0,), (2,), (1,), (3,))


def test_what_cannot_be_compared_comes_last() -> None:
    distances = np.array([[0, np.nan, 5], [np.nan, 0, np.nan], [5, np.nan, 0]])
    assert in_blocks(((0,), (1,), (2,)), distances) == ((0,), (2,), (1,))
