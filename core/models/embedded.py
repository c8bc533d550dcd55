"""The embedded model: EfficientNet-Lite0 as a Keras model, built once a process."""

from functools import cache
from threading import Lock
from typing import Any

import numpy as np

from ..operations.libraries import TENSORFLOW, load
from .efficientnet_lite0 import Block, Convolution, Network, network
from .imagenet import class_names
from .model import Batch, Model, ModelInput
from .runtimes import KERAS

NAME = "EfficientNet-Lite0"
ADDRESS = "embedded"
SIDE = 224
NORMALISATION = "normalize.affine(scale=128, offset=-0.9921875)"
"""(value - 127) / 128, as in training."""

VALUE_RANGE = (-0.9921875, 1.0)

BATCH = 4
"""With 8 pictures and more its first layers outgrow the processor's caches: 42 ms a picture instead of 17."""

_BUILDING = Lock()


def embedded_model() -> Model:
    """The model, which takes what the preset `efficientnet-lite` makes, and answers with 1000 logits.

    The first call imports TensorFlow and builds the model, which takes some seconds.
    """
    with _BUILDING:  # two threads that both ask first would build it twice
        return _model()


@cache
def _model() -> Model:
    return Model(
        name=NAME,
        digest=ADDRESS,
        input=ModelInput("NHWC", (SIDE, SIDE), 3, value_range=VALUE_RANGE),
        run=_runner(build_keras(network())),
        class_names=class_names(),
        normalisation=NORMALISATION,
        trained_on="ImageNet's training set",
        batch=BATCH,
    )


def build_keras(described: Network) -> Any:  # noqa: ANN401 - Keras has no types
    """`described` as a Keras model of float32[n, 224, 224, 3], RGB, to float32[n, 1000] logits."""
    keras = load(KERAS)
    given = keras.Input((SIDE, SIDE, 3), name="image")
    found = given
    for block in described.blocks:
        found = _block(keras, block, found)
    mean = keras.layers.GlobalAveragePooling2D(name="mean")(found)
    logits = keras.layers.Dense(len(described.bias), name="logits")
    model = keras.Model(given, logits(mean), name="efficientnet_lite0")
    for block in described.blocks:
        for each in block.convolutions:
            model.get_layer(each.name).set_weights([each.weights, each.bias])
    logits.set_weights([described.weights, described.bias])
    return model


def _block(keras: Any, block: Block, given: Any) -> Any:  # noqa: ANN401
    """Every layer is named here: the names that Keras makes up occur twice when it runs in a thread of a server."""
    found = given
    for each in block.convolutions:
        found = _convolution(keras, each)(found)
        if each.clipped:
            found = keras.layers.ReLU(max_value=6, name=f"{each.name}_relu6")(found)
    if not block.adds_input:
        return found
    return keras.layers.Add(name=f"{block.convolutions[-1].name}_add")([given, found])


def _convolution(keras: Any, described: Convolution) -> Any:  # noqa: ANN401
    size = described.weights.shape[:2]
    if described.depthwise:
        return keras.layers.DepthwiseConv2D(size, described.stride, padding="same", name=described.name)
    return keras.layers.Conv2D(len(described.bias), size, described.stride, padding="same", name=described.name)


def _runner(model: Any) -> Any:  # noqa: ANN401
    """The model as one graph for batches of any size: three times as fast as Keras' own call, layer by layer."""
    tf = load(TENSORFLOW)
    call = tf.function(
        lambda batch: model(batch, training=False),
        input_signature=[tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)],
    )

    def run(batch: Batch) -> Batch:
        return np.asarray(call(tf.constant(batch)))

    return run
