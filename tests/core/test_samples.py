from importlib.resources import files
from io import BytesIO

import pytest
from PIL import Image

from core import samples as package
from core.compare import compare
from core.errors import SourceError
from core.pipeline import run
from core.presets import parse_recipe
from core.samples import Sample, load_sample, samples

FOLDER = files(package)
LICENCES = ("CC0 1.0", "Public domain", "Apache-2.0")
MOST_BYTES = 2 * 10**6

each_sample = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.key)

# What the two recipes of a sample must come to: the verdict, and the least mean |d| in levels where it is different.
SHOWN = {
    "raccoon": ("different", 1.0),
    "rocket": ("different", 3.0),
    "retina": ("different", 1.0),
    "hopper": ("different", 0.5),
    "cat": ("rounding", 0),
    "coffee": ("different", 1.5),
    "camera": ("incomparable", 0),
    "coffee-on-its-side": ("different", 50.0),
    "coffee-cmyk": ("rounding", 0),
    "zone-plate": ("different", 20.0),
    "siemens-star": ("different", 1.0),
    "ramps": ("rounding", 0),
    "impulses": ("different", 1.5),
    "checkerboard": ("different", 30.0),
    "fine-text": ("different", 20.0),
    "chroma-edges": ("different", 5.0),
    "arrows": ("incomparable", 0),
    "depth-16": ("different", 100.0),
    "alpha-disc": ("different", 20.0),
    "palette-hills": ("different", 0.3),
}


def test_the_first_is_a_photograph_with_4_2_0_chroma() -> None:
    first = samples()[0]
    assert first.kind == "photograph"
    assert load_sample(first.key).header.subsampling == "4:2:0"


def test_photographs_come_first_and_at_several_subsamplings() -> None:
    kinds = [sample.kind for sample in samples()]
    assert kinds == sorted(kinds, key=["photograph", "pattern"].index)
    photographs = [load_sample(sample.key).header for sample in samples() if sample.kind == "photograph"]
    assert {header.subsampling for header in photographs} == {"4:2:0", "4:2:2", "4:4:4", None}
    assert {header.color for header in photographs} == {"YCbCr", "grey", "CMYK"}


@each_sample
def test_each_is_described_in_a_line_and_free(sample: Sample) -> None:
    for text in (sample.title, sample.shows):
        assert 0 < len(text) <= 100
        assert "\n" not in text
    assert sample.shows.endswith(".")
    assert sample.licence.startswith(LICENCES)
    assert "draw_samples.py" in sample.provenance or sample.kind == "photograph"


@each_sample
def test_each_loads_and_decodes_whole(sample: Sample) -> None:
    source = load_sample(sample.key)
    assert source.name == sample.file
    assert not source.header.truncated
    with Image.open(BytesIO(source.data)) as picture:
        picture.load()
        assert picture.size == source.header.size_wh


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("raccoon", ("4:2:0", "quality ≈ 95", "orientation 1")),
        ("rocket", ("4:4:4", "ICC: Adobe RGB (1998)")),
        ("retina", ("JPEG 1411x1411", "4:2:0")),
        ("hopper", ("4:2:0", "quality ≈ 80")),
        ("cat", ("4:2:2", "progressive")),
        ("coffee", ("4:2:0", "quality ≈ 100")),
        ("camera", ("grey",)),
        ("coffee-on-its-side", ("JPEG 400x600", "orientation 6")),
        ("coffee-cmyk", ("CMYK",)),
        ("depth-16", ("grey", "16 bit")),
        ("alpha-disc", ("alpha",)),
        ("palette-hills", ("palette",)),
    ],
)
def test_headers_are_as_the_titles_say(key: str, words: tuple[str, ...]) -> None:
    assert set(words) <= set(load_sample(key).header.summary)


def test_the_folder_holds_the_samples_alone_and_is_small() -> None:
    names = {entry.name for entry in FOLDER.iterdir() if not entry.name.startswith("__")}
    assert names == {sample.file for sample in samples()} | {"samples.toml"}
    assert sum(len(FOLDER.joinpath(name).read_bytes()) for name in names) < MOST_BYTES


def test_keys_are_unique_and_fit_into_a_link() -> None:
    keys = [sample.key for sample in samples()]
    assert len(set(keys)) == len(keys)
    assert all(key.replace("-", "").isalnum() and key == key.lower() for key in keys)


def test_an_unknown_key_names_the_samples() -> None:
    with pytest.raises(SourceError, match=r"no sample 'racoon'.*raccoon, rocket"):
        load_sample("racoon")


@each_sample
def test_each_shows_what_it_says(sample: Sample) -> None:
    a, b = (run(load_sample(sample.key), parse_recipe(text)) for text in sample.try_recipes)
    assert a.failure is None
    assert b.failure is None
    verdict, least_mean_levels = SHOWN[sample.key]
    outcome = compare(a, b).final
    assert outcome.verdict == verdict
    if outcome.verdict == "different":
        assert outcome.statistics.mean_abs >= least_mean_levels


@each_sample
def test_recipes_are_written_as_they_are_printed(sample: Sample) -> None:
    assert [str(parse_recipe(text)) for text in sample.try_recipes] == list(sample.try_recipes)
