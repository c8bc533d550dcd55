"""The report's files: nothing in them asks a server, and names of pictures stay names."""

import json
import re
from pathlib import Path

import pytest

from core.corpus import AuditFolder, audit
from core.report import write_report
from tests.core.auditing.corpora import jpeg, settings, write_pictures

HOSTILE = "<script>alert(1)</script>&\"'.jpg".replace("/", "\u2215")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    folder = write_pictures(tmp_path_factory.mktemp("report") / "pictures", 3)
    (folder / HOSTILE).write_bytes(jpeg(9))
    (folder / "text.jpg").write_text("no picture")
    audit(settings(folder), folder.parent / "out", command="samepixels corpus <here>")
    return AuditFolder(folder.parent / "out")


def test_the_folder_form_has_its_rows_and_pictures_beside_it(audited: AuditFolder) -> None:
    page = write_report(audited, audited.summary()).read_text()
    linked = set(re.findall(r'src="([^"]+)"', page))
    assert "report/rows.js" in linked
    assert len(linked) == 1 + 4 * 4
    assert all((audited.path / name).is_file() for name in linked)
    script = (audited.path / "report/rows.js").read_text()
    rows = json.loads(script.partition(" = ")[2].rstrip(";"))
    assert sorted(Path(name).name for name in rows["picture"]) == ["000.jpg", "001.jpg", "002.jpg", HOSTILE, "text.jpg"]
    assert Path(rows["picture"][0]).name == "text.jpg"


def test_the_self_contained_form_is_one_file(audited: AuditFolder) -> None:
    page = write_report(audited, audited.summary(), self_contained=True).read_text()
    assert not (audited.path / "report").exists()
    assert all(address.startswith("data:image/png;base64,") for address in re.findall(r'src="([^"]+)"', page))
    assert "window.samePixelsRows" in page


@pytest.mark.parametrize("self_contained", [False, True])
def test_no_address_of_a_server_and_no_name_as_markup(audited: AuditFolder, *, self_contained: bool) -> None:
    page = write_report(audited, audited.summary(), self_contained=self_contained).read_text()
    assert not re.search(r"https?://|//[a-z]+\.", page.replace("http://www.w3.org", ""))
    assert "<script>alert" not in page
    assert "samepixels corpus &lt;here&gt;" in page
