"""The shares' laws, on real pictures, and the orderings that are known of them."""

import math

import numpy as np
import pytest

from core.explaining.resize_shares import ResizePair, resize_pair, resize_shares
from core.explaining.shares import Share, stage_shares, toward
from core.image import as_image
from core.pipeline import Trace, run
from core.presets import parse_recipe
from core.recipe import parse_stage
from core.samples import load_sample
from core.source import read_source
from tests.core import encoded

WHOLE = 1e-9
DECODE = "opencv.imdecode | "

PAIRS = [
    ("rocket", "opencv", "tensorflow-v1"),
    ("coffee-on-its-side", "opencv", "tensorflow-v1"),
    ("rocket", "opencv", "torchvision-classification"),
    ("hopper", "clip", "torchvision-classification"),
    ("cat", "tf-slim-inception", "tensorflow.decode_jpeg | tensorflow.resize(bilinear, 299x299) | normalize.tf"),
    (
        "camera",
        "opencv.imdecode(IMREAD_GRAYSCALE) | opencv.resize(INTER_LINEAR, 64x64)",
        "opencv.imdecode | channels.gray(convert) | pillow.resize(BILINEAR, 64x64)",
    ),
]

every_pair = pytest.mark.parametrize(("key", "a", "b"), PAIRS, ids=[f"{key}-{b[:12]}" for key, _, b in PAIRS])


def traces(key: str, a: str, b: str) -> tuple[Trace, Trace]:
    source = load_sample(key)
    return run(source, parse_recipe(a)), run(source, parse_recipe(b))


def by_name(shares: tuple[Share, ...]) -> dict[str, float]:
    return {share.stage: share.share for share in shares}


@every_pair
def test_shares_add_up_to_the_whole(key: str, a: str, b: str) -> None:
    shares = stage_shares(*traces(key, a, b))
    assert math.fsum(share.share for share in shares) == pytest.approx(1, rel=WHOLE)
    assert all(share.low <= share.share <= share.high for share in shares)


@every_pair
def test_exchanging_a_and_b_keeps_them(key: str, a: str, b: str) -> None:
    trace_a, trace_b = traces(key, a, b)
    one, other = stage_shares(trace_a, trace_b), stage_shares(trace_b, trace_a)
    assert [share.stage for share in one] == [share.stage for share in other]
    np.testing.assert_allclose([share.share for share in one], [share.share for share in other], atol=WHOLE)


def test_a_stage_that_is_equal_has_no_share() -> None:
    shares = stage_shares(
        *traces("rocket", f"{DECODE}opencv.resize(INTER_AREA, 64x64)", f"{DECODE}pillow.resize(BOX, 64x64)")
    )
    assert shares == (Share("decode", 0, 0, 0), Share("resize", 1, 1, 1))


def test_a_stage_that_changes_nothing_here_has_no_share() -> None:
    """fancy_upscaling cannot matter on 4:4:4, but it is another option."""
    other = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3, fancy_upscaling=false)"
    shares = stage_shares(*traces("rocket", "opencv", f"{other} | tensorflow_v1.resize(bilinear, 224x224)"))
    assert by_name(shares) == {"decode": 0, "resize": 1}


def test_additive_changes_have_their_own_squares() -> None:
    """Two offsets of 3 and 1 levels make 16 squared levels; each order gives an offset 4 times its own height."""
    picture = read_source("flat.png", encoded.by_opencv(".png", np.full((9, 9, 3), 100, np.uint8)))
    a = run(picture, parse_recipe("opencv.imdecode | normalize.affine | normalize.affine"))
    b = run(picture, parse_recipe("opencv.imdecode | normalize.affine(offset=3) | normalize.affine(offset=1)"))
    assert by_name(stage_shares(a, b)) == pytest.approx({"decode": 0, "normalize": 0.75, "normalize 2": 0.25})


def test_the_turn_is_apart_from_the_decode() -> None:
    shares = by_name(stage_shares(*traces("coffee-on-its-side", "opencv", "tensorflow-accurate")))
    assert list(shares) == ["decode", "orientation", "resize"]
    assert shares["decode"] == 0
    assert shares["orientation"] > 0.99


@pytest.mark.parametrize("key", ["rocket", "retina", "raccoon", "hopper"])
def test_who_is_to_blame(key: str) -> None:
    """The legacy resize makes far more than the fast DCT; without it all is the decode's but for rounding.

    That may even work against the decode: OpenCV's fixed point is a little darker, as the fast DCT is.
    """
    legacy = by_name(stage_shares(*traces(key, "opencv", "tensorflow-v1")))
    assert legacy["resize"] > 0.9
    assert abs(legacy["decode"]) < 0.1
    fast = by_name(stage_shares(*traces(key, "opencv", "tensorflow")))
    assert fast["decode"] > 0.9
    assert abs(fast["resize"]) < 0.1
    accurate = by_name(stage_shares(*traces(key, "opencv", "tensorflow-accurate")))
    assert accurate == {"decode": 0, "resize": 1}


