"""Another size: what follows is then looked at on the smaller of both."""

from dataclasses import replace

from ...measuring.axis_model import model, named_positions
from ...measuring.kernels import triangle
from .finding import Finding, Found
from .pair import Floats, Pair

_SAME_ASPECT = 0.02


def resized(pair: Pair) -> Found | None:
    """B has another size than A."""
    if pair.same_shape:
        return None
    (width_a, height_a), (width_b, height_b) = ((each.shape[1], each.shape[0]) for each in (pair.a, pair.b))
    stretched = (width_b / height_b) / (width_a / height_a)
    aspect = "" if abs(stretched - 1) < _SAME_ASPECT else f", with its width stretched {stretched:.2f} times"
    evidence = f"A is {width_a}x{height_a} and B {width_b}x{height_b}{aspect}."
    hw = (min(height_a, height_b), min(width_a, width_b))
    rest = replace(pair, a=shrunk(pair.a, hw), b=shrunk(pair.b, hw), aligned=False, resampled=True)
    return Found(Finding("resized", evidence, 1.0, {"size_wh": [width_b, height_b]}), rest)


def shrunk(image: Floats, hw: tuple[int, int]) -> Floats:
    """`image` of height and width `hw`, antialiased."""
    for axis, size_out in enumerate(hw):
        size_in = image.shape[axis]
        if size_in != size_out:
            positions = named_positions("half-pixel", size_in, size_out)
            weights = model(triangle(), positions, size_in / size_out, "renormalise", (size_in, size_out))
            image = weights.apply(image, axis).astype(image.dtype)
    return image
