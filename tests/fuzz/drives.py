"""What is driven with mutated files and texts, and what counts as an answer.

An answer is a result, or a `SamePixelsError` with a message and a remedy. Any other exception is a find.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from core.array_file import RAW_DTYPES, parse_shape, read_array
from core.errors import ProcessLostError, SamePixelsError, SpokenError, TooLargeError
from core.gate.settings import read_settings
from core.models.opening import open_model_file
from core.operations.catalogue import operations
from core.operations.declaration import Choice, Flag, Integer, Operation, Value
from core.operations.libraries import TENSORFLOW
from core.operations.target_size import Fit, TargetSize
from core.pipeline import carry_out
from core.presets import parse_recipe, read_presets
from core.recipe import Stage, stage
from core.source import read_source
from tests.fuzz import files
from tests.fuzz.mutation import mutated

Answer: TypeAlias = Literal["read", "refused by a limit", "refused in words", "lost"]

TENSORFLOW_NAMES = ("tensorflow", "tensorflow_v1")


@dataclass(frozen=True)
class Drive:
    """One way in: `seeds` are changed, and `run` gives what was asked and what came of it.

    `is_native` where other people's native code runs in this process: one file at a time then.
    """

    name: str
    seeds: Callable[[], Mapping[str, bytes]]
    run: Callable[[Random, bytes], Iterator[tuple[str, Answer]]]
    is_native: bool = False

    def given(self, random: Random) -> bytes:
        """A mutated file."""
        seeds = self.seeds()
        return mutated(random, seeds[random.choice(sorted(seeds))], tuple(seeds.values()))


def answer(call: Callable[[], object]) -> Answer:
    """What came of `call`; an exception that is no answer goes on."""
    try:
        call()
    except (SamePixelsError, ProcessLostError) as error:
        return _kind(error)
    return "read"


def _kind(error: SpokenError) -> Answer:
    assert error.message, f"{type(error).__name__} without a message"
    assert error.remedy, f"without a remedy: {error.message}"
    if isinstance(error, ProcessLostError):
        return "lost"
    return "refused by a limit" if isinstance(error, TooLargeError) else "refused in words"


def decoders(*, with_tensorflow: bool) -> tuple[Operation, ...]:
    """The catalogue's decode operations."""
    return tuple(each for each in operations("decode") if with_tensorflow or each.library not in TENSORFLOW_NAMES)


def pictures(*, with_tensorflow: bool) -> Drive:
    """A header, then every decoder with options by chance, and a resize of what some of them made."""

    def run(random: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
        header = answer(lambda: read_source("mutated", data))
        yield "source", header
        if header != "read":
            return  # as the server does: no decoder sees it
        for operation in decoders(with_tensorflow=with_tensorflow):
            chosen = stage(operation.name, options(random, operation))
            yield operation.name, answer(lambda chosen=chosen: decode_and_resize(random, chosen, data))  # type: ignore[misc]

    return Drive("pictures", files.picture_files, run)


def options(random: Random, operation: Operation) -> dict[str, Value]:
    """Every option at its default, or half of the time any value that it takes."""
    if random.random() < 0.5:
        return {}
    chosen: dict[str, Value] = {}
    for option in operation.options:
        if isinstance(option, Choice):
            chosen[option.name] = random.choice(option.choices)
        elif isinstance(option, Flag):
            chosen[option.name] = random.random() < 0.5
        elif isinstance(option, Integer) and option.choices:
            chosen[option.name] = random.choice(option.choices)
    return chosen


def decode_and_resize(random: Random, decode: Stage, data: bytes) -> None:
    """One decode in three is followed by a resize of the same library or of OpenCV, to an odd or a vast size."""
    image = carry_out(decode, data).image
    if random.random() < 0.3:
        size = TargetSize.side(Fit.SHORTER, random.choice((1, 7, 300, 32_768)))
        library = decode.operation.library
        name = f"{library}.resize" if library != TENSORFLOW.title.lower() or random.random() < 0.2 else "opencv.resize"
        carry_out(stage(name, {"size": size}), image)


def _arrays(random: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    yield "read_array", answer(lambda: read_array("mutated", data))
    shape = random.choice(("4x4x3", "1,3,224,224", "9" * 30, "-1x2", f"{len(data)}", "0x5"))
    dtype = random.choice((*RAW_DTYPES, "object", "S9"))
    yield "raw", answer(lambda: read_array("mutated.raw", data, shape=parse_shape(shape), dtype=dtype))
    yield "key", answer(lambda: read_array("mutated.npz", data, key=random.choice(("a", "b", "a.npy", "../a"))))


def _models(_: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    yield "open_model_file", answer(lambda: open_model_file("mutated", data))


def models(*, with_keras: bool) -> Drive:
    """Model files; opening a .keras file imports TensorFlow."""

    def seeds() -> Mapping[str, bytes]:
        return {name: data for name, data in files.model_files().items() if with_keras or not name.endswith(".keras")}

    return Drive("models", seeds, _models, is_native=True)


def _recipes(_: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    text = data.decode("utf-8", "replace")

    def parse() -> None:
        recipe = parse_recipe(text)
        assert parse_recipe(str(recipe)) == recipe

    yield "parse_recipe", answer(parse)


def _toml(random: Random, data: bytes) -> Iterator[tuple[str, Answer]]:
    text = data.decode("utf-8", "replace")
    yield "presets", answer(lambda: read_presets(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, random.choice(("samepixels.toml", "pyproject.toml")))
        path.write_bytes(data)
        yield "settings", answer(lambda: read_settings(path))


ARRAYS = Drive("arrays", files.array_files, _arrays)
RECIPES = Drive("recipes", lambda: {name: text.encode() for name, text in files.texts().items()}, _recipes)
TOML = Drive("toml", files.toml_files, _toml)
