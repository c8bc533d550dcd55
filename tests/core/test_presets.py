from pathlib import Path

import pytest

from core.errors import RecipeError
from core.presets import load_presets, parse_recipe, presets, read_presets

NAMES = [
    *("opencv", "tensorflow", "tensorflow-accurate", "tensorflow-v1", "pillow", "keras-load-img"),
    *("keras-image-dataset", "torchvision-classification", "tf-slim-inception", "efficientnet-lite"),
    *("efficientnet-lite-opencv", "mlperf-resnet50", "clip", "yolo-letterbox"),
]


def test_the_built_in_presets_are_canonical_and_say_where_they_are_used() -> None:
    assert list(presets()) == NAMES
    text = Path(__file__).parents[2].joinpath("core/presets.toml").read_text("utf-8")
    for preset in presets().values():
        assert f'recipe = "{preset.recipe}"' in text, preset.name
        assert preset.used_by
        assert preset.reference.startswith("https://")


def test_a_name_works_wherever_a_recipe_does() -> None:
    assert parse_recipe(" opencv ") == parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)")


def test_the_users_own_presets_go_first(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[opencv]\nrecipe = "opencv.imread"\nused_by = "our server"\n', "utf-8")
    assert str(parse_recipe("opencv", load_presets(path))) == "opencv.imread"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "Not TOML"),
        ("a = 1", "'a' is not a table"),
        ('[a]\nrecipe = "opencv.imread"', "'a' is not a table"),
        ('[a]\nrecipe = "opencv.imread"\nused_by = 3', "not text"),
        ('[a]\nrecipe = "opencv.imraed"\nused_by = "x"', "no operation"),
    ],
)
def test_a_wrong_preset_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(RecipeError, match=message):
        read_presets(text)


def test_the_file_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"nowhere\.toml"):
        load_presets(tmp_path / "nowhere.toml")
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(RecipeError, match=r"bad\.toml"):
        load_presets(bad)


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(RecipeError) as caught:
        parse_recipe("tensorflow-acurate")
    assert "tensorflow-accurate" in caught.value.remedy
