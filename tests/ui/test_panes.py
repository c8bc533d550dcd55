"""What the viewer is told and what is taken from it; the pixels are the browser tests' business."""

from typing import Any

import pytest

from ui import view
from ui.panels.panes import _from_viewer, _to_viewer
from ui.state import first_settings
from ui.viewer import Seen

RGB = ("red", "green", "blue")


def test_only_what_was_chosen_is_told() -> None:
    assert _to_viewer(view.DEFAULTS, RGB) == Seen()


def test_choices_are_told_in_the_viewers_own_terms() -> None:
    shown = first_settings().with_view(gain=8.0, channel="blue", signed=False, pixel=(3, 4), threshold=2.0).view
    expected = Seen((3, 4), None, {"gain": 8.0, "channel": 2, "signed": False, "threshold": 2.0})
    assert _to_viewer(shown, RGB) == expected


def test_a_channel_that_the_images_lack_is_not_told() -> None:
    assert _to_viewer(first_settings().with_view(channel="grey").view, RGB) == Seen()


@pytest.mark.parametrize(
    ("settings", "values"),
    [
        ({"gain": None}, {"gain": view.AUTOMATIC_GAIN}),
        ({"gain": 12.5}, {"gain": 12.5}),
        ({"channel": None}, {"channel": "all"}),
        ({"channel": 1}, {"channel": "green"}),
        ({"channel": 7}, {"channel": "all"}),
        ({"mode": "swipe", "swipe": 0.25}, {"mode": "swipe", "swipe": 0.25}),
        ({"mode": "hack", "threshold": -3, "opacity": "much"}, {}),
        ({"signed_map": ""}, {}),
    ],
)
def test_what_a_browser_says_is_checked(settings: dict[str, Any], values: dict[str, Any]) -> None:
    assert _from_viewer(Seen(settings=settings), RGB) == {"pixel": (), "region": (), **values}


def test_the_chosen_pixel_and_region_come_back() -> None:
    seen = Seen(pixel=(3, 4), region=(1, 2, 10, 20))
    assert _from_viewer(seen, RGB) == {"pixel": (3, 4), "region": (1, 2, 10, 20)}
