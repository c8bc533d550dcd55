"""The values that the viewer writes."""

import numpy as np
from playwright.sync_api import expect

from tests.browser.viewer.conftest import Opener, Shown
from tests.browser.viewer.pictures import PAIRS


def shortest(value: np.float32) -> str:
    """The shortest text that is read back as the same float32."""
    return np.format_float_positional(value, unique=True, trim="-").replace("-", "−")


def test_float_values_are_written_in_full(opened: Opener) -> None:
    shown = opened("normalised")
    for place in ((0, 0), (7, 3), (159, 119), (80, 60)):
        expect_floats(shown, *place)


def expect_floats(shown: Shown, x: int, y: int) -> None:
    pair = PAIRS["normalised"]()
    shown.evaluate("viewer.selection.pointAt(argument)", [x, y])
    shown.settle()
    rows = {name: shown.root.locator(f".row-{name} td") for name in ("a", "b", "difference")}
    expect(rows["a"]).to_have_text([shortest(value) for value in pair.a[y, x]])
    expect(rows["b"]).to_have_text([shortest(value) for value in pair.b[y, x]])
    differences = pair.b[y, x] - pair.a[y, x]
    expect(rows["difference"]).to_have_text([f"{'+' if value > 0 else ''}{shortest(value)}" for value in differences])


def test_8_bit_values_and_their_difference(opened: Opener) -> None:
    shown = opened("photograph")
    pair = PAIRS["photograph"]()
    shown.evaluate("viewer.selection.pointAt([123, 45])")
    shown.settle()
    expect(shown.root.locator(".row-a td")).to_have_text([str(value) for value in pair.a[45, 123]])
    differences = pair.b[45, 123].astype(int) - pair.a[45, 123]
    expect(shown.root.locator(".row-difference td")).to_have_text(
        [f"{value:+d}".replace("-", "−") for value in differences.tolist()]
    )


FLOATS = (0.1, 1 / 3, -0.0039215688, 123.456, 1e-7, 16777216.5, 5e-45, 254.99998)


def test_a_floats_text_is_the_shortest_that_is_read_back(opened: Opener) -> None:
    shown = opened("grey")
    singles = np.array(FLOATS, np.float32)
    texts = shown.evaluate(
        """{
          const { exactText } = await import(new URL("format.js", new URL(viewer.data.modules, location.origin)));
          return argument.map(exactText);
        }""",
        singles.astype(float).tolist(),
    )
    np.testing.assert_array_equal(np.array(texts, np.float32), singles)
    assert [float(text) for text in texts] == [float(str(single)) for single in singles]


def test_every_pixel_shows_its_values_when_there_is_room(opened: Opener) -> None:
    shown = opened()

    def drawn_numbers() -> bool:
        found: bool = shown.evaluate(
            """{
              const { marks } = viewer.pane("b");
              const { data } = marks.getContext("2d").getImageData(0, 0, marks.width, marks.height);
              return data.some((byte) => byte);
            }"""
        )
        return found

    assert not drawn_numbers()
    shown.evaluate("viewer.camera.goTo([200, 150], 48)")
    shown.settle()
    assert drawn_numbers()
