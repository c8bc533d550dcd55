"""Photograph-like pairs of pictures of any size, synthesised so that nothing has to be downloaded.

Smooth noise at several scales, sharp-edged shapes and sensor noise are encoded as a JPEG (4:2:0, quality 90); A is
OpenCV's decode, B TensorFlow's with its default `dct_method`, which is INTEGER_FAST. So the two differ as real ones do:
by a few levels, in most of the pixels.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.uint8]

SIZES_WH = {12: (4000, 3000), 24: (6000, 4000)}
"""Width and height, by megapixels."""

SEED = 7


def photograph(width: int, height: int) -> Levels:
    """Uint8[height, width, 3], the same for the same size."""
    import cv2

    generator = np.random.default_rng(SEED)
    picture = np.full((height, width, 3), 110, np.float32)
    for waves, levels in ((8, 70), (32, 35), (128, 18), (512, 9)):
        coarse = generator.standard_normal((waves * height // width + 2, waves, 3), dtype=np.float32)
        picture += levels * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(120):
        colour = generator.uniform(0, 255, 3).tolist()
        x, y = int(generator.integers(width)), int(generator.integers(height))
        size = int(generator.integers(width // 100, width // 12))
        if generator.random() < 0.5:
            cv2.circle(picture, (x, y), size, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, (x, y), (x + size, y + size // 2), colour, -1)
    picture += 3 * generator.standard_normal(picture.shape, dtype=np.float32)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def jpeg(megapixels: int) -> bytes:
    """The picture of this size as a JPEG file."""
    return jpeg_of(*SIZES_WH[megapixels])


def jpeg_of(width: int, height: int) -> bytes:
    """The picture of this width and height as a JPEG file."""
    import cv2

    subsampling = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
    options = [cv2.IMWRITE_JPEG_QUALITY, 90, *subsampling]
    encoded = cv2.imencode(".jpg", photograph(width, height), options)[1]
    return encoded.tobytes()


def decoded_pair(data: bytes) -> tuple[Levels, Levels]:
    """OpenCV's decode of a JPEG file and TensorFlow's default one, RGB."""
    import cv2

    tf = quiet_tensorflow()
    a = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    return np.ascontiguousarray(a, np.uint8), tf.io.decode_jpeg(data, dct_method="INTEGER_FAST").numpy()


def quiet_tensorflow() -> Any:  # noqa: ANN401 - TensorFlow has no types
    """TensorFlow without its greetings, which are about a GPU that has no part in this."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    import tensorflow as tf

    return tf


def pair(megapixels: int) -> tuple[Levels, Levels]:
    """Both decodes of the picture of this size, kept in the temporary folder since TensorFlow takes 10 s to import."""
    kept = pair_file(megapixels)
    if not kept.exists():
        np.save(kept, np.stack(decoded_pair(jpeg(megapixels))))
    a, b = np.load(kept)
    return a, b


def pair_file(megapixels: int) -> Path:
    """Where `pair` keeps the two decodes, as one array."""
    return Path(tempfile.gettempdir()) / f"samepixels-benchmark-{megapixels}mp-{SEED}.npy"
