"""What all kinds of model files share: the file itself, and what its input says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import ModelError
from .model import Layout, ModelInput, Quantisation

_CHANNELS = (1, 3, 4)


@dataclass(frozen=True)
class Address:
    """A model's file: the name it was given by, its bytes and their sha256."""

    name: str
    data: bytes = field(repr=False)
    sha256: str


def single(inputs: Sequence[str], name: str) -> str:
    """The one input that there is; raises `ModelError` where there are others."""
    if len(inputs) != 1:
        named = ", ".join(inputs) or "none"
        raise ModelError(
            f"{name} has {len(inputs)} inputs ({named}), and pictures go into one.",
            "Export the part that takes the picture alone.",
        )
    return inputs[0]


def input_of(
    shape: Sequence[int | None],
    dtype: str,
    name: str,
    *,
    usual_layout: Layout,
    quantisation: Quantisation | None = None,
) -> ModelInput:
    """The input of `shape`, batch first, with None for what varies.

    Raises `ModelError` unless it takes batches of pictures; the layout is told by where 1, 3 or 4 channels are, and is
    the file format's usual one where that says nothing.
    """
    if len(shape) != 4:
        what = "3-D video or volumes" if len(shape) == 5 else f"arrays of {len(shape)} axes"
        raise ModelError(
            f"{name} takes {what} ({_shape(shape)}), and a picture in a batch has 4 axes.",
            "Give a model for pictures: batch x height x width x channels, or batch x channels x height x width.",
        )
    batch, first, _, last = (None if side is None or side < 1 else side for side in shape)
    layout = usual_layout
    if last in _CHANNELS and first not in _CHANNELS:
        layout = "NHWC"
    elif first in _CHANNELS and last not in _CHANNELS:
        layout = "NCHW"
    channels, height, width = (first, *shape[2:]) if layout == "NCHW" else (last, *shape[1:3])
    if channels is not None and channels not in _CHANNELS:
        raise ModelError(
            f"{name} takes {_shape(shape)}, which has {channels} channels.", "Pictures have 1, 3 or 4 channels."
        )
    sides = tuple(None if side is None or side < 1 else side for side in (width, height))
    return ModelInput(
        layout, (sides[0], sides[1]), channels, dtype, batch, quantisation, _value_range(dtype, quantisation)
    )


def _shape(shape: Sequence[int | None]) -> str:
    return "x".join("any" if side is None or side < 1 else str(side) for side in shape)


def _value_range(dtype: str, quantisation: Quantisation | None) -> tuple[float, float] | None:
    """What quantised numbers can stand for; bytes without a scale are levels."""
    limits = {"uint8": (0, 255), "int8": (-128, 127)}.get(dtype)
    if limits is None:
        return None
    scale, zero_point = (quantisation.scale, quantisation.zero_point) if quantisation else (1.0, 0)
    return scale * (limits[0] - zero_point), scale * (limits[1] - zero_point)
