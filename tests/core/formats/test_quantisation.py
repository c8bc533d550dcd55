import cv2
import numpy as np
import pytest

from core.formats.jpeg import read_jpeg
from core.formats.quantisation import estimate_quality
from tests.core.encoded import by_opencv, by_pillow, picture, rgb


@pytest.mark.parametrize("quality", range(1, 101))
def test_the_setting_of_the_encoders_comes_back(quality: int) -> None:
    pillow = read_jpeg(by_pillow(picture().resize((16, 16)), "JPEG", quality=quality))
    opencv = read_jpeg(by_opencv(".jpg", rgb(16, 16), cv2.IMWRITE_JPEG_QUALITY, quality))
    assert (pillow.quality_estimate, opencv.quality_estimate) == (quality, quality)


def test_the_table_of_quality_50_is_the_standards_own() -> None:
    zigzag_start = [16, 11, 12, 14, 12, 10, 16, 14]
    data = by_pillow(picture(), "JPEG", quality=50)
    start = data.index(b"\xff\xdb") + 5
    assert list(data[start : start + 8]) == zigzag_start
    assert estimate_quality(list(data[start : start + 64])) == 50


def test_16_bit_tables_are_not_limited_to_255() -> None:
    data = by_pillow(picture(), "JPEG", quality=50)
    start = data.index(b"\xff\xdb") + 5
    ten_times = np.frombuffer(data[start : start + 64], np.uint8).astype(int) * 10
    assert estimate_quality(ten_times.tolist(), is_16_bit=True) == 5
    assert ten_times.max() > 255


def test_other_families_have_no_quality() -> None:
    flat = [16] * 64
    assert estimate_quality(flat) is None
    rising = [12, 17, 20, 21, 30, 34, 56, 63] * 8
    data = by_pillow(picture(), "JPEG", qtables=[rising, rising])
    assert read_jpeg(data).quality_estimate is None


def test_a_slip_of_rounding_is_forgiven() -> None:
    data = by_pillow(picture(), "JPEG", quality=75)
    start = data.index(b"\xff\xdb") + 5
    table = list(data[start : start + 64])
    table[40] += 1
    assert estimate_quality(table) == 75
