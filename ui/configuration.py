"""All settings of the server in one table, read once: from the environment, else from a file, else the default.

`python -m ui.configuration` prints the table that docs/operating.md holds. Streamlit has settings of its own (port,
address, base path, size of an upload), which stay where Streamlit looks for them.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from core.limits import DEFAULTS, Limits
from ui.setting import (
    BYTES,
    COUNT,
    MEGABYTES,
    PIXELS,
    PREFIX,
    Amount,
    Choice,
    ConfigurationError,
    Flag,
    Folder,
    Folders,
    Setting,
    Whole,
    setting,
)

FILE_VARIABLE = f"{PREFIX}CONFIG"
DEFAULT_FILE = Path(__file__).parents[1] / "samepixels-server.toml"


@dataclass(frozen=True)
class Configuration:
    """What the server goes by. Sizes are in bytes, though people write megabytes (2^20 bytes)."""

    workers: int = setting("workers", COUNT, 4, "Threads that carry out recipes: two for each comparison under way.")
    jobs: int = setting(
        "jobs", COUNT, 2, "Long jobs under way at once, of all sessions: atlases, searches. The others wait their turn."
    )
    step_cache_bytes: int = setting(
        "step_cache_mb",
        MEGABYTES,
        768,
        "Pictures after each stage: two recipes on 24 megapixels take about 400 MB in float32.",
    )
    comparison_cache_bytes: int = setting(
        "comparison_cache_mb", MEGABYTES, 512, "Comparisons with the pictures that they hold on to."
    )
    explanation_cache_bytes: int = setting(
        "explanation_cache_mb", MEGABYTES, 256, "Explanations with the comparisons that they are of."
    )
    viewer_bytes: int = setting(
        "viewer_mb",
        MEGABYTES,
        512,
        "Pictures that browsers may fetch, of all sessions; most are held by the caches above as well.",
    )
    session_upload_bytes: int = setting(
        "session_upload_mb", MEGABYTES, 512, "Uploaded pictures that one session keeps; the oldest go first."
    )
    drawing_cache_bytes: int = setting("drawing_cache_mb", MEGABYTES, 128, "Thumbnails.")
    atlas_cache_bytes: int = setting("atlas_cache_mb", MEGABYTES, 64, "Atlases: some 2 MB each.")
    impact_cache_bytes: int = setting("impact_cache_mb", MEGABYTES, 64, "Models' answers: some kB a picture.")
    worst_pixel_cache_bytes: int = setting(
        "worst_pixel_cache_mb", MEGABYTES, 16, "Lists of the pixels that differ most: 160 kB each."
    )
    figure_cache_bytes: int = setting(
        "figure_cache_mb", MEGABYTES, 4, "Figures that take long, such as the SSIM: a few thousand."
    )
    model_bytes: int = setting("model_mb", MEGABYTES, 200, "The largest model that may be uploaded.")
    model_cache_bytes: int = setting(
        "model_cache_mb", MEGABYTES, 400, "Uploaded models that are open, counted by their files."
    )
    corpus_roots: tuple[Path, ...] = setting(
        "corpus_roots",
        Folders(),
        (),
        "Folders whose pictures, and those of the folders below, may be audited on a page.",
    )
    corpus_audits: str = setting(
        "corpus_audits", Folder(), "", "Where audits of those folders are kept, for all; else each ends with a session."
    )
    isolation: bool = setting(
        "isolation",
        Flag(),
        True,
        "Whether decoders, resizes and own models run in processes of their own, whose crash is a message.",
    )
    library_processes: int = setting(
        "library_processes", COUNT, 2, "Such processes for OpenCV and Pillow, at about 100 MB each."
    )
    tensorflow_processes: int = setting(
        "tensorflow_processes", COUNT, 1, "Such processes that have TensorFlow, at about 700 MB each."
    )
    process_memory_bytes: int = setting(
        "process_memory_mb", MEGABYTES, 4096, "What one of them may take beside its libraries."
    )
    stage_s: float = setting(
        "stage_s", Amount("s"), 30.0, "How long one of them may take for one stage, or for one batch of a model."
    )
    limits: Limits = DEFAULTS
    stop_s: int = setting(
        "stop_s", Whole("s", least=0), 20, "How long work under way may still take when the server is told to stop."
    )
    log_format: str = setting(
        "log_format",
        Choice(("plain", "json")),
        "plain",
        "The log: lines for people, or one JSON object a line.",
    )
    log_details: bool = setting(
        "log_details",
        Flag(),
        False,
        "Whether the log may hold errors' texts and addresses' queries, which can name pictures: for debugging.",
    )


_LIMIT = "limits."
_UNITS = {"_bytes": BYTES, "_px": PIXELS, "pixels": PIXELS}


def settings() -> Mapping[str, Setting]:
    """Every setting, by the name of its field; those of `limits` by theirs, after "limits."."""
    own = {each.name: each.metadata["setting"] for each in fields(Configuration) if each.name != "limits"}
    return own | {_LIMIT + each.name: _limit_setting(each) for each in fields(Limits)}


def _limit_setting(limit: Field[Any]) -> Setting:
    unit = next((kind for ending, kind in _UNITS.items() if limit.name.endswith(ending)), COUNT)
    kind = Amount("s") if limit.type is float else unit
    return Setting(_LIMIT + limit.name, kind, limit.default, limit.metadata["purpose"])


@cache
def configuration() -> Configuration:
    """What this process goes by, read at the first call; raises ConfigurationError."""
    return read_configuration(os.environ)


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """The settings in `environment`, else in the file that it names, else in `samepixels-server.toml` beside app.py.

    Raises ConfigurationError for a value that a setting cannot have, and for a name that is none in a file. A variable
    is taken for a misspelt one when it is nearly a setting's: tests and tools have SAMEPIXELS_ variables, too.
    """
    known = settings()
    for variable in environment:
        if variable.startswith(PREFIX) and variable not in {each.variable for each in known.values()} | {FILE_VARIABLE}:
            _refuse_misspelt(variable)
    path = environment.get(FILE_VARIABLE)
    in_file = _read_file(Path(path)) if path else _read_file(DEFAULT_FILE) if DEFAULT_FILE.exists() else {}
    values: dict[str, Any] = {}
    for name, each in known.items():
        if each.variable in environment:
            values[name] = each.read(environment[each.variable], each.variable)
        elif each.key in in_file:
            values[name] = each.read(in_file[each.key], each.key)
    limits = {name.removeprefix(_LIMIT): values.pop(name) for name in list(values) if name.startswith(_LIMIT)}
    return Configuration(**values, limits=Limits(**limits))


def _read_file(path: Path) -> Mapping[str, object]:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        message = f"The settings in {path} cannot be read: {error.strerror}."
        raise ConfigurationError(message, f"{FILE_VARIABLE} names the file.") from None
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise ConfigurationError(f"{path} is not TOML: {error}.", "A line is such as `workers = 4`.") from None
    flat: dict[str, object] = {}
    for key, value in found.items():
        flat |= {f"{key}.{inner}": each for inner, each in value.items()} if isinstance(value, dict) else {key: value}
    for key in sorted(flat.keys() - {each.key for each in settings().values()}):
        near = _nearest(key)
        remedy = f"Is `{near.key}` meant?" if near else "docs/operating.md has all settings."
        raise ConfigurationError(f"{path} has `{key}`, which is no setting.", remedy)
    return flat


def _refuse_misspelt(variable: str) -> None:
    if near := _nearest(variable.removeprefix(PREFIX).lower()):
        raise ConfigurationError(f"{variable} is no setting.", f"Is {near.variable} meant?")


def _nearest(key: str) -> Setting | None:
    """The setting that `key` is a slip of the pen for, if there is one."""
    by_key = {each.key: each for each in settings().values()}
    near = get_close_matches(key, by_key, 1, cutoff=0.75)
    return by_key[near[0]] if near else None


def table() -> Iterator[str]:
    """The lines of the table in docs/operating.md."""
    yield "| in the environment | in the file | what it may be | default | for |"
    yield "|---|---|---|---|---|"
    for each in settings().values():
        default = each.kind.write(each.default)
        yield f"| `{each.variable}` | `{each.key}` | {each.kind.wanted} | {default} | {each.purpose} |"


if __name__ == "__main__":
    print("\n".join(table()))
