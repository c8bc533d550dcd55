"""Mouse, keys and fingers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.viewer.conftest import Opener, Shown


def view(shown: Shown) -> dict[str, float]:
    shown.settle()
    found: dict[str, float] = shown.evaluate("({ ...viewer.camera.view })")
    return found


MIDDLE = (200, 150)


def test_a_drag_pans_all_panes(opened: Opener) -> None:
    shown = opened()
    shown.press("+", "+")
    before = view(shown)
    x, y = shown.place_of(*MIDDLE, "b")
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(x + 60, y + 30, steps=3)
    shown.page.mouse.up()
    after = view(shown)
    assert before["x"] - after["x"] == pytest.approx(60 / after["scale"], abs=0.1)
    assert before["y"] - after["y"] == pytest.approx(30 / after["scale"], abs=0.1)


def test_the_wheel_scrolls_the_page_until_the_viewer_is_clicked(opened: Opener) -> None:
    shown = opened()
    shown.page.mouse.move(*shown.place_of(*MIDDLE))
    shown.page.mouse.wheel(0, -200)
    expect(shown.root.locator(".hint")).to_be_visible()
    assert view(shown)["scale"] == 1
    shown.page.mouse.click(*shown.place_of(*MIDDLE))
    shown.page.mouse.wheel(0, -200)
    expect(shown.root.locator(".scale")).not_to_have_text("1:1")


def test_the_pixel_under_the_pointer_stays_there_while_zooming(opened: Opener) -> None:
    shown = opened()
    shown.press("+")
    x, y = shown.place_of(*MIDDLE)
    shown.page.mouse.move(x + 50, y - 20)
    before = shown.evaluate("viewer.selection.cursor")
    shown.page.mouse.wheel(0, -120)
    expect(shown.root.locator(".scale")).not_to_have_text("2×")
    shown.page.mouse.move(x + 50, y - 20)
    assert shown.evaluate("viewer.selection.cursor") == pytest.approx(before, abs=1)


def test_a_click_keeps_the_pixel_and_tells_python(opened: Opener) -> None:
    shown = opened()
    shown.page.mouse.click(*shown.place_of(*MIDDLE, "b"))
    expect(shown.page.get_by_text("pixel (200, 150)")).to_be_visible()
    expect(shown.root.locator(".place").first).to_contain_text("x 200  y 150")


def test_a_drag_with_shift_marks_a_region_and_tells_python(opened: Opener) -> None:
    shown = opened()
    x, y = shown.place_of(*MIDDLE)
    shown.page.keyboard.down("Shift")
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(x + 39, y + 19, steps=4)
    shown.page.mouse.up()
    shown.page.keyboard.up("Shift")
    expect(shown.page.get_by_text("region (200, 150, 40, 20)")).to_be_visible()
    shown.press("Escape")
    expect(shown.page.get_by_text("region None")).to_be_visible()


def test_the_keys_alone_do_for_everything(opened: Opener) -> None:
    shown = opened()
    page = shown.page
    shown.button("Keys ?").focus()
    for _ in range(20):
        if page.evaluate("document.activeElement?.shadowRoot?.activeElement?.className") == "stage":
            break
        page.keyboard.press("Tab")
    expect(shown.root.locator(".stage")).to_be_focused()
    page.keyboard.press("+")
    assert view(shown)["scale"] == 2
    page.keyboard.press("ArrowRight")
    assert view(shown)["x"] == 232
    page.keyboard.press("-")
    assert view(shown)["scale"] == 1
    page.keyboard.press("0")
    assert view(shown) == {"x": 200, "y": 150, "scale": 1}
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("pixel (199, 151)")).to_be_visible()
    for key in ("r", "Enter", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("region (199, 151, 3, 2)")).to_be_visible()


def test_the_list_of_keys(opened: Opener) -> None:
    shown = opened()
    shown.press("?")
    dialog = shown.root.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Go to the worst pixel")
    shown.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_worst_pixel_and_the_next_worst(opened: Opener) -> None:
    shown = opened()
    shown.button("Worst pixel").click()
    expect(shown.page.get_by_text("pixel (123, 45)")).to_be_visible()
    expect(shown.root.locator(".minimap")).to_be_visible()
    shown.button("Next worst").click()
    expect(shown.page.get_by_text("pixel (123, 45)")).to_be_hidden()


def test_the_minimap_goes_where_it_is_pressed(opened: Opener) -> None:
    shown = opened()
    expect(shown.root.locator(".minimap")).to_be_hidden()
    shown.press("1", "+", "+", "+")
    shown.root.locator(".minimap").click(position={"x": 10, "y": 10})
    assert view(shown)["x"] < 60


@pytest.fixture
def fingers(page: Page) -> "Fingers":
    return Fingers(page)


class Fingers:
    """Touches, which Playwright has no more of than a tap."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


touch_screen = pytest.mark.browser_context_args(has_touch=True)


@touch_screen
def test_a_finger_pans(opened: Opener, fingers: Fingers) -> None:
    shown = opened()
    shown.press("+", "+")
    before = view(shown)
    x, y = shown.place_of(*MIDDLE)
    fingers.touch("touchStart", (x, y))
    for step in range(1, 5):
        fingers.touch("touchMove", (x - 15 * step, y))
    fingers.touch("touchEnd")
    assert view(shown)["x"] - before["x"] == pytest.approx(60 / before["scale"], abs=0.1)


@touch_screen
def test_two_fingers_zoom(opened: Opener, fingers: Fingers) -> None:
    shown = opened()
    x, y = shown.place_of(*MIDDLE)
    fingers.touch("touchStart", (x - 20, y), (x + 20, y))
    for distance in (30, 40):
        fingers.touch("touchMove", (x - distance, y), (x + distance, y))
    fingers.touch("touchEnd")
    assert view(shown)["scale"] == pytest.approx(2)


@touch_screen
def test_a_tap_keeps_the_pixel(opened: Opener) -> None:
    shown = opened()
    shown.page.touchscreen.tap(*shown.place_of(*MIDDLE))
    expect(shown.page.get_by_text("pixel (200, 150)")).to_be_visible()
