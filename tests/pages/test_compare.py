"""Every widget of the Compare page, changed: what else changes by it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OPENCV, PILLOW, html, messages, named, opened, query, run


def test_the_first_visit_shows_a_verdict_in_words(compare: AppTest) -> None:
    shown = html(compare)
    assert "■ different" in shown
    assert "after decode" in shown
    assert "after resize" in shown


def test_the_address_says_what_is_shown(compare: AppTest) -> None:
    assert query(compare) == {"a": OPENCV, "b": PILLOW}


def test_another_sample_is_compared(compare: AppTest) -> None:
    named(compare.selectbox, "picture").select("zone-plate")
    run(compare)
    assert query(compare)["picture"] == "zone-plate"
    assert "PNG 512x512" in html(compare)


def test_a_preset_replaces_the_recipe(compare: AppTest) -> None:
    named(compare.selectbox, "a.preset").select("pillow")
    run(compare)
    assert query(compare)["a"] == "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224)"
    assert "A is 224x224 red, green, blue and B is 64x48 red, green, blue." in html(compare)


def test_a_recipe_of_ones_own_is_no_preset(compare: AppTest) -> None:
    assert named(compare.selectbox, "a.preset").value == "custom"


def test_another_interpolation_changes_recipe_and_verdict(compare: AppTest) -> None:
    before = html(compare)
    named(compare.selectbox, "a.1.opencv.resize.interpolation").select("INTER_AREA")
    run(compare)
    assert query(compare)["a"] == OPENCV.replace("INTER_LINEAR", "INTER_AREA")
    assert html(compare) != before


def test_a_flag_is_switched(compare: AppTest) -> None:
    named(compare.toggle, "a.0.opencv.imdecode.ignore_orientation").set_value(True)
    run(compare)
    assert query(compare)["a"].startswith("opencv.imdecode(ignore_orientation=true)")


def test_an_option_without_effect_is_not_shown(compare: AppTest) -> None:
    named(compare.selectbox, "a.0.opencv.imdecode.flags").select("IMREAD_UNCHANGED")
    run(compare)
    assert "a.0.opencv.imdecode.ignore_orientation" not in [toggle.key for toggle in compare.toggle]


def test_a_width_is_changed(compare: AppTest) -> None:
    named(compare.number_input, "a.1.opencv.resize.size.width").set_value(80)
    run(compare)
    assert query(compare)["a"] == OPENCV.replace("64x48", "80x48")


def test_a_size_can_be_that_of_the_shorter_side(compare: AppTest) -> None:
    named(compare.selectbox, "a.1.opencv.resize.size.fit").select("shorter")
    run(compare)
    assert query(compare)["a"] == OPENCV.replace("64x48", "shorter=48")
    named(compare.number_input, "a.1.opencv.resize.size.side").set_value(96)
    run(compare)
    assert query(compare)["a"] == OPENCV.replace("64x48", "shorter=96")


def test_linked_sizes_move_together(compare: AppTest) -> None:
    run(named(compare.toggle, "link").set_value(True))
    named(compare.number_input, "b.1.pillow.resize.size.height").set_value(60)
    run(compare)
    assert query(compare)["a"] == OPENCV.replace("64x48", "64x60")
    assert query(compare)["b"] == PILLOW.replace("64x48", "64x60")


def test_linking_makes_the_sizes_equal_at_once() -> None:
    test = opened(a=OPENCV, b="pillow")
    named(test.toggle, "link").set_value(True)
    run(test)
    assert query(test)["b"] == PILLOW


def test_another_operation_keeps_the_size(compare: AppTest) -> None:
    named(compare.selectbox, "a.1.operation").select("pillow.resize")
    run(compare)
    assert query(compare)["a"] == "opencv.imdecode | pillow.resize(BICUBIC, 64x48)"


def test_stages_are_added_moved_and_removed(compare: AppTest) -> None:
    run(named(compare.selectbox, "a.add").select("cast.float32"))
    assert query(compare)["a"] == f"{OPENCV} | cast.float32"
    run(compare.button("a.2.earlier").click())
    assert query(compare)["a"] == "opencv.imdecode | cast.float32 | opencv.resize(INTER_LINEAR, 64x48)"
    run(compare.button("a.1.later").click())
    run(compare.button("a.2.remove").click())
    assert query(compare)["a"] == OPENCV


def test_the_recipe_is_edited_as_text(compare: AppTest) -> None:
    named(compare.text_area, "a.text").set_value(PILLOW)
    run(compare)
    assert query(compare)["a"] == PILLOW
    assert "● identical" in html(compare)


def test_a_wrong_text_stays_with_its_message_and_the_last_good_recipe_goes_on(compare: AppTest) -> None:
    named(compare.text_area, "a.text").set_value("opencv.imdecode | opencv.resise(64x48)")
    run(compare)
    assert query(compare)["a"] == OPENCV
    assert named(compare.text_area, "a.text").value == "opencv.imdecode | opencv.resise(64x48)"
    assert "There is no operation 'opencv.resise'" in messages(compare)[0]
    assert "■ different" in html(compare)
    named(compare.selectbox, "a.preset").select("opencv")
    run(compare)
    assert compare.error.len == 0
    assert named(compare.text_area, "a.text").value == "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)"


def test_swapping_turns_the_sign_around(compare: AppTest) -> None:
    run(compare.button("swap").click())
    assert query(compare) == {"a": PILLOW, "b": OPENCV}
    assert named(compare.selectbox, "a.1.operation").value == "pillow.resize"


@pytest.mark.parametrize(("at", "verdict"), [("decode", "no pixel differs"), ("end", "worst pixel number 1")])
def test_the_panels_show_the_chosen_pair(compare: AppTest, at: str, verdict: str) -> None:
    run(named(compare.button_group, "at").set_value(at))
    assert verdict in html(opened(**query(compare), tab="Numbers"))


def test_the_next_worst_pixel_and_a_chosen_one() -> None:
    test = opened(a=OPENCV, b=PILLOW, tab="Numbers")
    worst = named(test.number_input, "numbers.x").value, named(test.number_input, "numbers.y").value
    run(test.button("numbers.next").click())
    assert query(test)["rank"] == "2"
    assert (named(test.number_input, "numbers.x").value, named(test.number_input, "numbers.y").value) != worst
    run(named(test.number_input, "numbers.x").set_value(5))
    assert query(test)["pixel"].startswith("5,")
    assert "the chosen pixel" in html(test)
    run(test.button("numbers.worst").click())
    assert (named(test.number_input, "numbers.x").value, named(test.number_input, "numbers.y").value) == worst
    assert "pixel" not in query(test)


def test_counts_are_linear_or_logarithmic() -> None:
    test = opened(a=OPENCV, b=PILLOW)
    run(named(test.button_group, "histogram.log").set_value(False))
    assert query(test)["log"] == "false"


def test_one_channel_is_shown_on_every_panel() -> None:
    test = opened(a=OPENCV, b=PILLOW)
    run(named(test.button_group, "histogram.channel").set_value("green"))
    assert query(test)["channel"] == "green"
    shown = opened(**query(test), tab="Numbers")
    assert "A <span class=sp-muted>green</span>" in html(shown)


def test_the_heatmap_is_absolute_amplified_and_cut() -> None:
    test = opened(a=OPENCV, b=PILLOW, tab="Heatmap")
    run(named(test.button_group, "heatmap.signed").set_value(False))
    run(named(test.number_input, "heatmap.gain").set_value(8))
    run(named(test.number_input, "heatmap.threshold").set_value(2))
    run(named(test.selectbox, "heatmap.magnitude_map").select("viridis"))
    expected = {"signed": "false", "gain": "8", "threshold": "2", "magnitude_map": "viridis"}
    assert expected.items() <= query(test).items()


@pytest.mark.parametrize("tab", ["Histogram", "Heatmap", "Joint", "Channels", "Numbers", "Stages", "Code", "Export"])
def test_every_tab_opens_from_an_address(tab: str) -> None:
    test = opened(a=OPENCV, b=PILLOW, tab=tab)
    assert query(test).get("tab", "Histogram") == tab


def test_the_code_of_both_recipes_is_shown() -> None:
    test = opened(a=OPENCV, b=PILLOW, tab="Code")
    scripts = [code.value for code in test.code if "def pipeline" in code.value]
    assert ["cv2.resize" in script for script in scripts] == [True, False]


def test_the_stages_are_listed_with_what_they_made() -> None:
    shown = html(opened(a=OPENCV, b=PILLOW, tab="Stages"))
    assert "opencv.resize(INTER_LINEAR, 64x48)" in shown
    assert "64 × 48" in shown
