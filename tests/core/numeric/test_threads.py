import threading

import pytest

from core.numeric.threads import PIXELS_WORTH_A_THREAD, map_row_strips


@pytest.mark.parametrize(("height", "threads"), [(1, 4), (3, 4), (1000, 3), (1001, 2), (7, 1)])
def test_strips_cover_each_row_once_in_order(height: int, threads: int) -> None:
    strips = map_row_strips(lambda rows: list(range(height))[rows], height, PIXELS_WORTH_A_THREAD, threads)
    assert [row for strip in strips for row in strip] == list(range(height))
    assert len(strips) == min(height, threads)


def test_small_images_stay_in_the_callers_thread() -> None:
    assert map_row_strips(lambda _: threading.current_thread(), 224, 224, 2) == [threading.current_thread()]


def test_an_error_in_a_strip_reaches_the_caller() -> None:
    def fail_below(rows: slice) -> None:
        if rows.start:
            raise MemoryError

    with pytest.raises(MemoryError):
        map_row_strips(fail_below, 10, PIXELS_WORTH_A_THREAD, 2)
