import numpy as np

from core.surveying.natural import DEVIATION_LEVELS, MEAN_LEVELS, natural_picture


def test_it_is_the_same_at_every_call() -> None:
    np.testing.assert_array_equal(natural_picture((40, 30)), natural_picture((40, 30)))


def test_size_mean_and_spread() -> None:
    picture = natural_picture((300, 200))
    assert picture.shape == (200, 300, 3)
    assert picture.dtype == np.uint8
    assert abs(picture.mean() - MEAN_LEVELS) < 3
    assert abs(picture.std() - DEVIATION_LEVELS) < 5


def test_the_amplitude_falls_with_the_frequency() -> None:
    """At four times the frequency a quarter of the amplitude, on average over many waves."""
    spectrum = np.abs(np.fft.fft2(natural_picture((512, 512)).mean(axis=2)))
    x, y = np.meshgrid(np.fft.fftfreq(512), np.fft.fftfreq(512))
    radius = np.hypot(x, y) * 512
    low, high = (spectrum[(radius > edge) & (radius < 1.2 * edge)].mean() for edge in (16, 64))
    assert 3.5 < low / high < 4.5


def test_one_pixel_has_no_frequencies() -> None:
    assert natural_picture((1, 1)).shape == (1, 1, 3)
