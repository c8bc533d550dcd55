import pytest

from core.errors import RecipeError
from core.operations.catalogue import operations
from core.operations.target_size import TargetSize
from core.presets import parse_recipe
from core.recipe import Recipe
from ui import editing

PILLOW_TO_224 = "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224) | cast.uint8(round)"


@pytest.fixture
def recipe() -> Recipe:
    return parse_recipe(PILLOW_TO_224)


def test_another_operation_keeps_the_options_that_both_have(recipe: Recipe) -> None:
    edited = editing.replace_operation(recipe, 1, "opencv.resize")
    assert str(edited) == "pillow.open(mode=RGB) | opencv.resize(INTER_LINEAR, 224x224) | cast.uint8(round)"


def test_a_value_that_the_new_operation_does_not_take_is_left_behind() -> None:
    recipe = parse_recipe("opencv.imdecode | opencv.resize(INTER_LINEAR, shorter=256)")
    edited = editing.replace_stage(recipe, 1, editing.usual_stage("crop.center", recipe.stages[1].options))
    assert str(edited) == "opencv.imdecode | crop.center(224x224)"


def test_a_stage_is_removed(recipe: Recipe) -> None:
    assert str(editing.remove_stage(recipe, 1)) == "pillow.open(mode=RGB) | cast.uint8(round)"


def test_a_stage_is_moved(recipe: Recipe) -> None:
    edited = editing.move_stage(recipe, 2, -1)
    assert str(edited) == "pillow.open(mode=RGB) | cast.uint8(round) | pillow.resize(BICUBIC, 224x224)"


def test_a_decode_cannot_be_moved(recipe: Recipe) -> None:
    with pytest.raises(RecipeError, match="starts with a decode"):
        editing.move_stage(recipe, 0, 1)


def test_a_new_stage_takes_over_the_size(recipe: Recipe) -> None:
    assert str(editing.append_stage(recipe, "pad.letterbox")).endswith("| pad.letterbox(224x224)")


@pytest.mark.parametrize("name", [each.name for each in operations()])
def test_every_operation_can_be_begun_with(name: str) -> None:
    assert editing.usual_stage(name, {}).name == name


def test_sizes_follow_kind_by_kind() -> None:
    model = parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, shorter=320) | crop.center(299x299)")
    follower = parse_recipe("pillow.open | pillow.resize(BOX, shorter=256) | crop.center(224x224)")
    expected = "pillow.open | pillow.resize(BOX, shorter=320) | crop.center(299x299)"
    assert str(editing.with_sizes_of(follower, model)) == expected


def test_the_last_size_is_that_of_the_last_resize(recipe: Recipe) -> None:
    assert editing.last_size(recipe) == TargetSize.exact(224, 224)
    assert editing.last_size(parse_recipe("opencv.imdecode")) is None
