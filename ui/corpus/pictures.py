"""Which pictures are audited: the built-in ones, those of the session, or those in a folder of the server."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from core.auditing.addresses import entries
from core.auditing.entries import Entry, file_entry, problem_entry
from core.pictures import SAMPLE_PREFIX
from core.samples import samples
from core.source import Source
from ui.corpus.access import Access

_SUFFIX_CHARACTERS = 8


@dataclass(frozen=True)
class Pictures:
    """Pictures to audit: what they are in words, their addresses as people name them, and their entries.

    `digest` tells sets of uploaded pictures apart, whose addresses may be the same.
    """

    words: str
    addresses: tuple[str, ...]
    entries: Callable[[], Iterator[Entry]]
    digest: str = ""


def sample_pictures() -> Pictures:
    """All built-in pictures."""
    addresses = tuple(f"{SAMPLE_PREFIX}{each.key}" for each in samples())
    return Pictures(f"{len(addresses)} built-in pictures", addresses, lambda: entries(addresses))


def uploaded_pictures(sources: Iterable[Source], folder: Path) -> Pictures:
    """The session's own pictures, which are written into its private `folder` when they are listed.

    A file's name there is its sha256: what a person's machine calls it is never a path here.
    """
    kept = tuple(sources)

    def written() -> Iterator[Entry]:
        folder.mkdir(exist_ok=True)
        for source in kept:
            suffix = PurePath(source.name).suffix
            is_plain = suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= _SUFFIX_CHARACTERS
            path = folder / f"{source.sha256}{suffix if is_plain else ''}"
            path.write_bytes(source.data)
            yield replace(file_entry(str(path)), picture=source.name, folder="")

    text = "".join(f"{source.sha256}{source.name}" for source in kept)
    noun = "picture" if len(kept) == 1 else "pictures"
    return Pictures(
        f"{len(kept)} {noun} of yours",
        tuple(source.name for source in kept),
        written,
        hashlib.sha256(text.encode()).hexdigest(),
    )


def pictures_below(access: Access, folder: Path) -> Pictures:
    """The pictures in a folder of the server and below it, under the names that people see."""
    shown = access.shown(folder)

    def listed() -> Iterator[Entry]:
        return (_as_people_see_it(access, entry) for entry in entries([str(folder)]))

    return Pictures(f"all pictures in {shown}", (shown,), listed)


def _as_people_see_it(access: Access, entry: Entry) -> Entry:
    """`entry` without what the folders above the root are called; a link that leads out of the root is a problem."""
    if access.is_local:
        return entry
    picture, folder = access.hidden(entry.picture), access.hidden(entry.folder)
    if entry.problem_kind:
        problem = access.hidden(entry.problem or "")
        return replace(entry, picture=picture, folder=folder, problem=problem)
    if not access.may_read(entry.address):
        words = f"{picture} is a link to what may not be read here."
        return replace(problem_entry(picture, "unreadable", words, "Put the file itself there."), folder=folder)
    return replace(entry, picture=picture, folder=folder)
