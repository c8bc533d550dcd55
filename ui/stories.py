"""Three comparisons that everybody should have seen, a click each."""

from dataclasses import dataclass, replace

import streamlit as st

from core.presets import parse_recipe
from ui import state


@dataclass(frozen=True)
class Story:
    """A pair of recipes with what it shows; `a` and `b` are recipe texts or presets' names."""

    title: str
    shows: str
    a: str
    b: str


STORIES = (
    Story(
        "Fast DCT",
        "TensorFlow's default decoder against the accurate one of OpenCV and Pillow: darker by 0.6 to 0.8 levels.",
        "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3)",
        "tensorflow.decode_jpeg(dct_method=INTEGER_FAST, channels=3)",
    ),
    Story(
        "TF1's shifted resize",
        "tf.compat.v1's bilinear resize samples from the corner, not the centre: the picture moves by half a pixel "
        "and more.",
        "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3) | tensorflow.resize(bilinear, 224x224)",
        "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3) | tensorflow_v1.resize(bilinear, 224x224)",
    ),
    Story(
        "Rounding alone",
        "The accurate decoder and the same bilinear resize: what is left is OpenCV's rounding to whole levels.",
        "opencv",
        "tensorflow-accurate",
    ),
)


def story_buttons() -> None:
    """A button for each story."""
    for number, story in enumerate(STORIES):
        st.button(story.title, key=f"story.{number}", help=story.shows, type="tertiary", on_click=_tell, args=(story,))


def _tell(story: Story) -> None:
    a, b = parse_recipe(story.a), parse_recipe(story.b)
    state.change(lambda settings: replace(settings, a=a, b=b).with_view(at="end"))