def test_stages_that_cannot_be_exchanged_singly_are_told_together() -> None:
    grey, colour = PAIRS[-1][1:]
    assert [share.stage for share in stage_shares(*traces("camera", grey, colour))] == ["decode and channels", "resize"]
    shares = stage_shares(*traces("rocket", "opencv", "torchvision-classification"))
    assert [share.stage for share in shares] == ["decode", "resize and crop", "normalize"]


def test_more_factors_than_orders_are_gone_through() -> None:
    steps = [f"normalize.affine(offset={offset})" for offset in range(1, 9)]
    a, b = traces("ramps", f"{DECODE}{' | '.join(['normalize.affine'] * 8)}", f"{DECODE}{' | '.join(steps)}")
    shares = stage_shares(a, b)
    assert math.fsum(share.share for share in shares) == pytest.approx(1, rel=WHOLE)
    assert [share.share for share in shares[1:]] == pytest.approx([offset / 36 for offset in range(1, 9)], abs=1e-6)


@pytest.mark.parametrize(
    ("a", "b"), [("opencv", "opencv"), ("opencv", "opencv.imdecode"), ("opencv", f"{DECODE}crop.center(9000x9)")]
)
def test_nothing_to_share(a: str, b: str) -> None:
    assert stage_shares(*traces("rocket", a, b)) == ()


def test_toward_is_a_product() -> None:
    a, b, halfway = (as_image(np.full((1, 2, 1), value, np.uint8)) for value in (10, 30, 20))
    assert [toward(image, a, b) for image in (a, halfway, b)] == [0, 400, 800]


RESIZES = [
    ("opencv.resize(INTER_LINEAR, 224x224)", "tensorflow_v1.resize(bilinear, 224x224)", "sampling positions"),
    ("opencv.resize(INTER_CUBIC, 224x224)", "pillow.resize(BICUBIC, 224x224)", "antialiasing"),
    ("opencv.resize(INTER_CUBIC, 224x224)", "tensorflow.resize(bicubic, 224x224)", "kernel"),
    ("opencv.resize(INTER_LINEAR, 224x224)", "tensorflow.resize(bilinear, 224x224)", "arithmetic"),
    ("opencv.resize(INTER_NEAREST, 224x224)", "opencv.resize(INTER_AREA, 224x224)", "sampling positions"),
    ("opencv.resize(INTER_AREA, 900x200)", "pillow.resize(LANCZOS, 900x200)", "positions and kernel"),
]


@pytest.mark.parametrize(("a", "b", "largest"), RESIZES)
def test_inside_the_resize(a: str, b: str, largest: str) -> None:
    pair = resize_pair(*traces("rocket", DECODE + a, DECODE + b))
    assert pair is not None
    shares = resize_shares(pair)
    assert max(shares, key=lambda share: share.share).stage == largest
    assert math.fsum(share.share for share in shares) == pytest.approx(1, rel=WHOLE)
    mirrored = resize_shares(ResizePair(pair.b, pair.a, pair.given))
    np.testing.assert_allclose([share.share for share in shares], [share.share for share in mirrored], atol=WHOLE)


def test_properties_that_are_alike_have_no_share() -> None:
    image = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    stages = [
        parse_stage(text) for text in ("opencv.resize(INTER_LINEAR, 20x20)", "tensorflow.resize(bilinear, 20x20)")
    ]
    shares = resize_shares(ResizePair(stages[0], stages[1], (as_image(image),)))
    assert by_name(shares) == pytest.approx(
        {"sampling positions": 0, "kernel": 0, "antialiasing": 0, "border": 0, "arithmetic": 1}, abs=WHOLE
    )


def test_both_pictures_before_the_resizes_count() -> None:
    pair = resize_pair(*traces("rocket", "opencv", "tensorflow-v1"))
    assert pair is not None
    assert len(pair.given) == 2
    same = resize_pair(*traces("rocket", "opencv", "pillow"))
    assert same is not None
    assert len(same.given) == 1


@pytest.mark.parametrize("b", ["opencv.imdecode", f"{DECODE}crop.fraction(0.5) | opencv.resize(INTER_LINEAR, 224x224)"])
def test_no_pair_of_resizes(b: str) -> None:
    assert resize_pair(*traces("rocket", "opencv", b)) is None
