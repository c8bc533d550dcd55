"""Small models made in the test: what each answers can be worked out by hand."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 6


def onnx_bytes(
    nodes: Sequence[onnx.NodeProto],
    *,
    given: Sequence[int | str | None] = ("n", 3, SIDE, SIDE),
    dtype: int = TensorProto.FLOAT,
    constants: dict[str, npt.NDArray[np.float32]] | None = None,
    answer: Sequence[int | str | None] = ("n", 3),
    further_inputs: Sequence[str] = (),
    domain: str = "",
) -> bytes:
    """A model from `image` to `answer`."""
    inputs = [helper.make_tensor_value_info(name, dtype, given) for name in ("image", *further_inputs)]
    output = helper.make_tensor_value_info("answer", TensorProto.FLOAT, answer)
    initializers = [numpy_helper.from_array(value, name) for name, value in (constants or {}).items()]
    graph = helper.make_graph(list(nodes), "made", inputs, [output], initializers)
    opsets = [helper.make_opsetid("", 17), *([helper.make_opsetid(domain, 1)] if domain else [])]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    return bytes(model.SerializeToString())


def channel_means() -> bytes:
    """Three logits: the means of red, green and blue."""
    return onnx_bytes([helper.make_node("ReduceMean", ["image"], ["answer"], axes=[2, 3], keepdims=0)])


def channel_shares() -> bytes:
    """Three probabilities: the softmax of the means."""
    return onnx_bytes(
        [
            helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=0),
            helper.make_node("Softmax", ["mean"], ["answer"], axis=1),
        ]
    )


def not_a_number() -> bytes:
    """The logarithm of minus the mean, which is none."""
    return onnx_bytes(
        [
            helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=0),
            helper.make_node("Neg", ["mean"], ["less"]),
            helper.make_node("Log", ["less"], ["answer"]),
        ]
    )
