"""Draws the figures of docs/concepts from built-in samples: `python -m tools.draw_concepts`, in half a minute.

Each is drawn for GitHub's light and dark theme, by the plots that the application and its exports have.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageColor

from core.difference import measure
from core.figures.histograms import difference_histogram
from core.figures.operators import Side, kernel_plot, positions_plot
from core.figures.pictures import panes_plot
from core.figures.plot import Panel, Plot
from core.image import Image, as_image
from core.numeric.static_figures import static_figure
from core.operator import measure_stage
from core.palette import PALETTES, Role, Theme
from core.pipeline import run
from core.presets import parse_recipe
from core.recipe import parse_stage
from core.render import HeatmapSettings
from core.samples import load_sample

IMAGES = Path(__file__).parents[1] / "docs" / "concepts" / "images"
SIZE_WH = (500, 375)
WIDTH_PX = 900
COLOURS = 256
"""A palette of so many makes a third of the file; no figure has more colours that can be told apart."""

Part = tuple[int, int, int, int]
"""x, y, width and height in pixels."""


def _made(sample: str, recipe: str, part: Part | None = None) -> Image:
    image = run(load_sample(sample), parse_recipe(recipe)).image
    if image is None:
        raise SystemExit(f"{recipe} fails on {sample}.")
    x, y, width, height = part or (0, 0, image.shape[1], image.shape[0])
    return as_image(image[y : y + height, x : x + width])


def _panes(sample: str, a: tuple[str, str], b: tuple[str, str], title: str, part: Part | None = None) -> Plot:
    """A, B and B - A; `a` and `b` are a name and a recipe each."""
    images = [_made(sample, recipe, part) for _, recipe in (a, b)]
    plot = panes_plot(images[0], images[1], HeatmapSettings(), "")
    panels = tuple(
        replace(panel, title=f"{panel.title}: {name}") for panel, (name, _) in zip(plot.panels, (a, b), strict=False)
    )
    width, height = plot.size_wh_px
    size = (WIDTH_PX, round((height - 150) * WIDTH_PX / width) + 150)
    return replace(plot, title=title, subtitle=f"sample {sample}", panels=panels + plot.panels[2:], size_wh_px=size)


def _sides(*named: tuple[str, Role, str]) -> tuple[Side, ...]:
    return tuple(Side(name, role, measure_stage(parse_stage(stage), SIZE_WH)) for name, role, stage in named)


def _half_pixel_centres() -> Plot:
    sides = _sides(
        ("OpenCV, TF2, Pillow", "a", "opencv.resize(INTER_LINEAR, 224x224)"),
        ("TF1", "b", "tensorflow_v1.resize(bilinear, 224x224)"),
        ("TF1 align_corners", "accent", "tensorflow_v1.resize(bilinear, 224x224, align_corners=true)"),
    )
    plot = positions_plot(sides, "x")
    return replace(plot, title="Where each output pixel looks, from 500 to 224 pixels", subtitle="")


def _antialiasing() -> Plot:
    return _panes(
        "zone-plate",
        ("off", "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)"),
        ("on", "opencv.imdecode | pillow.resize(BILINEAR, 224x224)"),
        "512 to 224 pixels with and without antialiasing",
    )


def _cubic_coefficient() -> Plot:
    sides = _sides(
        ("OpenCV", "a", "opencv.resize(INTER_CUBIC, 224x224)"),
        ("TensorFlow 2", "b", "tensorflow.resize(bicubic, 224x224)"),
    )
    return replace(kernel_plot(sides, "x"), title="Two bicubic kernels")


def _dct_method() -> Plot:
    accurate, fast = (
        _made("raccoon", f"tensorflow.decode_jpeg(dct_method={method})")
        for method in ("INTEGER_ACCURATE", "INTEGER_FAST")
    )
    plot = difference_histogram(measure(accurate, fast), "")
    return replace(plot, title="INTEGER_FAST minus INTEGER_ACCURATE", subtitle=f"sample raccoon, {plot.subtitle}")


def _chroma_upsampling() -> Plot:
    decode = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE"
    return _panes(
        "chroma-edges",
        ("interpolated", f"{decode})"),
        ("repeated", f"{decode}, fancy_upscaling=false)"),
        "Chroma of a 4:2:0 file",
        (64, 208, 96, 96),
    )


def _rounding() -> Plot:
    resize = "opencv.imdecode | tensorflow.resize(bilinear, 224x224)"
    exact = _made("hopper", resize)
    panels = [
        _rounding_panel(exact, _made("hopper", f"{resize} | cast.uint8({rule})"), f"cast.uint8({rule})")
        for rule in ("round", "truncate")
    ]
    title = "What becomes of the fraction: uint8 minus float"
    return Plot("rounding", title, "sample hopper", tuple(panels), (WIDTH_PX, 400))


def _rounding_panel(exact: Image, rounded: Image, title: str) -> Panel:
    (panel,) = difference_histogram(measure(exact, rounded), "", logarithmic=False).panels
    return replace(panel, title=title, x=replace(panel.x, label="levels", limits=(-1.1, 1.1)))


def _channel_order() -> Plot:
    return _panes(
        "coffee",
        ("RGB", "opencv.imdecode | opencv.resize(INTER_AREA, 300x200)"),
        ("BGR read as RGB", "opencv.imdecode | opencv.resize(INTER_AREA, 300x200) | channels.swap"),
        "Red and blue exchanged",
    )


def _exif_orientation() -> Plot:
    return _panes(
        "arrows",
        ("OpenCV", "opencv.imdecode"),
        ("Pillow, TensorFlow", "pillow.open"),
        "A file with EXIF orientation 6",
    )


FIGURES: Mapping[str, Callable[[], Plot]] = {
    "half-pixel-centres": _half_pixel_centres,
    "antialiasing": _antialiasing,
    "cubic-coefficient": _cubic_coefficient,
    "dct-method": _dct_method,
    "chroma-upsampling": _chroma_upsampling,
    "rounding": _rounding,
    "channel-order": _channel_order,
    "exif-orientation": _exif_orientation,
}


def reduced(png: bytes, theme: Theme) -> bytes:
    """A PNG with a palette, in which the theme's own colours are exact: a picture's many would mix with them."""
    picture = Pillow.open(BytesIO(png)).convert("RGB")
    own = [ImageColor.getrgb(colour)[:3] for colour in dict.fromkeys(PALETTES[theme].values())]
    quantised = picture.quantize(COLOURS - len(own), dither=Pillow.Dither.NONE)
    pixels, indices = np.asarray(picture), np.array(quantised) + np.uint8(len(own))
    for index, colour in enumerate(own):
        indices[(pixels == colour).all(axis=2)] = index
    final = Pillow.fromarray(indices)
    final.putpalette([channel for colour in own for channel in colour] + (quantised.getpalette() or []))
    buffer = BytesIO()
    final.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Writes every figure in both themes."""
    for name, draw in FIGURES.items():
        plot = draw()
        for theme in PALETTES:
            (IMAGES / f"{name}-{theme}.png").write_bytes(reduced(static_figure(plot, theme, "png"), theme))


if __name__ == "__main__":
    main()
