"""Pictures side by side: who is at which step when, told by steps that note it."""

from core.auditing.picture import Audited, Steps
from core.auditing.side_by_side import PICTURES, PIXELS, side_by_side


class Noting:
    """Pictures of two steps and an end, and the places that were noted."""

    def __init__(self, pixels: int) -> None:
        self._pixels = pixels
        self.taken: list[tuple[int, str]] = []
        self.at: list[int | None] = []

    def begin(self, place: int) -> Steps:
        for step in ("read", "run"):
            self.taken.append((place, step))
            yield self._pixels
        self.taken.append((place, "end"))
        return Audited([{"index": place}], [])

    def places_at_once(self) -> int:
        """The most pictures that had begun and not ended."""
        begun = 0
        most = 0
        for _, step in self.taken:
            begun += (step == "read") - (step == "end")
            most = max(most, begun)
        return most


def test_small_pictures_take_their_steps_in_turn() -> None:
    noting = Noting(pixels=100)
    done = list(side_by_side([4, 7], noting.begin, noting.at.append))
    assert noting.taken == [(4, "read"), (7, "read"), (4, "run"), (7, "run"), (4, "end"), (7, "end")]
    assert [(each.place, each.audited.rows) for each in done] == [(4, [{"index": 4}]), (7, [{"index": 7}])]
    assert all(each.seconds > 0 for each in done)


def test_each_step_is_noted_at_its_place_before_it_is_taken() -> None:
    at: list[int | None] = []

    def noting(place: int) -> Steps:
        for _ in range(3):
            assert at[-1] == place
            yield 100
        return Audited([], [])

    list(side_by_side([4, 7], noting, at.append))
    assert at[-1] is None


def test_large_pictures_come_one_after_the_other() -> None:
    noting = Noting(pixels=PIXELS)
    list(side_by_side(range(5), noting.begin, noting.at.append))
    assert noting.places_at_once() == 1


def test_no_more_than_so_many_are_in_memory() -> None:
    few, many = Noting(pixels=PIXELS // 3), Noting(pixels=1)
    list(side_by_side(range(9), few.begin, few.at.append))
    done = list(side_by_side(range(3 * PICTURES), many.begin, many.at.append))
    assert (few.places_at_once(), many.places_at_once()) == (4, PICTURES)
    assert sorted(each.place for each in done) == list(range(3 * PICTURES))


def test_what_ends_at_once_needs_no_second_step() -> None:
    def failed(place: int) -> Steps:
        yield from ()
        return Audited([{"index": place}], [])

    assert [each.place for each in side_by_side([0, 1, 2], failed, lambda _: None)] == [0, 1, 2]
