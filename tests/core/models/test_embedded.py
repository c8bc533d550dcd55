"""The embedded model against a second build of the same weights, recorded answers, and labelled photographs."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from core.image import Image
from core.models.efficientnet_lite0 import network, weights_file
from core.models.embedded import embedded_model
from core.models.torch_file import read_torch_file
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import load_sample, samples
from core.source import Source, read_source
from tests.core.models.lite0_onnx import lite0_onnx

TRAINED_WITH = parse_recipe("efficientnet-lite")
PHOTOGRAPHS = [each.key for each in samples() if each.kind == "photograph" and each.file.endswith(".jpg")]


def prepared(source: Source) -> Image:
    image = run(source, TRAINED_WITH).image
    assert image is not None
    return image


def labelled_photographs() -> list[tuple[int, Source]]:
    """The 20 photographs of foolbox, found without importing it: imagenet_NN_LABEL.jpg."""
    spec = find_spec("foolbox")
    assert spec is not None
    assert spec.submodule_search_locations
    files = sorted(Path(spec.submodule_search_locations[0], "data").glob("imagenet_*.jpg"))
    return [(int(file.stem.rpartition("_")[2]), read_source(file.name, file.read_bytes())) for file in files]


def test_the_network_has_the_published_shape() -> None:
    described = network()
    folded = [each for block in described.blocks for each in block.convolutions]
    assert len(folded) == 49
    assert sum(block.adds_input for block in described.blocks) == 9
    channels = sum(each.bias.size for each in folded)
    count = sum(each.weights.size for each in folded) + channels + described.weights.size + described.bias.size
    # The file has 4,694,073 numbers: of batch norm's four a channel one is left, and none of its 49 counters.
    assert count + 3 * channels + 49 == 4_694_073


def test_its_logits_equal_those_of_another_build() -> None:
    session = onnxruntime.InferenceSession(lite0_onnx(read_torch_file(weights_file().read_bytes())))
    images = [prepared(load_sample(key)) for key in PHOTOGRAPHS[:4]]
    found = embedded_model().answers(images)
    expected = session.run(None, {"image": np.stack(images).transpose(0, 3, 1, 2)})[0]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)


@pytest.mark.parametrize(
    ("key", "label", "logit"), [("cat", 282, 9.21486), ("coffee", 967, 11.34836), ("rocket", 657, 6.97858)]
)
def test_its_answers_are_those_recorded(key: str, label: int, logit: float) -> None:
    row = embedded_model().answers([prepared(load_sample(key))])[0]
    assert int(row.argmax()) == label
    assert float(row.max()) == pytest.approx(logit, abs=1e-3)


def test_it_names_at_least_19_of_20_labelled_photographs() -> None:
    labels, sources = zip(*labelled_photographs(), strict=True)
    answers = embedded_model().answers([prepared(source) for source in sources])
    assert len(labels) == 20
    assert int((answers.argmax(axis=1) == labels).sum()) >= 19


def test_it_is_built_once() -> None:
    assert embedded_model() is embedded_model()
