"""The form of an audit's rows: one for each picture and B. docs/corpus.md describes it, and a test holds it to this.

Names of figures are those of `compare --json`, in the same units; what is unknown is null.
"""

from typing import Any, NamedTuple

import pyarrow as pa

ROWS_SCHEMA = "samepixels/corpus-rows/1"
"""Grows when a name or a meaning changes; new columns may appear without that."""


class Column(NamedTuple):
    """A column's name, Arrow type, and what it holds."""

    name: str
    type: Any
    about: str


FIGURE_COLUMNS = (
    Column("max_abs", pa.float64(), "the largest |B − A|"),
    Column("mean_abs", pa.float64(), "the mean of |B − A|"),
    Column("bias", pa.float64(), "the mean of B − A"),
    Column("rmse", pa.float64(), "the square root of the mean of (B − A)²"),
    Column("psnr_db", pa.float64(), "the peak signal-to-noise ratio; null where nothing differs"),
    Column("ssim", pa.float64(), "the mean structural similarity, where it was asked for"),
    Column("differing_values_pct", pa.float64(), "how many of the values differ, in per cent"),
    Column("differing_pixels_pct", pa.float64(), "how many of the pixels differ in any channel, in per cent"),
    Column("p50", pa.float64(), "the median of |B − A|"),
    Column("p95", pa.float64(), "its 95th percentile"),
    Column("p99", pa.float64(), "its 99th percentile"),
    Column("max_at", pa.list_(pa.int32()), "the first place of the largest |B − A|: x, y, channel"),
    Column("max_abs_levels", pa.float64(), "`max_abs` in levels (1/255 of white)"),
    Column("mean_abs_levels", pa.float64(), "`mean_abs` in levels"),
    Column("bias_levels", pa.float64(), "`bias` in levels"),
    Column("level", pa.float64(), "how much of a value makes one level: 1, or less after a normalize stage"),
    Column("values", pa.int64(), "how many values were compared"),
    Column("differing_values", pa.int64(), "how many of them differ"),
    Column("non_finite_values", pa.int64(), "pairs with a NaN or an infinity, which are in no figure"),
)


def _struct(*columns: Column) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pa.struct([pa.field(column.name, column.type) for column in columns])


_CHANNEL = _struct(Column("name", pa.string(), ""), *FIGURE_COLUMNS)
_STAGE = _struct(
    Column("name", pa.string(), ""),
    Column("verdict", pa.string(), ""),
    Column("reason", pa.string(), ""),
    Column("seconds_a", pa.float64(), ""),
    Column("seconds_b", pa.float64(), ""),
    *FIGURE_COLUMNS,
    Column("channels", pa.list_(_CHANNEL), ""),
)

COLUMNS = (
    Column("index", pa.int64(), "the picture's number in the list of pictures, from 0"),
    Column("recipe_b", pa.int32(), "which B, from 0"),
    Column("picture", pa.string(), "its address; `SHARD.tar::MEMBER` in a shard"),
    Column("folder", pa.string(), "the address's folder, or the shard"),
    Column("sha256", pa.string(), "of the file's bytes"),
    Column("bytes", pa.int64(), "the file's size"),
    Column("format", pa.string(), "JPEG, PNG, …, told by the bytes"),
    Column("width", pa.int32(), "as stored, before the orientation is applied"),
    Column("height", pa.int32(), "as stored"),
    Column("color", pa.string(), "how colours are stored"),
    Column("bit_depth", pa.int32(), "bits a channel"),
    Column("alpha", pa.bool_(), "whether there is transparency"),
    Column("frames", pa.int32(), "pictures in the file"),
    Column("subsampling", pa.string(), "of a JPEG's chroma"),
    Column("quality_estimate", pa.int32(), "a JPEG's quality on libjpeg's scale"),
    Column("progressive", pa.bool_(), "whether it is a progressive JPEG"),
    Column("orientation", pa.int32(), "1 to 8, as in EXIF"),
    Column("icc_profile", pa.string(), "the profile's description"),
    Column("verdict", pa.string(), "identical, rounding, different or incomparable; null for a duplicate"),
    Column(
        "error_kind",
        pa.string(),
        "unreadable, too_large, stage_failed, shapes_differ, crashed, hung or duplicate; null where there is none",
    ),
    Column("error", pa.string(), "what is wrong, in words"),
    Column("remedy", pa.string(), "what to do about it"),
    Column("warnings", pa.list_(pa.string()), "the stages' remarks, each after the side it is of"),
    Column("shape_a", pa.list_(pa.int32()), "height, width and channels of A's result"),
    Column("shape_b", pa.list_(pa.int32()), "of B's"),
    Column("dtype_a", pa.string(), "uint8 or float32"),
    Column("dtype_b", pa.string(), "of B's result"),
    Column("seconds_a", pa.float64(), "of A's stages"),
    Column("seconds_b", pa.float64(), "of B's stages"),
    Column("seconds", pa.float64(), "of all that was done for the picture, for all B together"),
    *FIGURE_COLUMNS,
    Column("channels", pa.list_(_CHANNEL), "`name` and the same figures of each channel"),
    Column(
        "stages",
        pa.list_(_STAGE),
        "after each pair of stages of one kind: `name`, `verdict`, `reason`, `seconds_a`, `seconds_b`, the figures, "
        "`channels`",
    ),
)

TIMED_COLUMNS = ("seconds", "seconds_a", "seconds_b")
"""What differs between two runs of the same audit; in `stages` as well."""

ROWS = pa.schema([pa.field(column.name, column.type) for column in COLUMNS])
