"""Small pictures for the picture line and the gallery, made by the core's own stages."""

import base64

from core.pipeline import run
from core.png import png_bytes
from core.presets import parse_recipe
from core.preview import preview
from core.source import Source
from ui.cached import DRAWINGS

SIDE_PX = 168
"""For 84 CSS pixels on a screen of twice the density."""

_RECIPE = parse_recipe("pillow.open(mode=RGB, exif_transpose=true)")


def thumbnail_html(source: Source, css_class: str = "sp-thumbnail") -> str:
    """The picture, small, as an image element; a grey square where it cannot be decoded."""
    data = _thumbnail(source)
    if not data:
        return f'<span class="{css_class}"></span>'
    return f'<img class="{css_class}" alt="" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def _thumbnail(source: Source) -> bytes:
    key = (source.sha256, "thumbnail")
    if (kept := DRAWINGS.get(key)) is not None:
        return kept
    trace = run(source, _RECIPE)
    data = b"" if trace.image is None else png_bytes(preview(trace.image, max_side=SIDE_PX))
    if not trace.is_lost:
        DRAWINGS.put(key, data)
    return data
