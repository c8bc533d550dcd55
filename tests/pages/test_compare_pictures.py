"""Samples, uploads and links on the Compare page."""

import hashlib

import pytest
from streamlit.testing.v1 import AppTest

from core.samples import load_sample, samples
from tests.pages.conftest import OPENCV, PILLOW, html, messages, named, opened, query, run
from ui.ownership import OWNERSHIP

RETINA = load_sample("retina").data
CAT = load_sample("cat").data
SHA256 = hashlib.sha256(CAT).hexdigest()


def upload(test: AppTest, *files: tuple[str, bytes]) -> AppTest:
    typed = [(name, data, "image/jpeg") for name, data in files]
    return run(test.file_uploader[0].set_value(typed))


def test_an_uploaded_picture_is_compared_at_once(compare: AppTest) -> None:
    shown = upload(compare, ("my cat.jpg", CAT))
    assert named(shown.selectbox, "picture").value == f"upload:{SHA256}"
    assert query(shown)["picture"] == f"upload:{SHA256}"
    assert query(shown)["name"] == "my cat.jpg"
    assert "4:2:2" in html(shown)


def test_of_many_the_first_is_shown_and_all_can_be_chosen(compare: AppTest) -> None:
    shown = upload(compare, ("cat.jpg", CAT), ("retina.jpg", RETINA))
    assert named(shown.selectbox, "picture").value == f"upload:{SHA256}"
    assert [name for name in named(shown.selectbox, "picture").options if ".jpg" in name] == ["retina.jpg", "cat.jpg"]


def test_a_later_upload_joins_the_earlier(compare: AppTest) -> None:
    shown = upload(upload(compare, ("cat.jpg", CAT)), ("retina.jpg", RETINA))
    assert [name for name in named(shown.selectbox, "picture").options if ".jpg" in name] == ["retina.jpg", "cat.jpg"]
    assert query(shown)["name"] == "retina.jpg"


def test_a_broken_file_among_many_costs_its_message_alone(compare: AppTest) -> None:
    shown = upload(compare, ("notes.jpg", b"no picture at all"), ("cat.jpg", CAT))
    assert query(shown)["name"] == "cat.jpg"
    assert [message.split(":")[0] for message in messages(shown)] == ["notes.jpg is not a picture"]
    assert "after decode" in html(shown)


def test_a_broken_file_alone_leaves_everything_as_it_was(compare: AppTest) -> None:
    shown = upload(compare, ("notes.jpg", b"no picture at all"))
    assert "notes.jpg is not a picture" in " ".join(messages(shown))
    assert query(shown) == {"a": OPENCV, "b": PILLOW}


def test_ones_own_pictures_can_be_forgotten(compare: AppTest) -> None:
    shown = upload(compare, ("cat.jpg", CAT))
    run(shown.button("uploads.forget").click())
    assert messages(shown) == []
    assert "cat.jpg" not in named(shown.selectbox, "picture").options
    assert named(shown.selectbox, "picture").value == samples()[0].key


def test_a_sample_that_somebody_uploaded_and_forgot_stays_everybodys(compare: AppTest) -> None:
    own = hashlib.sha256(CAT + b"\0").hexdigest()
    shown = upload(compare, ("cat.jpg", CAT), ("own.jpg", CAT + b"\0"))
    run(shown.button("uploads.forget").click())
    assert (OWNERSHIP.is_orphan(SHA256), OWNERSHIP.is_orphan(own)) == (False, True)


def test_a_link_to_an_uploaded_picture_asks_for_it_and_then_shows_it() -> None:
    test = opened(picture=f"upload:{SHA256}", name="my cat.jpg", a=OPENCV, b=PILLOW)
    assert "This link is about my cat.jpg" in " ".join(messages(test))
    shown = upload(test, ("retina.jpg", RETINA), ("renamed.jpg", CAT))
    assert query(shown)["picture"] == f"upload:{SHA256}"
    assert messages(shown) == []


def test_a_link_to_a_sample_that_is_not_there_says_so() -> None:
    test = opened(picture="unicorn", a=OPENCV, b=PILLOW)
    assert "There is no sample 'unicorn'" in " ".join(messages(test))
    assert "after decode" in html(test)


