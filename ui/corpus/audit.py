"""A finished audit as the page shows it, and the way to each of its pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.auditing.audit_folder import AuditFolder
from core.auditing.entries import Entry
from core.auditing.job import Job
from core.auditing.listing import Listing
from core.auditing.reading import read_entry
from core.auditing.storage import is_remote
from core.auditing.summary import CORPUS_SCHEMA
from core.errors import CorpusError, SourceError
from core.pictures import SAMPLE_PREFIX
from core.source import Source

Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Audit:
    """`may_read` tells which files' pictures the session may see: an audit's list can name any file."""

    folder: AuditFolder
    summary: Record
    job: Job
    may_read: Callable[[str], bool]

    def pair(self, recipe_b: int) -> Record:
        """What came of A against one B."""
        found: Record = self.summary["pairs"][recipe_b]
        return found

    def entry(self, index: int) -> Entry:
        """Where a picture is. Raises `SourceError` where the session may not read it."""
        entry = Listing(self.folder.listing_file).entry(index)
        if entry.address.startswith(SAMPLE_PREFIX):
            return entry
        if is_remote(entry.address):
            raise SourceError(f"{entry.picture} is not on this machine.", "Download it and upload it on Compare.")
        if not self.may_read(entry.address):
            raise SourceError(
                f"{entry.picture} is in no folder that may be read here.",
                "Whoever runs the server can name its folder in SAMEPIXELS_CORPUS_ROOTS.",
            )
        return entry

    def source(self, index: int) -> Source:
        """A picture. Raises `SourceError` where the session may not read it, or it is no longer there."""
        return read_entry(self.entry(index), self.job.limits)


def open_audit(path: Path, may_read: Callable[[str], bool]) -> Audit:
    """The finished audit in a folder. Raises `CorpusError` where there is none."""
    folder = AuditFolder(path)
    job = folder.job()
    try:
        summary: object = folder.summary()
    except ValueError as error:
        raise CorpusError(
            f"{folder.summary_file.name} cannot be read: {error}.", "Audit the pictures again."
        ) from error
    schema = summary.get("schema") if isinstance(summary, dict) else None
    if not isinstance(summary, dict) or schema != CORPUS_SCHEMA:
        raise CorpusError(
            f"{folder.summary_file.name} has the form {schema}, expected {CORPUS_SCHEMA}.",
            "Open it with the version of SamePixels that wrote it.",
        )
    return Audit(folder, summary, job, may_read)
