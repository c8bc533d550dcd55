"""Pictures as files, written by Pillow and by OpenCV."""

from io import BytesIO
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

WIDTH, HEIGHT = 67, 45


def rgb(width: int = WIDTH, height: int = HEIGHT) -> npt.NDArray[np.uint8]:
    """Smooth colours with a little noise, so that no two quality settings encode them alike."""
    y, x = np.mgrid[:height, :width]
    smooth = np.stack([x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)], axis=2)
    noise = np.random.default_rng(0).normal(0, 6, smooth.shape)
    return np.clip(smooth + noise, 0, 255).astype(np.uint8)


def picture(mode: str = "RGB") -> Image.Image:
    """The colours of `rgb` in one of Pillow's modes; alpha runs from 0 to 255 across."""
    image = Image.fromarray(rgb())
    if mode == "P":
        return image.quantize(16)
    if mode in ("RGBA", "LA"):
        ramp = np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8), (HEIGHT, 1))
        image = image.convert(mode.removesuffix("A"))
        image.putalpha(Image.fromarray(ramp))
        return image
    return image.convert(mode)


def by_pillow(image: Image.Image, file_format: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def by_opencv(extension: str, array: npt.NDArray[Any], *parameters: int) -> bytes:
    """`array` is grey, RGB or RGBA."""
    if array.ndim == 3:
        array = array[..., [2, 1, 0, *range(3, array.shape[2])]]
    done, encoded = cv2.imencode(extension, array, parameters)
    assert done
    return encoded.tobytes()


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
    return block


def animation(file_format: str, count: int = 3, mode: str = "RGB", **options: Any) -> bytes:
    frames = [picture(mode).rotate(20 * index) for index in range(count)]
    return by_pillow(frames[0], file_format, save_all=True, append_images=frames[1:], **options)
