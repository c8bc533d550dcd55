"""What an audit leaves in its folder, and how one that was stopped is found again.

    audit.json         what is audited: recipes, addresses, settings, versions; written first
    pictures.parquet   the list of pictures, in chunks
    parts/N.parquet    the rows of chunk N: there as soon as it is done, whole or not at all
    parts/N.totals     its merged counts, written before the rows
    totals.parquet     the merged counts of all parts, once all are there
    crops.parquet      the pictures of the report
    summary.json       verdict, figures and slices; what ends an audit
    impact.json        what `samepixels impact --json` said about the pictures, where somebody put it there

Only what is finished has its name. So a run that was killed at any moment goes on with the parts that are missing.
"""

import json
from pathlib import Path
from typing import Any

from ..errors import CorpusError
from .chunk import Part, versions_of
from .files import write_json, write_whole
from .job import Job, job_from

AUDIT_SCHEMA = "samepixels/corpus-audit/1"
IMPACT_SCHEMA = "samepixels/impact/1"
"""Spelled out: the models' code that has it is not needed to draw a report."""


class AuditFolder:
    """The folder of one audit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.audit_file = path / "audit.json"
        self.listing_file = path / "pictures.parquet"
        self.parts = path / "parts"
        self.totals_file = path / "totals.parquet"
        self.crops_file = path / "crops.parquet"
        self.summary_file = path / "summary.json"
        self.impact_file = path / "impact.json"

    def open_for(self, job: Job, addresses: list[str], versions: dict[str, str], command: str) -> None:
        """Makes the folder this audit's, or finds that it is already.

        Raises `CorpusError` where it is another's, or was begun with other versions of the libraries.
        """
        wanted = {"schema": AUDIT_SCHEMA, "job": job.as_dict(), "addresses": addresses, "versions": versions}
        if self.audit_file.exists():
            self._expect(wanted)
            return
        if self.path.is_dir() and any(each for each in self.path.iterdir() if not each.name.startswith(".")):
            raise CorpusError(f"{self.path} is not empty, and holds no audit.", "Name a new folder with --out.")
        try:
            write_json(self.audit_file, {**wanted, "command": command})
        except OSError as error:
            raise CorpusError(f"{self.path} cannot be written to: {error.strerror}.", "Name another folder.") from error

    def _expect(self, wanted: dict[str, Any]) -> None:
        found = self.audit()
        for name, words in (("job", "other recipes or settings"), ("addresses", "other pictures")):
            if found[name] != wanted[name]:
                raise CorpusError(
                    f"{self.path} holds an audit of {words}: {found[name]} instead of {wanted[name]}.",
                    "Name another folder with --out.",
                )
        if found["versions"] != wanted["versions"]:
            raise CorpusError(
                f"{self.path} was begun with {_listed(found['versions'])}; here are {_listed(wanted['versions'])}.",
                "Go on with those versions, or begin anew in another folder.",
            )

    def audit(self) -> dict[str, Any]:
        """What is audited. Raises `CorpusError` where the folder holds no audit."""
        try:
            audit: dict[str, Any] = json.loads(self.audit_file.read_text("utf-8"))
        except FileNotFoundError:
            raise CorpusError(f"{self.path} holds no audit.", "Make one with samepixels corpus.") from None
        except (OSError, ValueError) as error:
            raise CorpusError(f"{self.audit_file} cannot be read: {error}.", "Begin anew in another folder.") from error
        if audit.get("schema") != AUDIT_SCHEMA:
            raise CorpusError(
                f"{self.audit_file} has the form {audit.get('schema')}, expected {AUDIT_SCHEMA}.",
                "Open it with the version of SamePixels that wrote it.",
            )
        return audit

    def job(self) -> Job:
        """What was done to each picture."""
        return job_from(self.audit()["job"])

    def part_file(self, number: int) -> Path:
        """The rows of a chunk."""
        return self.parts / f"{number:06}.parquet"

    def part_totals_file(self, number: int) -> Path:
        """The counts of a chunk."""
        return self.parts / f"{number:06}.totals"

    def has(self, number: int) -> bool:
        """Whether a chunk is done."""
        return self.part_file(number).exists()

    def keep(self, part: Part, versions: dict[str, str]) -> None:
        """Keeps a part; the rows last, since they say that it is done.

        Raises `CorpusError` where the worker that made it has other versions than the audit was begun with.
        """
        made_with = versions_of(part)
        if made_with != versions:
            raise CorpusError(
                f"A worker has {_listed(made_with)}; the audit was begun with {_listed(versions)}.",
                "Give all workers the same packages.",
            )
        write_whole(self.part_totals_file(part.number), part.totals)
        write_whole(self.part_file(part.number), part.rows)

    def summary(self) -> dict[str, Any]:
        """What came of it. Raises `CorpusError` where the audit is not finished."""
        try:
            summary: dict[str, Any] = json.loads(self.summary_file.read_text("utf-8"))
        except FileNotFoundError:
            self.audit()
            raise CorpusError(
                f"The audit in {self.path} is not finished.", "Run the command that began it again: it goes on."
            ) from None
        return summary

    def impact(self) -> dict[str, Any] | None:
        """What the difference does to a model, where that was put there. Raises `CorpusError` for another document."""
        if not self.impact_file.exists():
            return None
        remedy = "Put there what samepixels impact --json prints, or remove it."
        try:
            impact: Any = json.loads(self.impact_file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise CorpusError(f"{self.impact_file} cannot be read: {error}.", remedy) from error
        schema = impact.get("schema") if isinstance(impact, dict) else None
        if schema != IMPACT_SCHEMA:
            raise CorpusError(f"{self.impact_file} has the form {schema}, expected {IMPACT_SCHEMA}.", remedy)
        return dict(impact)


def _listed(versions: dict[str, str]) -> str:
    return ", ".join(versions.values())
