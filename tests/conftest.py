import os
import signal

from hypothesis import settings

# TensorFlow reads these when it is first imported: a quiet log, no search for a GPU, kernels in a fixed order.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

# A first call compiles a loop or imports a library, so examples have no deadline. They are the same each time.
settings.register_profile("samepixels", deadline=None, derandomize=True)
settings.load_profile("samepixels")

# A shell that runs the tests in the background has them ignore Ctrl+C, and so would the programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
