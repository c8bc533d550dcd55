import pytest

from core.errors import RecipeError
from core.presets import parse_recipe
from ui import view
from ui.state import Settings, first_settings, read_query, write_query

OPENCV_AREA = "opencv.imdecode | opencv.resize(INTER_AREA, 64x48)"


def test_an_empty_address_gives_the_first_settings() -> None:
    assert read_query({}) == (first_settings(), ())


def test_the_query_of_settings_gives_them_back() -> None:
    settings = Settings(
        a=parse_recipe(OPENCV_AREA), b=parse_recipe("pillow"), picture="upload:ab12", name="my cat.jpg"
    ).with_view(at="decode", tab="Joint", gain=4.0, log=False, pixel=(3, 0), region=(0, 1, 8, 9))
    assert read_query(write_query(settings)) == (settings, ())


def test_what_is_as_at_first_is_not_written() -> None:
    assert set(write_query(first_settings())) == {"a", "b"}


def test_a_presets_name_will_do_in_an_address() -> None:
    assert read_query({"a": "pillow"})[0].a == parse_recipe("pillow")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"a": "opencv.imdecodee"}, "Recipe A in the address"),
        ({"b": "opencv.resize(64x64)"}, "starts with a decode"),
        ({"pixel": "-1,4"}, "pixel cannot be"),
        ({"pixel": "1,2,3"}, "pixel cannot be"),
        ({"gain": "nan"}, "gain cannot be"),
        ({"gain": "1e99"}, "gain cannot be"),
        ({"tab": "Pie"}, "tab cannot be 'Pie'"),
    ],
)
def test_a_bad_value_gives_one_message_and_the_first_setting(query: dict[str, str], words: str) -> None:
    settings, problems = read_query(query)
    assert settings == first_settings()
    assert len(problems) == 1
    assert words in problems[0]


def test_a_view_is_checked_when_it_is_changed() -> None:
    with pytest.raises(RecipeError, match="gain cannot be -1"):
        first_settings().with_view(gain=-1)


def test_the_other_side_follows_a_size_only_when_linked() -> None:
    settings = Settings(parse_recipe("opencv"), parse_recipe("pillow"))
    resized = parse_recipe(OPENCV_AREA)
    assert settings.with_recipe("a", resized).b == parse_recipe("pillow")
    linked = settings.with_view(link=True).with_recipe("a", resized)
    assert str(linked.b) == "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 64x48)"


def test_every_setting_of_the_view_has_help_and_a_default() -> None:
    assert all(option.help.endswith(".") and option.default is not None for option in view.OPTIONS)
