"""Every way of looking at the pictures."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.viewer.conftest import Opener
from tests.browser.viewer.pictures import PAIRS

MODES = {
    "Side by side": ["a", "b", "difference"],
    "Swipe": ["a"],
    "Onion skin": ["a"],
    "Blink": ["a"],
    "B − A": ["difference"],
    "A": ["a"],
    "B": ["b"],
}
POINT = (200, 150)


def test_a_button_for_every_view(opened: Opener) -> None:
    shown = opened()
    for name, panes in MODES.items():
        shown.button(name).click()
        shown.settle()
        assert shown.visible_panes() == panes
        expect(shown.button(name)).to_have_attribute("aria-pressed", "true")


def test_a_key_for_every_view(opened: Opener) -> None:
    shown = opened()
    for key, name in zip("wokdabs", ("Swipe", "Onion skin", "Blink", "B − A", "A", "B", "Side by side"), strict=True):
        shown.press(key)
        expect(shown.button(name)).to_have_attribute("aria-pressed", "true")


def test_the_view_is_told_to_python(opened: Opener) -> None:
    shown = opened()
    shown.button("Onion skin").click()
    expect(shown.page.get_by_text("mode onion")).to_be_visible()


def test_swiping_shows_a_left_of_the_line_and_b_right_of_it(opened: Opener) -> None:
    shown = opened("noise")
    pair = PAIRS["noise"]()
    shown.press("w", "1")
    assert shown.canvas_pixel("a", 100, 20) == pair.a[20, 100].tolist()
    assert shown.canvas_pixel("a", 300, 20) == pair.b[20, 300].tolist()
    box = shown.pane("a").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2
    shown.page.mouse.move(middle, box["y"] + 40)
    shown.page.mouse.down()
    shown.page.mouse.move(middle - 150, box["y"] + 40, steps=4)
    shown.page.mouse.up()
    shown.settle()
    assert shown.canvas_pixel("a", 100, 20) == pair.b[20, 100].tolist()


def test_the_onion_skin_mixes_by_its_opacity(opened: Opener) -> None:
    shown = opened("noise")
    pair = PAIRS["noise"]()
    shown.press("o", "1")
    mean = (pair.a[20, 100].astype(int) + pair.b[20, 100]) / 2
    np.testing.assert_allclose(shown.canvas_pixel("a", 100, 20), mean, atol=0.5)
    shown.evaluate("viewer.change({ opacity: 1 })")
    shown.settle()
    assert shown.canvas_pixel("a", 100, 20) == pair.b[20, 100].tolist()


def test_blinking_shows_a_and_b_in_turn(opened: Opener) -> None:
    shown = opened("noise")
    pair = PAIRS["noise"]()
    shown.press("k", "1")
    seen = [shown.canvas_pixel("a", 100, 20)]
    for _ in range(2):
        shown.page.wait_for_timeout(700)  # a bit more than a turn at 1.5 a second
        seen.append(shown.canvas_pixel("a", 100, 20))
    assert pair.a[20, 100].tolist() in seen
    assert pair.b[20, 100].tolist() in seen


def test_space_shows_the_other_picture_while_it_is_held(opened: Opener) -> None:
    shown = opened("noise")
    pair = PAIRS["noise"]()
    shown.press("a", "1")
    shown.page.keyboard.down(" ")
    shown.settle()
    assert shown.canvas_pixel("a", 100, 20) == pair.b[20, 100].tolist()
    shown.page.keyboard.up(" ")
    shown.settle()
    assert shown.canvas_pixel("a", 100, 20) == pair.a[20, 100].tolist()


def test_pictures_of_different_sizes_are_named_and_not_subtracted(opened: Opener) -> None:
    shown = opened("different_sizes")
    expect(shown.root.locator(".pane-difference .message")).to_contain_text("A is 400×300, B is 224×224")
    expect(shown.button("Worst pixel")).to_be_disabled()
    expect(shown.root.locator(".pane-a .note")).to_contain_text(re.compile("400×300.*1:1"))
    expect(shown.root.locator(".pane-b .note")).to_contain_text(re.compile("224×224.*1:1"))
    empty = shown.evaluate(
        "{ const { target } = viewer.pane('difference'); return target.words.every((word) => !word); }"
    )
    assert empty


@pytest.mark.parametrize(
    ("scheme", "background"),
    [
        pytest.param(
            "light", "rgb(255, 255, 255)", marks=pytest.mark.browser_context_args(color_scheme="light"), id="light"
        ),
        pytest.param("dark", "rgb(18, 21, 28)", marks=pytest.mark.browser_context_args(color_scheme="dark"), id="dark"),
    ],
)
def test_the_viewer_follows_the_theme(opened: Opener, scheme: str, background: str) -> None:
    shown = opened()
    expect(shown.root).to_have_css("background-color", background)
    image = PAIRS["photograph"]().a
    shown.press("a", "1")
    assert shown.canvas_pixel("a", *POINT) == image[POINT[1], POINT[0]].tolist(), scheme
