from core.explaining.factors import factors
from core.presets import parse_recipe


def names(a: str, b: str) -> list[tuple[str, bool]]:
    return [(factor.name, factor.differs) for factor in factors(parse_recipe(a), parse_recipe(b))]


def test_stages_of_a_kind_make_a_factor() -> None:
    assert names("opencv", "tensorflow") == [("decode", True), ("resize", True)]
    assert names("opencv", "opencv.imdecode | pillow.resize(BOX, 9x9)") == [("decode", False), ("resize", True)]


def test_what_one_side_lacks_is_a_factor_of_its_own() -> None:
    plain, swapped = "opencv.imdecode | cast.float32", "opencv.imdecode | channels.swap | cast.float32"
    assert names(plain, swapped) == [("decode", False), ("channels", True), ("cast", False)]
    found = factors(parse_recipe(plain), parse_recipe(swapped))
    assert found[1].a == ()


def test_a_second_of_a_kind_has_a_number() -> None:
    twice = "opencv.imdecode | crop.fraction(0.5) | crop.fraction(0.25)"
    assert [name for name, _ in names(twice, twice)] == ["decode", "crop", "crop 2"]


def test_seen_from_the_other_side_they_are_the_same() -> None:
    for a, b in [
        ("opencv.imdecode | crop.fraction(0.5) | opencv.resize(INTER_AREA, 8x8)", "clip"),
        ("torchvision-classification", "tf-slim-inception"),
        ("opencv.imdecode | cast.float32 | channels.swap", "opencv.imdecode | channels.swap | cast.float32"),
    ]:
        recipe_a, recipe_b = parse_recipe(a), parse_recipe(b)
        assert [factor.swapped for factor in factors(recipe_a, recipe_b)] == list(factors(recipe_b, recipe_a))
