import base64

import pytest

from core.errors import ProcessLostError
from core.pipeline import Step, put_in_charge
from core.recipe import Stage
from core.samples import load_sample, samples
from core.source import Source, read_source
from ui.thumbnails import SIDE_PX, thumbnail_html


def picture_in(html: str) -> Source:
    encoded = html.partition("base64,")[2].partition('"')[0]
    return read_source("thumbnail", base64.b64decode(encoded))


@pytest.mark.parametrize("key", [sample.key for sample in samples()])
def test_every_sample_has_a_thumbnail(key: str) -> None:
    size_wh = picture_in(thumbnail_html(load_sample(key))).header.size_wh
    assert size_wh is not None
    assert max(size_wh) <= SIDE_PX


def test_a_picture_on_its_side_is_shown_upright() -> None:
    source = load_sample("coffee-on-its-side")
    assert source.header.size_wh is not None
    width, height = picture_in(thumbnail_html(source)).header.size_wh or (0, 0)
    assert (width < height) == (source.header.size_wh[0] > source.header.size_wh[1])


def test_what_cannot_be_decoded_is_a_plain_square() -> None:
    whole = load_sample("cat")
    half = read_source("half.jpg", whole.data[: len(whole.data) // 3])
    assert thumbnail_html(half) == '<span class="sp-thumbnail"></span>'


def test_what_failed_with_its_process_is_not_kept() -> None:
    class Losing:
        def carry_out(self, stage: Stage, given: object, level: float) -> Step:  # noqa: ARG002
            raise ProcessLostError("The process is gone.", "Try again.")

    cat = load_sample("cat")
    source = read_source("cat.jpg", cat.data + b"once more")
    put_in_charge(Losing())
    try:
        assert thumbnail_html(source) == '<span class="sp-thumbnail"></span>'
    finally:
        put_in_charge(None)
    assert "base64" in thumbnail_html(source)
