"""Draws the test patterns among the built-in samples: `python -m tools.draw_samples` writes them into core/samples.

Each is a function of numpy, without chance and without fonts of the machine, so that anybody draws the same pixels
again, as tests/tools/test_draw_samples.py does. Pillow writes the files, and text in the bitmap font that it carries.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

SAMPLES = Path(__file__).parents[1] / "core" / "samples"
PALETTE = np.array(
    [[40 + 12 * i, 20 + 14 * i, 90 + 6 * i] for i in range(8)] + [[240, 40 + 25 * i, 30 + 8 * i] for i in range(8)],
    np.uint8,
)
# A palette of greys: one byte a pixel in the file, and three channels from every decoder.
GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, np.newaxis], 3, axis=1)

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float64]


def zone_plate(side_px: int = 512) -> Pixels:
    """Rings whose frequency grows with the radius, up to half a cycle a pixel at the edge; grey beyond."""
    x, y = _centred(side_px, side_px)
    radius = np.hypot(x, y)
    fade = np.clip((side_px / 2 - radius) / 8, 0, 1)
    return _levels(127.5 + 127.5 * fade * np.cos(np.pi * radius**2 / side_px))


def siemens_star(side_px: int = 512, spokes: int = 36) -> Pixels:
    """Black and white spokes; eight by eight points are averaged for each pixel.

    The axes and the diagonals lie inside spokes: on a border, a last bit of `arctan2` would decide between colours.
    """
    points = 8
    x, y = _centred(side_px * points, side_px * points)
    is_white = np.cos(np.arctan2(y, x) * spokes) > 0
    is_star = np.hypot(x, y) < 0.48 * side_px * points
    fine = np.where(is_star, is_white * 255.0, 127.5)
    return _levels(fine.reshape(side_px, points, side_px, points).mean(axis=(1, 3)))


def ramps(width: int = 768, band_px: int = 72) -> Pixels:
    """Bands from dark to light: grey, red, green, blue, then columns that alternate between neighbouring levels."""
    levels = np.arange(width) * 256 // width
    alternating = np.minimum(levels + np.arange(width) % 2, 255)
    weights = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    bands = [levels[:, np.newaxis] * weight for weight in weights]
    bands.append(np.repeat(alternating[:, np.newaxis], 3, axis=1))
    bands.append(np.repeat(alternating[::-1, np.newaxis], 3, axis=1))
    return np.repeat(np.stack(bands), band_px, axis=0).astype(np.uint8)


def impulses(side_px: int = 64, spacing_px: int = 12) -> Pixels:
    """Single white pixels in odd columns and rows, on a grey that leaves room for a kernel's negative lobes."""
    pixels = np.full((side_px, side_px), 64.0)
    pixels[7::spacing_px, 7::spacing_px] = 255
    return _grey(pixels)


