"""Which quality setting of libjpeg a JPEG's quantisation tables stand for."""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

# Annex K of ITU-T T.81, table K.1, in raster order: what libjpeg scales for luma at quality 50.
_LUMA = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ]
)
# A table belongs to the family when the sum of its deviations is at most this share of the nearest table's sum.
# libjpeg's own match exactly; an encoder that rounds otherwise may be off by one here and there.
_FAMILY_TOLERANCE = 0.02
_QUALITIES = np.arange(1, 101)
_ZIGZAG = sorted(
    range(64), key=lambda i: (i // 8 + i % 8, i // 8 if (i // 8 + i % 8) % 2 else i % 8)
)  # raster indices in the order of a JPEG's tables


@cache
def _luma_tables(maximum: int) -> npt.NDArray[np.int64]:
    """Row q - 1 is the luma table that libjpeg writes for quality q (jpeg_quality_scaling and jpeg_add_quant_table)."""
    scale = np.where(_QUALITIES < 50, 5000 // _QUALITIES, 200 - 2 * _QUALITIES)
    tables = (_LUMA.ravel()[_ZIGZAG] * scale[:, np.newaxis] + 50) // 100
    return tables.clip(1, maximum)


def estimate_quality(luma: Sequence[int], *, is_16_bit: bool = False) -> int | None:
    """The quality, 1 to 100, whose luma table is the nearest to `luma` (64 values in zigzag order).

    None where even the nearest is not near: the tables of Photoshop, cameras and MozJPEG are of other families, and a
    number on libjpeg's scale would mean nothing. 8-bit tables are limited to 255, as libjpeg does for baseline files.
    """
    return _nearest_quality(tuple(luma), 32767 if is_16_bit else 255)


@lru_cache(maxsize=1024)
def _nearest_quality(luma: tuple[int, ...], maximum: int) -> int | None:
    """Answers are kept, since the pictures of a corpus have few tables."""
    tables = _luma_tables(maximum)
    deviations = np.abs(tables - np.asarray(luma)).sum(axis=1)
    nearest = int(deviations.argmin())
    if deviations[nearest] > _FAMILY_TOLERANCE * tables[nearest].sum():
        return None
    return int(_QUALITIES[nearest])