def test_bad_values_in_an_address_give_a_message_each_and_the_first_settings() -> None:
    test = opened(a="opencv.imdecode | nonsense", b=PILLOW, gain="-1", tab="Pie")
    assert [message.split(":")[0] for message in messages(test)] == [
        "Recipe A in the address",
        "In the address",
        "In the address",
    ]
    assert query(test)["a"] == "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)"
    assert run(test.button("swap").click()).warning.len == 0


def test_the_permalink_holds_the_whole_state() -> None:
    test = opened(a=OPENCV, b=PILLOW, picture="cat", tab="Numbers", gain="8")
    link = next(code.value for code in test.code if "?picture=cat" in code.value)
    assert "a=opencv.imdecode+%7C+opencv.resize%28INTER_LINEAR%2C+64x48%29" in link
    assert link.endswith("tab=Numbers&gain=8")


def test_the_gallery_is_drawn_when_it_is_opened_and_closes_with_a_choice(compare: AppTest) -> None:
    assert "gallery.rocket" not in [button.key for button in compare.button]
    compare.session_state["gallery"] = True
    shown = run(run(compare).button("gallery.rocket").click())
    assert query(shown)["picture"] == "rocket"
    assert "gallery.rocket" not in [button.key for button in shown.button]


def test_a_sample_brings_the_recipes_that_show_it(compare: AppTest) -> None:
    run(named(compare.selectbox, "picture").select("retina"))
    shown = run(compare.button("show_sample").click())
    assert query(shown)["b"] == "pillow.open(mode=RGB) | pillow.resize(BILINEAR, 224x224)"
    assert "show_sample" not in [button.key for button in shown.button]


def test_consequences_of_the_header_are_listed() -> None:
    shown = html(opened(picture="coffee-on-its-side", a=OPENCV, b=PILLOW))
    assert "<strong>orientation 6</strong>" in shown


def test_a_side_that_fails_leaves_the_others_image_and_says_what_to_do() -> None:
    data = CAT[: len(CAT) // 2]
    test = upload(opened(a="opencv.imdecode", b="opencv.imread", tab="Stages"), ("half.jpg", data))
    shown = html(test)
    assert "✕ incomparable" in shown
    assert "A stopped at opencv.imdecode" in shown
    assert "after opencv.imread" in shown
    assert "opencv.imdecode" in " ".join(messages(test))


@pytest.mark.parametrize("tab", ["Histogram", "Heatmap", "Joint", "Channels", "Numbers", "Export"])
def test_shapes_that_differ_are_named_with_the_remedy_on_every_panel(tab: str) -> None:
    test = opened(a=OPENCV, b="opencv.imdecode | opencv.resize(INTER_LINEAR, 48x64)", tab=tab)
    assert "A is 64x48 red, green, blue and B is 48x64 red, green, blue." in html(test)


def test_an_address_that_lags_behind_does_not_undo_a_change(compare: AppTest) -> None:
    before = query(compare)
    shown = run(named(compare.selectbox, "a.preset").select("pillow"))
    for name, value in before.items():
        shown.query_params[name] = value
    run(named(shown.button_group, "at").set_value("decode"))
    assert query(shown)["a"] == "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224)"
    assert query(shown)["at"] == "decode"


def test_a_link_followed_inside_the_application_is_taken_over(compare: AppTest) -> None:
    compare.query_params["a"] = "pillow"
    assert query(run(compare))["a"] == "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224)"


def test_the_verdicts_on_all_own_pictures_are_listed_when_asked_for(compare: AppTest) -> None:
    shown = upload(compare, ("cat.jpg", CAT), ("retina.jpg", RETINA))
    assert f"own.{SHA256}" not in [button.key for button in shown.button]
    shown.session_state["own"] = True
    listed = run(shown)
    assert html(listed).count('<span><span class="sp-different">') == 2
    retina = next(button for button in listed.button if button.label == "retina.jpg")
    chosen = run(retina.click())
    assert query(chosen)["name"] == "retina.jpg"
    assert f"own.{SHA256}" not in [button.key for button in chosen.button]


def test_one_picture_needs_no_list(compare: AppTest) -> None:
    shown = upload(compare, ("cat.jpg", CAT))
    shown.session_state["own"] = True
    assert f"own.{SHA256}" not in [button.key for button in run(shown).button]


def test_a_name_in_a_link_shows_no_foreign_picture() -> None:
    test = opened(picture=f"upload:{SHA256}", name="![x](https://example.org/x.png)", a=OPENCV, b=PILLOW)
    assert r"!\[x\](https\://example.org/x.png)" in test.warning[0].value
