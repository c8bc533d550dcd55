"""Settings of the view that repeat what the core has, and the kinds of settings that only the view has."""

import pytest

from core.auditing.paging import ORDERS
from core.auditing.queries import SLICES
from core.errors import RecipeError
from ui import view


def test_slices_and_orders_are_the_cores() -> None:
    assert sorted(view.SLICES) == sorted(SLICES)
    assert list(view.ORDERS) == list(ORDERS)


def test_words_are_one_short_line() -> None:
    folder = view.option("folder")
    assert folder.parse("/home/me/photos, summer (2)") == "/home/me/photos, summer (2)"
    for text in ("a\nb", "a\0", "a" * (view.MAX_CHARACTERS + 1)):
        with pytest.raises(RecipeError, match="a line of at most 1000 characters"):
            folder.parse(text)
