from itertools import permutations

import pytest

from core.explaining.shapley import EXACT_UP_TO, Members, needed_sets, shapley_values


def test_gloves() -> None:
    """The textbook's market: one owns a left glove, two a right one, a pair is worth 1 (shares 2/3, 1/6, 1/6)."""

    def worth(members: Members) -> float:
        return float(0 in members and len(members) > 1)

    values = shapley_values(3, worth)
    assert [value.mean for value in values] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert [(value.low, value.high) for value in values] == [(0, 1), (0, 1), (0, 1)]


def test_what_adds_up_keeps_its_amount_in_every_order() -> None:
    amounts = (3.0, -1.0, 0.0, 5.0)
    values = shapley_values(4, lambda members: sum(amounts[each] for each in members))
    assert [value.mean for value in values] == pytest.approx(amounts)
    assert [(value.low, value.high) for value in values] == [(amount, amount) for amount in amounts]


@pytest.mark.parametrize("count", [1, 2, 5, EXACT_UP_TO, EXACT_UP_TO + 1, 9])
def test_the_values_add_up_to_the_whole(count: int) -> None:
    def worth(members: Members) -> float:
        return float(sum(each + 1 for each in members) ** 1.5)

    values = shapley_values(count, worth)
    whole = worth(frozenset(range(count)))
    assert sum(value.mean for value in values) == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("count", [3, EXACT_UP_TO + 2])
def test_the_worth_seen_from_the_other_end_has_the_same_values(count: int) -> None:
    everything = frozenset(range(count))

    def worth(members: Members) -> float:
        return float(sum(2**each for each in members) ** 0.5)

    def mirrored(members: Members) -> float:
        return worth(everything) - worth(everything - members)

    one, other = shapley_values(count, worth), shapley_values(count, mirrored)
    assert [value.mean for value in one] == pytest.approx([value.mean for value in other])


def test_only_the_needed_sets_are_asked_for() -> None:
    asked: set[Members] = set()

    def worth(members: Members) -> float:
        asked.add(members)
        return 0.0

    shapley_values(EXACT_UP_TO + 3, worth)
    assert asked == needed_sets(EXACT_UP_TO + 3)
    assert len(needed_sets(3)) == 2**3
    assert len(list(permutations(range(EXACT_UP_TO)))) == 720
