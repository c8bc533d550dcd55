"""The report's files: nothing in them asks a server, and names of pictures stay names."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from core.auditing.audit_folder import IMPACT_SCHEMA
from core.corpus import AuditFolder, audit
from core.errors import CorpusError
from core.impacting.document import SCHEMA
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


def rows_of(audited: AuditFolder) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads(
        (audited.path / "report/rows.js").read_text().partition(" = ")[2].rstrip(";")
    )
    return found


def test_the_table_has_thumbnails_of_what_was_drawn(audited: AuditFolder) -> None:
    write_report(audited, audited.summary())
    rows = rows_of(audited)
    assert [addresses is not None for addresses in rows["crops"]] == [error is None for error in rows["error"]]
    files = [audited.path / name for addresses in rows["crops"] if addresses for name in addresses]
    assert len(files) == 4 * 3
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)


def test_thumbnails_keep_to_their_budget_and_the_table_says_how_many_there_are(
    audited: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(audited, audited.summary())
    first, second = [sum(map(len, addresses)) for addresses in rows_of(audited)["crops"] if addresses][:2]
    monkeypatch.setattr("core.report.THUMBNAIL_CHARACTERS", first + second)
    page = write_report(audited, audited.summary()).read_text()
    assert [addresses is not None for addresses in rows_of(audited)["crops"]] == [False, True, True, False, False]
    assert "around the worst pixel, for 2 rows" in page


def test_a_table_that_has_not_all_rows_says_so_and_where_they_are(
    audited: AuditFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.report.TABLE_ROWS", 2)
    page = write_report(audited, audited.summary()).read_text()
    assert "The table has 2 of 5 rows" in page
    assert "All are in <code>parts/*.parquet</code>" in page


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


def impact_document(**changes: Any) -> dict[str, Any]:
    share = {"share": 0.5, "count": 1, "of": 2, "low": 0.09, "high": 0.91}
    guesses = [[{"class": 281, "name": name, "probability": 0.4, "logit": 9.0}] for name in ("tabby", "<Egyptian> cat")]
    shifts = {"mean_logit_shift": 0.5, "max_logit_shift": 1.0, "mean_tensor_levels": 2.0}
    picture = {"image": HOSTILE, "flipped": True, "top_a": guesses[0], "top_b": guesses[1], "logit_shift": 1.0}
    return {
        "schema": SCHEMA,
        "model": {"name": "EfficientNet-Lite0", "digest": "embedded", "input": "224x224x3 float32, NHWC"},
        "a": "opencv",
        "b": "pillow",
        "sentence": "The first choice changes on one.",
        "warnings": ["Few pictures."],
        "summary": {
            "pictures": 2,
            "unanswered": 0,
            "identical_tensors": share,
            "flips": share,
            "accuracy": None,
            "mean_kl": 0.1,
            "min_cosine": None,
            **shifts,
        },
        "grid": [{"stage": "resize", "change": "nearest", "recipe": "opencv", "flips": share, **shifts}],
        "pictures": [picture, {**picture, "flipped": False}],
        **changes,
    }


def test_a_models_answers_have_their_section_where_they_were_put_into_the_folder(audited: AuditFolder) -> None:
    assert 'id="impact"' not in write_report(audited, audited.summary()).read_text()
    audited.impact_file.write_text(json.dumps(impact_document()))
    page = write_report(audited, audited.summary()).read_text()
    audited.impact_file.unlink()
    section = page.partition('id="impact"')[2].partition("</section>")[0]
    for text in ("The first choice changes on one.", "Few pictures.", "1 of 2", "9.0 to 91.0 %", "nearest", "tabby"):
        assert text in section
    assert "&lt;Egyptian&gt; cat" in section
    assert section.count("alert(1)") == 1


@pytest.mark.parametrize("text", ["", "[]", json.dumps({"schema": "samepixels/compare/1"})])
def test_another_document_in_its_place_is_refused(audited: AuditFolder, text: str) -> None:
    audited.impact_file.write_text(text)
    with pytest.raises(CorpusError, match=r"impact\.json.*Put there what samepixels impact --json prints"):
        audited.impact()
    audited.impact_file.unlink()


def test_the_document_is_that_of_the_command() -> None:
    assert IMPACT_SCHEMA == SCHEMA
