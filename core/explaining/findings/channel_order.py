"""Red and blue exchanged: B's red goes with A's blue, whatever the scale of the values."""

from .finding import Finding, Found
from .pair import Pair, block_means, correlation

_SIDE = 48
_CLOSER = 0.3
_LEAST_GAP = 0.001


def channels_swapped(pair: Pair) -> Found | None:
    """B's first and last channels fit A's last and first better than their own."""
    a, b = (block_means(image, _SIDE) for image in (pair.a, pair.b))
    if a.shape != b.shape:
        return None
    straight = (correlation(a[..., 0], b[..., 0]) + correlation(a[..., 2], b[..., 2])) / 2
    crossed = (correlation(a[..., 0], b[..., 2]) + correlation(a[..., 2], b[..., 0])) / 2
    if crossed < 0.8 or crossed - straight < _LEAST_GAP or (1 - crossed) > _CLOSER * (1 - straight):
        return None
    evidence = (
        f"B's first channel goes with A's last and the other way round (r = {crossed:.4f}), "
        f"better than in their own order ({straight:.4f}): red and blue are exchanged."
    )
    confidence = max(0.5, 1 - (1 - crossed) / (1 - straight))
    return Found(Finding("channels_swapped", evidence, confidence), pair.with_b(pair.b[:, :, ::-1]))
