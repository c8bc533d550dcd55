"""EfficientNet-Lite0 built a second time: an ONNX graph straight from the published tensors, batch norm not folded."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

STRIDES = {0: 1, 1: 2, 2: 1, 3: 2, 4: 1, 5: 2, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 2, 12: 1, 13: 1, 14: 1, 15: 1}


class _Graph:
    def __init__(self, tensors: dict[str, npt.NDArray[Any]]) -> None:
        self.tensors = tensors
        self.nodes: list[onnx.NodeProto] = []
        self.last = "image"

    def add(self, kind: str, further: tuple[str, ...] = (), **attributes: Any) -> None:
        name = f"value{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.last, *further], [name], **attributes))
        self.last = name

    def convolution(self, name: str, norm: str, stride: int = 1, *, clipped: bool = True) -> None:
        out, inside, *size = self.tensors[f"{name}.weight"].shape
        group = out if inside == 1 and size != [1, 1] else 1
        self.add("Conv", (f"{name}.weight",), auto_pad="SAME_UPPER", strides=[stride, stride], group=group)
        parts = tuple(f"{norm}.{part}" for part in ("weight", "bias", "running_mean", "running_var"))
        self.add("BatchNormalization", parts, epsilon=1e-3)
        if clipped:
            self.add("Clip", ("zero", "six"))

    def block(self, number: int) -> None:
        before, name, stride = self.last, f"_blocks.{number}", STRIDES[number]
        if f"{name}._expand_conv.weight" in self.tensors:
            self.convolution(f"{name}._expand_conv", f"{name}._bn0")
        self.convolution(f"{name}._depthwise_conv", f"{name}._bn1", stride)
        self.convolution(f"{name}._project_conv", f"{name}._bn2", clipped=False)
        widths = (
            [self.tensors[f"_blocks.{each}._project_conv.weight"].shape[0] for each in (number - 1, number)]
            if number
            else [0, 1]
        )
        if stride == 1 and widths[0] == widths[1]:
            self.add("Add", (before,))


def lite0_onnx(tensors: dict[str, npt.NDArray[Any]]) -> bytes:
    """The network as an ONNX file: float32[n, 3, 224, 224] to logits."""
    graph = _Graph(tensors)
    graph.convolution("_conv_stem", "_bn0", 2)
    for number in range(16):
        graph.block(number)
    graph.convolution("_conv_head", "_bn1")
    graph.add("GlobalAveragePool")
    graph.add("Flatten")
    graph.add("Gemm", ("_fc.weight", "_fc.bias"), transB=1)
    used = {name for node in graph.nodes for name in node.input if re.match("_", name)}
    constants = [numpy_helper.from_array(tensors[name], name) for name in sorted(used)]
    limits = [numpy_helper.from_array(np.array(limit, np.float32), name) for name, limit in (("zero", 0), ("six", 6))]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "lite0",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ("n", 3, 224, 224))],
            [helper.make_tensor_value_info(graph.last, TensorProto.FLOAT, ("n", 1000))],
            [*constants, *limits],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )
    return bytes(model.SerializeToString())
