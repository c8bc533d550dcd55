import numpy as np
import pytest

from core.codegen import generate
from core.explaining.advice import MOST_RUNS, Advice, advise
from core.explaining.step_memory import StepMemory
from core.image import as_image
from core.pipeline import Step, run
from core.presets import parse_recipe
from core.progress import Stopped
from core.recipe import parse_stage
from core.samples import load_sample


def advice(key: str, a: str, b: str) -> tuple[Advice, ...]:
    source = load_sample(key)
    return advise(run(source, parse_recipe(a)), run(source, parse_recipe(b)))


ACCURATE = "tensorflow.decode_jpeg(dct_method=INTEGER_ACCURATE, channels=3)"


@pytest.mark.parametrize(
    ("key", "a", "b", "advised", "verdict"),
    [
        ("rocket", "opencv", "tensorflow", f"{ACCURATE} | tensorflow.resize(bilinear, 224x224)", "rounding"),
        (
            "rocket",
            "opencv",
            "tensorflow-v1",
            f"{ACCURATE} | tensorflow_v1.resize(bilinear, 224x224, half_pixel_centers=true)",
            "rounding",
        ),
        ("raccoon", "opencv.imdecode", "tensorflow.decode_image(channels=3)", ACCURATE, "identical"),
        (
            "arrows",
            "opencv.imdecode | opencv.resize(INTER_AREA, 64x64)",
            "pillow.open | opencv.resize(INTER_AREA, 64x64)",
            "pillow.open(exif_transpose=true) | opencv.resize(INTER_AREA, 64x64)",
            "identical",
        ),
        ("cat", "opencv.imdecode", "opencv.imdecode | channels.swap", "opencv.imdecode", "identical"),
        (
            "cat",
            "pillow",
            "pillow.open(mode=RGB) | tensorflow.resize(bicubic, 224x224)",
            "pillow.open(mode=RGB) | pillow.resize(BICUBIC, 224x224)",
            "identical",
        ),
        (
            "camera",
            "opencv",
            "tensorflow.decode_jpeg | tensorflow.resize(bilinear, 224x224)",
            f"{ACCURATE} | tensorflow.resize(bilinear, 224x224)",
            "rounding",
        ),
    ],
)
def test_the_smallest_change_is_advised(key: str, a: str, b: str, advised: str, verdict: str) -> None:
    first = advice(key, a, b)[0]
    assert (str(first.recipe), first.after.verdict) == (advised, verdict)
    assert first.code == generate(first.recipe)


def test_where_rounding_remains_another_library_is_the_alternative() -> None:
    own, other = advice("rocket", "opencv", "tensorflow")
    assert own.changes == (f"Write {ACCURATE} instead of tensorflow.decode_jpeg(channels=3).",)
    assert str(other.recipe) == f"{ACCURATE} | opencv.resize(INTER_LINEAR, 224x224)"
    assert (other.before.verdict, other.after.verdict) == ("different", "identical")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("opencv", "opencv"),
        ("opencv.imdecode", "pillow.open(mode=RGB)"),
        ("opencv.imdecode | crop.center(9000x9)", "opencv"),
    ],
)
def test_none_is_given_where_they_agree_or_a_fails(a: str, b: str) -> None:
    assert advice("rocket", a, b) == ()


def test_work_is_bounded_and_can_be_stopped() -> None:
    source = load_sample("cat")
    a, b = (run(source, parse_recipe(text)) for text in ("opencv", "tensorflow-v1"))
    told: list[float] = []
    advise(a, b, StepMemory(), lambda share, _: told.append(share or 0))
    assert told == sorted(told)
    assert len(told) <= MOST_RUNS
    assert max(told) < 1

    def stop(_share: float | None, _text: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        advise(a, b, None, stop)


def test_step_memory_drops_what_was_not_used_for_longest() -> None:
    memory = StepMemory(most_bytes=20)
    steps = [Step(parse_stage("cast.float32"), as_image(np.zeros((1, 10, 1), np.uint8)), 0.0) for _ in range(3)]
    for number, step in enumerate(steps[:2]):
        memory.put(("", str(number)), step)
    assert memory.get(("", "0")) is steps[0]
    memory.put(("", "2"), steps[2])
    assert [memory.get(("", str(number))) for number in range(3)] == [steps[0], None, steps[2]]
    memory.put(("", "large"), Step(steps[0].stage, as_image(np.zeros((1, 21, 1), np.uint8)), 0.0))
    assert memory.get(("", "large")) is None
