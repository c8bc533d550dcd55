"""A heatmap of 12 megapixels for the screen, as a PNG file, against the usual ways with numpy, matplotlib and OpenCV.

    python -m benchmarks.heatmap

All but the first shrink so as to be comparable. The last column is what is left, as a share of the brightest colour, of
a single pixel that differs by 200 levels: ways that average lose it.
"""

from collections.abc import Callable

import cv2
import matplotlib as mpl
import numpy as np
import numpy.typing as npt

from benchmarks.pictures import Levels, pair
from benchmarks.timing import print_machine, print_table, timings
from core.render import HeatmapSettings, heatmap

VIEW_MAX_SIDE = 1024
GAIN = 16.0
ROUNDS = 9
SETTINGS = HeatmapSettings("absolute", GAIN)
Way = Callable[[Levels, Levels], bytes]


def samepixels(a: Levels, b: Levels) -> bytes:
    return heatmap(a, b, SETTINGS, max_side=VIEW_MAX_SIDE).png()


def samepixels_full_size(a: Levels, b: Levels) -> bytes:
    return heatmap(a, b, SETTINGS).png()


def matplotlib_mean(a: Levels, b: Levels) -> bytes:
    """Difference in floats, the colour map on floats, the result shrunk."""
    largest = np.abs(b.astype(np.float64) - a.astype(np.float64)).max(axis=2)
    colours = mpl.colormaps["inferno"](np.minimum(largest * GAIN / 255, 1))
    return opencv_png((colours[..., :3] * 255).astype(np.uint8))


def matplotlib_bytes(a: Levels, b: Levels) -> bytes:
    """The same in bytes as far as they go."""
    largest = cv2.absdiff(a, b).max(axis=2)
    amplified = np.minimum(largest * np.float32(GAIN), 255).astype(np.uint8)
    return opencv_png(mpl.colormaps["inferno"](amplified, bytes=True)[..., :3])


def opencv_mean(a: Levels, b: Levels) -> bytes:
    red, green, blue = cv2.split(cv2.absdiff(a, b))
    largest = cv2.max(cv2.max(red, green), blue)
    amplified = cv2.convertScaleAbs(largest, alpha=GAIN)
    return opencv_png(np.asarray(cv2.cvtColor(cv2.applyColorMap(amplified, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB)))


def opencv_png(rgb: npt.NDArray[np.uint8]) -> bytes:
    height, width = rgb.shape[:2]
    scale = VIEW_MAX_SIDE / max(height, width)
    view = cv2.resize(rgb, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".png", cv2.cvtColor(view, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


WAYS: dict[str, Way] = {
    "`cv2.absdiff`, for scale": lambda a, b: bytes(cv2.absdiff(a, b)[0, 0]),
    "SamePixels, view by maximum": samepixels,
    "SamePixels, full size": samepixels_full_size,
    "OpenCV, shrunk by mean": opencv_mean,
    "numpy and matplotlib in bytes, shrunk by mean": matplotlib_bytes,
    "numpy and matplotlib in floats, shrunk by mean": matplotlib_mean,
}


def what_is_left(way: Way) -> str:
    """Of one bad pixel among 12 million, in the way's picture, from 0 to 1."""
    a = np.zeros((3000, 4000, 3), np.uint8)
    b = a.copy()
    b[1501, 2001] = 200
    drawn = cv2.imdecode(np.frombuffer(way(a, b), np.uint8), cv2.IMREAD_COLOR)
    return "" if drawn is None else f"{int(drawn.max()) / 255:.2f}"


def rows(a: Levels, b: Levels) -> list[list[str]]:
    def calling(way: Way) -> Callable[[], object]:
        return lambda: way(a, b)

    timed = timings({name: calling(way) for name, way in WAYS.items()}, ROUNDS)
    own_s = timed["SamePixels, view by maximum"].least_s
    return [
        [
            name,
            f"{1000 * timing.median_s:.0f}",
            f"{1000 * timing.least_s:.0f}",
            f"{timing.least_s / own_s:.1f}",
            what_is_left(WAYS[name]),
        ]
        for name, timing in timed.items()
    ]


def main() -> None:
    print_machine("numpy", "numba", "opencv-python", "matplotlib")
    a, b = pair(12)
    title = f"A heatmap of 12 megapixels as a PNG of {VIEW_MAX_SIDE} pixels"
    print_table(title, ["", "ms", "least ms", "times ours", "left of one bad pixel"], rows(a, b))


if __name__ == "__main__":
    main()
