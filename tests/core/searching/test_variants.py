from itertools import pairwise

from core.operations.catalogue import operation
from core.operations.declaration import Value
from core.operations.target_size import TargetSize
from core.recipe import parse_stage
from core.searching.variants import libraries_with, library_variants, simplicity, variants

SIZE: dict[str, Value] = {"size": TargetSize.exact(8, 6)}


def test_every_choice_flag_and_usual_number_with_every_other() -> None:
    found = [str(each) for each in variants(operation("pillow.resize"), SIZE)]
    assert len(found) == len(set(found)) == 1 + 7 * 3  # NEAREST has no reducing_gap
    assert found[0] == "pillow.resize(BICUBIC, 8x6)"
    assert "pillow.resize(LANCZOS, 8x6, reducing_gap=2)" in found
    assert "pillow.resize(NEAREST, 8x6, reducing_gap=2)" not in found


def test_an_option_without_effect_makes_no_variant() -> None:
    flags = [each.options["flags"] for each in variants(operation("opencv.imdecode"), {})]
    assert flags.count("IMREAD_COLOR") == 4  # any_depth and ignore_orientation
    assert flags.count("IMREAD_REDUCED_COLOR_2") == 2
    assert flags.count("IMREAD_UNCHANGED") == 1


def test_what_is_given_stays() -> None:
    given: dict[str, Value] = {"method": "bicubic", "align_corners": True, **SIZE}
    found = library_variants("resize", "tensorflow_v1", given)
    assert [str(each) for each in found] == [
        "tensorflow_v1.resize(bicubic, 8x6, align_corners=true)",
        "tensorflow_v1.resize(bicubic, 8x6, align_corners=true, half_pixel_centers=true)",
    ]


def test_simple_means_few_stages_then_few_options() -> None:
    texts = ["pillow.open", "pillow.open(mode=L)", "pillow.open(mode=L, draft_ratio=2)"]
    orders = [simplicity([parse_stage(text)]) for text in texts]
    assert all(earlier < later for earlier, later in pairwise(orders))
    assert simplicity([parse_stage("cast.float32"), parse_stage("cast.float32")]) > orders[-1]


def test_libraries_are_told_by_what_they_can() -> None:
    assert list(libraries_with("decode")) == ["opencv", "tensorflow", "pillow"]
    assert list(libraries_with("resize")) == ["opencv", "tensorflow", "tensorflow_v1", "pillow"]
