from core.explaining.changes import OTHER_LIBRARY_COST, changed_words, exchanges, own_changes
from core.presets import parse_recipe


def costs(a: str, b: str) -> dict[str, int]:
    return {str(change.recipe): change.cost for change in own_changes(parse_recipe(a), parse_recipe(b))}


def test_an_option_is_the_cheapest_change() -> None:
    found = costs("opencv", "tensorflow")
    accurate = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3) | tensorflow.resize(bilinear, 224x224)"
    assert found[accurate] == 1
    resized = "tensorflow.decode_jpeg(channels=3) | tensorflow.resize(bicubic, 224x224, antialias=true)"
    assert found[resized] == 2
    legacy = "tensorflow.decode_jpeg(channels=3) | tensorflow_v1.resize(bilinear, 224x224)"
    assert found[legacy] == 2
    assert not any("opencv" in text for text in found)


def test_only_what_differs_is_changed() -> None:
    found = costs(
        "opencv.imdecode | opencv.resize(INTER_AREA, 9x9)", "opencv.imdecode | opencv.resize(INTER_CUBIC, 9x9)"
    )
    assert all(text.startswith("opencv.imdecode | ") for text in found)
    assert found["opencv.imdecode | opencv.resize(INTER_AREA, 9x9)"] == 1


def test_options_without_effect_are_not_tried() -> None:
    found = costs("opencv", "opencv.imdecode | tensorflow.resize(nearest, 224x224)")
    assert "opencv.imdecode | tensorflow.resize(nearest, 224x224, antialias=true)" not in found
    assert not any("side_rounding" in text for text in found)


def test_stages_of_numpy_alone_cost_little_and_other_libraries_most() -> None:
    swapped = parse_recipe("opencv.imdecode | channels.swap | pillow.resize(BOX, 9x9)")
    plain = parse_recipe("opencv.imdecode | opencv.resize(INTER_AREA, 9x9)")
    found = {str(change.recipe): change.cost for change in exchanges(plain, swapped)}
    assert found == {
        "opencv.imdecode | pillow.resize(BOX, 9x9)": 2,
        "opencv.imdecode | channels.swap | opencv.resize(INTER_AREA, 9x9)": 2,
    }
    other = exchanges(parse_recipe("pillow"), parse_recipe("opencv"))
    assert {change.cost for change in other} == {OTHER_LIBRARY_COST}


def test_changes_in_words() -> None:
    plain, swapped = "opencv.imdecode", "opencv.imdecode | channels.swap"
    assert changed_words(parse_recipe(swapped), parse_recipe(plain)) == ("Leave out channels.swap.",)
    assert changed_words(parse_recipe(plain), parse_recipe(swapped)) == ("Add channels.swap.",)
    assert changed_words(parse_recipe(plain), parse_recipe("pillow.open")) == (
        "Write pillow.open instead of opencv.imdecode.",
    )
