import numpy as np
import pytest

from core.measuring.kernels import (
    NAMED,
    Kernel,
    box,
    gaussian,
    keys_cubic,
    lanczos,
    magic_kernel_sharp_2021,
    mitchell_cubic,
    triangle,
)

UNITY = (triangle(), keys_cubic(-0.5), keys_cubic(-0.75), mitchell_cubic(), magic_kernel_sharp_2021())


@pytest.mark.parametrize("kernel", NAMED, ids=lambda kernel: f"{kernel.name}-{kernel.radius:g}")
def test_every_kernel_is_even_and_ends_at_its_radius(kernel: Kernel) -> None:
    distance = np.linspace(0, kernel.radius + 1, 301)
    np.testing.assert_array_equal(kernel(distance), kernel(-distance))
    np.testing.assert_array_equal(kernel(distance[distance >= kernel.radius]), 0)
    if not kernel.jumps:
        assert abs(kernel(np.array([kernel.radius - 1e-9]))[0]) < 1e-6


@pytest.mark.parametrize("kernel", UNITY, ids=lambda kernel: kernel.name)
def test_flat_stays_flat_at_every_phase(kernel: Kernel) -> None:
    for phase in np.linspace(0, 1, 11):
        np.testing.assert_allclose(kernel(np.arange(-6, 7) - phase).sum(), 1, atol=1e-12)


@pytest.mark.parametrize(
    ("kernel", "distances", "weights"),
    [
        (triangle(), [0, 0.25, 1], [1, 0.75, 0]),
        (box(), [0, 0.49, 0.5], [1, 1, 0]),
        (keys_cubic(-0.5), [0, 0.5, 1, 1.5, 2], [1, 0.5625, 0, -0.0625, 0]),
        (keys_cubic(-0.75), [0, 0.5, 1, 1.5, 2], [1, 0.59375, 0, -0.09375, 0]),
        (mitchell_cubic(), [0, 1, 2], [8 / 9, 1 / 18, 0]),
        (lanczos(3), [0, 1, 1.5, 2], [1, 0, -2 / np.pi * 2 / (3 * np.pi), 0]),
        (gaussian(), [0, 0.5, 1.499], [1, np.exp(-0.5), np.exp(-2 * 1.499**2)]),
    ],
    ids=lambda value: value.name if isinstance(value, Kernel) else "",
)
def test_known_values(kernel: Kernel, distances: list[float], weights: list[float]) -> None:
    np.testing.assert_allclose(kernel(np.array(distances, float)), weights, atol=1e-12)
