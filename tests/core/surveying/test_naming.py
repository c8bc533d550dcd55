import pytest

from core.recipe import parse_stage
from core.surveying.naming import short_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("opencv.resize(INTER_LINEAR, 224x224)", "OpenCV INTER_LINEAR"),
        ("tensorflow.resize(bilinear, 224x224, antialias=true)", "TF2 bilinear antialias"),
        ("tensorflow_v1.resize(bilinear, 224x224, align_corners=true)", "TF1 bilinear align_corners"),
        ("pillow.resize(BOX, 224x224)", "Pillow BOX"),
        ("opencv.imdecode", "OpenCV imdecode"),
        (
            "tensorflow.decode_jpeg(channels=1, fancy_upscaling=false)",
            "TF2 decode_jpeg fancy_upscaling=false channels=1",
        ),
    ],
)
def test_short_names(text: str, name: str) -> None:
    assert sorted(short_name(parse_stage(text)).split()) == sorted(name.split())
