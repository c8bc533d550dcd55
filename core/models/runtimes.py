"""What runs models, imported on first use as the image libraries are."""

from ..operations.libraries import Library

KERAS = Library(
    "Keras",
    "keras",
    ("keras",),
    # Keras could run on JAX or PyTorch too; TensorFlow is what the application has.
    environment=(("KERAS_BACKEND", "tensorflow"), ("TF_CPP_MIN_LOG_LEVEL", "3")),
)
ONNX_RUNTIME = Library("ONNX Runtime", "onnxruntime", ("onnxruntime", "onnxruntime-gpu"))
LITERT = Library("LiteRT", "ai_edge_litert.interpreter", ("ai-edge-litert",))
