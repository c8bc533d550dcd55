"""The atlas against what is published of the libraries, and against the laws of distances and classes."""

import numpy as np
import pytest

from core.atlas import Atlas, ResizeAtlas, class_names, decode_atlas, others, resize_atlas, summary
from core.errors import RecipeError
from core.progress import Stopped
from core.samples import load_sample
from core.source import Source

SIZE_IN_WH, SIZE_OUT_WH = (45, 34), (20, 15)


@pytest.fixture(scope="module")
def resizes() -> ResizeAtlas:
    return resize_atlas(SIZE_IN_WH, SIZE_OUT_WH)


@pytest.fixture(scope="module")
def source() -> Source:
    return load_sample("hopper")


@pytest.fixture(scope="module")
def decoders(source: Source) -> Atlas:
    return decode_atlas(source)


def class_with(atlas: Atlas, name: str) -> tuple[str, ...]:
    return next(names for members in atlas.classes if name in (names := class_names(atlas, members)))


@pytest.mark.parametrize(
    "names",
    [
        {"OpenCV INTER_LINEAR", "OpenCV INTER_LINEAR_EXACT", "TF2 bilinear", "TF1 bilinear half_pixel_centers"},
        {"OpenCV INTER_AREA", "TF2 area", "TF1 area"},
        {"OpenCV INTER_NEAREST", "TF1 nearest"},
        {"TF2 bicubic antialias", "Pillow BICUBIC"},
        {"TF2 lanczos3 antialias", "Pillow LANCZOS"},
        {"OpenCV INTER_CUBIC"},
        {"TF1 bilinear"},
    ],
)
def test_resizes_that_are_the_same_under_other_names(resizes: ResizeAtlas, names: set[str]) -> None:
    assert set(class_with(resizes, min(names))) == names


def test_classes_are_blocks_of_all_ways(resizes: ResizeAtlas) -> None:
    assert [member for members in resizes.classes for member in members] == list(range(len(resizes.ways)))
    assert len(resizes.operators) == len(resizes.words) == len(resizes.ways)


def test_distances_are_symmetric_and_zero_to_oneself(resizes: ResizeAtlas) -> None:
    for distances in resizes.distances:
        np.testing.assert_array_equal(distances.values, distances.values.T)
        np.testing.assert_array_equal(np.diag(distances.values), 0)


def test_members_of_a_class_are_within_rounding_and_others_are_not(resizes: ResizeAtlas) -> None:
    worst = resizes.distances[0].values
    for members in resizes.classes:
        assert worst[np.ix_(members, members)].max() <= resizes.within
        outside = [other for other in range(len(worst)) if other not in members]
        assert worst[np.ix_(members, outside)].min() > 10 * resizes.within


def test_no_natural_picture_goes_beyond_the_worst_case(resizes: ResizeAtlas) -> None:
    by_name = {each.name: each.values for each in resizes.distances}
    assert (by_name["natural"] <= by_name["worst"] + 1e-3).all()


def test_what_a_library_refuses_is_told_with_its_reason(resizes: ResizeAtlas) -> None:
    assert {each.stage.name for each in resizes.refused} == {"tensorflow_v1.resize"}
    assert "half_pixel_centers" in resizes.refused[0].reason


def test_options_without_effect_share_a_row(resizes: ResizeAtlas) -> None:
    """Pillow's reducing_gap does nothing where the picture shrinks by little more than two."""
    members = next(each for each in resizes.classes if "Pillow BOX" in class_names(resizes, each))
    assert any("reducing_gap" in text for text in others(resizes, members))


def test_the_summary(resizes: ResizeAtlas) -> None:
    ways = sum(map(len, resizes.ways))
    assert summary(resizes).startswith(f"{ways} ways to resize 45 × 34 to 20 × 15 make {len(resizes.classes)} classes")


def test_a_listener_hears_of_the_progress_and_may_end_it() -> None:
    heard: list[float | None] = []

    def listen(share: float | None, _text: str) -> None:
        heard.append(share)
        if len(heard) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        resize_atlas(SIZE_IN_WH, SIZE_OUT_WH, listen)
    assert heard[0] == 0
    assert len(heard) == 3


def test_a_size_out_of_range_is_refused() -> None:
    with pytest.raises(RecipeError, match="5000x10"):
        resize_atlas((5000, 10), (10, 10))


def test_decoders_of_one_library_family_agree(decoders: Atlas) -> None:
    accurate = class_with(decoders, "OpenCV imdecode")
    assert {"OpenCV imread", "TF2 decode_jpeg INTEGER_ACCURATE", "Pillow open"} <= set(accurate)
    assert "TF2 decode_jpeg" not in accurate


def test_parts_hold_what_can_be_compared(decoders: Atlas) -> None:
    parts = decoders.parts()
    assert sum(len(part.ways) for part in parts) == len(decoders.ways)
    for part in parts:
        assert np.isfinite(part.distances[0].values).all()
        assert [member for members in part.classes for member in members] == list(range(len(part.ways)))


def test_each_way_is_named_once_by_operation(decoders: Atlas) -> None:
    names = [stage.name for stage in decoders.first_of_each(0)]
    assert len(set(names)) == len(names)
    assert names[0] == decoders.ways[0][0].name
