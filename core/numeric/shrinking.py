"""Shrinking a picture for a view, by Pillow, which the package needs anyway; OpenCV is optional."""

import numpy as np
import numpy.typing as npt


def shrunk(image: npt.NDArray[np.uint8], max_side: int) -> npt.NDArray[np.uint8]:
    """`image` uint8[height, width, channels] with its longer side made `max_side`: each pixel the mean of an area.

    Channel by channel, because Pillow has no array of two channels and multiplies colours by an alpha channel.
    """
    from PIL import Image as PillowImage

    height, width, channels = image.shape
    scale = max_side / max(height, width)
    size_wh = max(1, round(width * scale)), max(1, round(height * scale))
    planes = (PillowImage.fromarray(np.ascontiguousarray(image[:, :, channel])) for channel in range(channels))
    return np.stack([np.asarray(plane.resize(size_wh, PillowImage.Resampling.BOX)) for plane in planes], axis=2)
