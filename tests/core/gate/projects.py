"""A project with settings, and pictures to check."""

from pathlib import Path

from tests.core.auditing.corpora import A, B, write_pictures

SETTINGS = f"""
files = ["pictures/*.jpg"]
a = "{A}"
b = "{B}"
limits = ["max_abs <= 200"]
baseline = "baseline.json"
"""


def write_project(folder: Path, settings: str = SETTINGS, *, name: str = "samepixels.toml", count: int = 2) -> Path:
    write_pictures(folder / "pictures", count)
    path = folder / name
    path.write_text(settings)
    return path