def checkerboard(side_px: int = 448) -> Pixels:
    """Four quarters with cells of 1, 2, 4 and 8 pixels."""
    y, x = np.mgrid[:side_px, :side_px]
    half = side_px // 2
    cell_px = np.where(y < half, np.where(x < half, 1, 2), np.where(x < half, 4, 8))
    return _grey((x // cell_px + y // cell_px) % 2 * 255.0)


def fine_text(width: int = 640, height: int = 400) -> Pixels:
    """Lines of a small bitmap font: black on white, white on black, red on blue, grey on grey."""
    line = "Sphinx of black quartz, judge my vow. 0123456789 (A-B) x16 "
    colours = (("black", "white"), ("white", "black"), ("#ff2020", "#1030c0"), ("#606060", "#909090"))
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    draw.font, draw.fontmode = ImageFont.load_default_imagefont(), "1"
    band_px = height // len(colours)
    for band, (ink, paper) in enumerate(colours):
        draw.rectangle((0, band * band_px, width, (band + 1) * band_px - 1), fill=paper)
        for row in range((band_px - 4) // 12):
            text = (line * 3)[7 * row : 7 * row + width // 6]
            draw.text((4, band * band_px + 2 + 12 * row), text, fill=ink)
    return np.asarray(picture)


def arrows(width: int = 480, height: int = 320) -> Pixels:
    """An arrow to the top, and a corner of its own colour at each end of the diagonals."""
    x, y = _centred(width, height)
    pixels = np.full((height, width, 3), 235.0)
    for sign_x, sign_y, colour in (
        (-1, -1, (214, 39, 40)),
        (1, -1, (31, 119, 180)),
        (-1, 1, (44, 160, 44)),
        (1, 1, (255, 190, 11)),
    ):
        pixels[np.abs(sign_x * x - width / 2) + np.abs(sign_y * y - height / 2) < 90] = colour
    is_head = (y > -120) & (y < -10) & (np.abs(x) < (y + 120) * 0.8)
    is_shaft = (y >= -10) & (y < 120) & (np.abs(x) < 32)
    pixels[is_head | is_shaft] = (40, 40, 48)
    return pixels.astype(np.uint8)


def chroma_edges(side_px: int = 512) -> Pixels:
    """Saturated stripes from 16 pixels down to 1, upright and lying, and discs on grounds of the opposite colour."""
    red, green, blue, magenta = (np.array(c) for c in ((230, 0, 20), (0, 200, 40), (20, 30, 230), (230, 0, 200)))
    half = side_px // 2
    widths_px = np.repeat([16, 8, 4, 2, 1], [64, 64, 64, 32, 32])
    is_odd = np.cumsum(1 / widths_px) // 1 % 2 == 1
    upright = np.where(is_odd[np.newaxis, :, np.newaxis], red, blue) * np.ones((half, 1, 1))
    lying = np.where(is_odd[:, np.newaxis, np.newaxis], green, magenta) * np.ones((1, half, 1))
    discs = [_disc(half, ink, ground) for ink, ground in ((red, green), (blue, np.array([250, 220, 0])))]
    return np.block([[[upright], [lying]], [[discs[0]], [discs[1]]]]).astype(np.uint8)


def _disc(side_px: int, ink: npt.NDArray[np.int_], ground: npt.NDArray[np.int_]) -> npt.NDArray[np.int_]:
    x, y = _centred(side_px, side_px)
    return np.where((np.hypot(x, y) < 0.4 * side_px)[..., np.newaxis], ink, ground)


def depth_16(width: int = 512, height: int = 256) -> Pixels:
    """16-bit grey: a ramp over everything above one over 8 levels of 255, where the low byte has all the detail."""
    whole = np.linspace(0, 65_535, width)
    narrow = np.linspace(32_768, 32_768 + 8 * 257, width)
    return np.repeat(np.stack([whole, narrow]), height // 2, axis=0).round().astype(np.uint16)


def alpha_disc(side_px: int = 448) -> Pixels:
    """A disc of all hues that fades out; magenta and green stripes hide where it is transparent."""
    x, y = _centred(side_px, side_px)
    hue = np.arctan2(y, x)
    colours = np.stack([127.5 + 120 * np.cos(hue - turn) for turn in (0, 2 * np.pi / 3, 4 * np.pi / 3)], axis=2)
    opacity = np.clip((0.46 * side_px - np.hypot(x, y)) / (0.2 * side_px), 0, 1)
    stripes = np.where(((x + y) // 8 % 2 == 0)[..., np.newaxis], (255, 0, 255), (0, 255, 0))
    visible = np.where((opacity > 0)[..., np.newaxis], colours, stripes)
    return np.dstack([visible, 255 * opacity]).round().astype(np.uint8)


def palette_hills(width: int = 480, height: int = 320) -> Pixels:
    """Indices into `PALETTE`: hills in eight colours before a sky in eight; neighbours in it need not look alike."""
    x, y = np.arange(width), np.arange(height)[:, np.newaxis]
    sky = 15 - y * 8 // height
    hills = [180 + 26 * i + (34 - 3 * i) * np.sin(x / (70 - 8 * i) + 2 * i) for i in range(5)]
    indices = np.broadcast_to(sky, (height, width)).copy()
    for index, ridge in zip((7, 5, 3, 2, 0), hills, strict=True):
        indices[y > ridge] = index
    return indices.astype(np.uint8)


def _centred(width: int, height: int) -> tuple[Floats, Floats]:
    """The pixels' centres, x and y, with 0 in the middle of the picture."""
    y, x = np.mgrid[:height, :width]
    return x + 0.5 - width / 2, y + 0.5 - height / 2


def _levels(values: Floats) -> npt.NDArray[np.uint8]:
    return values.round().astype(np.uint8)


def _grey(values: Floats) -> Pixels:
    """Three equal channels, so that every decoder gives the same shape."""
    return np.repeat(_levels(values)[..., np.newaxis], 3, axis=2)


@dataclass(frozen=True)
class Pattern:
    """A pattern's function, and what Pillow's `save` is to be told.

    `orientation` is written as EXIF, and the pixels are stored such that it turns them upright. With a `palette` the
    pixels are indices into it.
    """

    draw: Callable[[], Pixels]
    save_options: dict[str, Any] = field(default_factory=dict)
    orientation: int = 1
    palette: npt.NDArray[np.uint8] | None = None


_PNG: dict[str, Any] = {"format": "PNG", "optimize": True}
_JPEG: dict[str, Any] = {"format": "JPEG", "quality": 95, "subsampling": "4:2:0", "optimize": True}

PATTERNS = {
    "zone-plate.png": Pattern(zone_plate, _PNG, palette=GREYS),
    "siemens-star.png": Pattern(siemens_star, _PNG, palette=GREYS),
    "ramps.png": Pattern(ramps, _PNG),
    "impulses.png": Pattern(impulses, _PNG),
    "checkerboard.png": Pattern(checkerboard, _PNG),
    "fine-text.png": Pattern(fine_text, _PNG),
    "arrows-orientation-6.jpg": Pattern(arrows, _JPEG, orientation=6),
    "chroma-edges-420.jpg": Pattern(chroma_edges, _JPEG),
    "depth-16.png": Pattern(depth_16, _PNG),
    "alpha-disc.png": Pattern(alpha_disc, _PNG),
    "palette-hills.png": Pattern(palette_hills, _PNG, palette=PALETTE),
}


def encoded(pattern: Pattern) -> bytes:
    """The pattern as the bytes of a file."""
    pixels = pattern.draw()
    if pattern.orientation == 6:
        pixels = np.rot90(pixels)
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    if pattern.palette is not None:
        picture.putpalette(pattern.palette.tobytes())
    exif = Image.Exif()
    if pattern.orientation != 1:
        exif[0x0112] = pattern.orientation
    buffer = BytesIO()
    picture.save(buffer, exif=exif, **pattern.save_options)
    return buffer.getvalue()


def main() -> None:
    """Writes every pattern into the folder of samples."""
    for name, pattern in PATTERNS.items():
        (SAMPLES / name).write_bytes(encoded(pattern))


if __name__ == "__main__":
    main()
