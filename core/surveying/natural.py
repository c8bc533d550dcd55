"""A picture with the statistics of natural ones, at any size and without a photograph's own accidents."""

import numpy as np

from ..image import Image, as_image

SEED = 1987
MEAN_LEVELS = 118.0
DEVIATION_LEVELS = 52.0
"""Photographs' values spread about as much: the built-in ones by 40 to 70 levels."""


def natural_picture(size_wh: tuple[int, int]) -> Image:
    """Noise whose amplitude falls as 1 / frequency, uint8 of shape (height, width, 3); the same at every call.

    That is the mean spectrum of natural pictures (D. J. Field, "Relations between the statistics of natural images and
    the response properties of cortical cells", JOSA A 4, 1987).
    """
    width, height = size_wh
    frequency = np.hypot(np.fft.fftfreq(height)[:, np.newaxis], np.fft.fftfreq(width)[np.newaxis, :])
    amplitude = np.divide(1.0, frequency, out=np.zeros_like(frequency), where=frequency > 0)
    generator = np.random.default_rng(SEED)
    levels = np.empty((height, width, 3), np.float32)
    for channel in range(3):
        coloured = np.fft.ifft2(np.fft.fft2(generator.standard_normal((height, width))) * amplitude).real
        levels[:, :, channel] = MEAN_LEVELS + DEVIATION_LEVELS * coloured / (coloured.std() or 1)
    return as_image(np.clip(np.rint(levels), 0, 255).astype(np.uint8))
