"""What an audit from the page is: pictures, recipes and settings; and the folder that is its own."""

import hashlib
import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.auditing.chunk_work import versions
from core.auditing.job import Job
from core.exporting.naming import slug
from ui import state
from ui.corpus.pictures import Pictures

_DIGEST_CHARACTERS = 12
_ADDRESSES_IN_COMMAND = 30


@dataclass(frozen=True)
class Plan:
    """An audit that is wished for. `home` is the session's folder where `out` lies below that."""

    job: Job
    pictures: Pictures
    out: Path
    home: Path | None

    @property
    def command(self) -> str:
        """The command line that does the same, for the report."""
        options = ["--final-only"] * (self.job.checkpoints == "final") + ["--ssim"] * self.job.with_ssim
        recipes = ["--a", str(self.job.a), "--b", str(self.job.bs[0])]
        return shlex.join(
            ["samepixels", "corpus", *_short(self.pictures.addresses), *recipes, *options, "--out", "audit"]
        )


def _short(addresses: Sequence[str]) -> Sequence[str]:
    return addresses if len(addresses) <= _ADDRESSES_IN_COMMAND else [*addresses[:_ADDRESSES_IN_COMMAND], "…"]


def wished_job() -> Job:
    """What the settings ask to be done with each picture."""
    settings = state.settings()
    stages = settings.view["stages"]
    return Job(
        settings.a,
        (settings.b,),
        "final" if stages == "final" else "all",
        bool(settings.view["with_ssim"]),
    )


def planned(job: Job, pictures: Pictures, place: Path, home: Path | None) -> Plan:
    """The audit in the folder below `place` that is the same for the same question, so that it is found again."""
    asked = {"job": job.as_dict(), "addresses": pictures.addresses, "digest": pictures.digest, "with": versions(job)}
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    name = f"{slug(pictures.addresses[0])}-{digest[:_DIGEST_CHARACTERS]}"
    return Plan(job, pictures, place / name, home)
