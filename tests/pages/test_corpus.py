"""The Corpus page: every control, changed, on small corpora whose recipes need no TensorFlow."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from core.corpus import AuditFolder, audit
from tests.core.auditing.corpora import A, B, jpeg, settings, write_pictures
from tests.pages.conftest import MAIN, Named, html, messages, named, query, run
from ui.configuration import configuration
from ui.corpus import choice
from ui.corpus.access import Access

PATIENCE_S = 180


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with 30 pictures and one that is none, and a finished audit of them against two B, with SSIM."""
    place = tmp_path_factory.mktemp("corpus") / "root"
    folder = write_pictures(place / "photos", 30)
    (folder / "text.jpg").write_text("no picture")
    audit(settings(folder, b=(B, A), with_ssim=True), place / "finished")
    return place


@pytest.fixture(autouse=True)
def fresh_configuration(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("SAMEPIXELS_CORPUS_ROOTS", "SAMEPIXELS_CORPUS_AUDITS"):
        monkeypatch.delenv(name, raising=False)
    configuration.cache_clear()
    yield
    configuration.cache_clear()


@pytest.fixture
def allowed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root is one that the configuration allows."""
    monkeypatch.setenv("SAMEPIXELS_CORPUS_ROOTS", os.pathsep.join([str(root), str(root / "photos")]))
    return root


def opened(**parameters: str) -> AppTest:
    test = AppTest.from_file(str(MAIN), default_timeout=120)
    test.switch_page(str(MAIN.parents[1] / "pages" / "corpus.py"))
    for name, value in {"a": A, "b": B, **parameters}.items():
        test.query_params[name] = value
    return run(test)


def finished(**parameters: str) -> AppTest:
    """The finished audit, opened."""
    return opened(corpus="audit", audit="root/finished", **parameters)


def with_result(test: AppTest) -> AppTest:
    deadline = time.monotonic() + PATIENCE_S
    while "job.stop" in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.1)
        test = run(test)
    return test


def audited(test: AppTest) -> AppTest:
    return with_result(run(test.button("corpus.run").click()))


def names(test: AppTest) -> list[str]:
    """The pictures in the table, by what their buttons say."""
    return [
        button.label.split()[1].replace("\\", "")
        for button in test.button
        if str(button.key).startswith("corpus.open.")
    ]


def upload(test: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = named(test.file_uploader, "uploader.0")
    return run(uploader.set_value([(name, data, "image/jpeg") for name, data in files]))


def test_built_in_pictures_are_audited_and_other_settings_ask_for_another_run() -> None:
    test = opened()
    assert "Run compares A and B on 20 built-in pictures" in html(test)
    test = audited(test)
    assert "Of 20 pictures" in html(test)
    assert "Over all pixels of all pictures" in html(test)
    assert test.button("corpus.run").label == "Audit anew"
    before = html(test)
    test = run(test.segmented_control("stages").set_value("final"))
    assert query(test)["stages"] == "final"
    assert test.button("corpus.run").label == "Run"
    assert "Of 20 pictures" in html(test)
    test = run(test.segmented_control("stages").set_value("all"))
    assert html(test) == before
    assert query(run(test.toggle("with_ssim").set_value(True)))["with_ssim"] == "true"


def test_uploads_are_audited_and_belong_to_their_session_alone() -> None:
    first, second = opened(corpus="mine"), opened(corpus="mine")
    assert [button.key for button in first.button if button.key == "corpus.run"] == []
    first = audited(upload(first, ("one.jpg", jpeg(1)), ("two.jpg", jpeg(2)), ("text.jpg", b"no picture")))
    assert any("text.jpg is not a picture" in text for text in messages(first))
    assert "Of 2 pictures" in html(first)
    second = upload(second, ("one.jpg", jpeg(1)), ("two.jpg", jpeg(2)))
    assert second.button("corpus.run").label == "Run"
    assert "Of 2 pictures" not in html(second)


def test_a_server_without_roots_reads_no_folder(root: Path) -> None:
    for place in ("folder", "audit"):
        test = opened(corpus=place, **{place: str(root / "photos")})
        assert any("reads no folders" in info.value for info in test.info)
        assert "Of " not in html(test)


@pytest.mark.usefixtures("allowed")
def test_a_folder_below_a_root_is_audited_under_its_shown_names() -> None:
    test = opened(corpus="folder", folder="root/photos", part="Errors")
    test = audited(test)
    assert "Of 31 pictures" in html(test)
    assert "root/photos/text.jpg is not a picture" in html(test)
    assert str(named(test.text_input, "corpus.folder").value) == "root/photos"


@pytest.mark.usefixtures("allowed")
def test_a_folder_elsewhere_is_refused_and_the_field_is_in_the_address() -> None:
    test = opened(corpus="folder")
    test = run(named(test.text_input, "corpus.folder").input("root/../.."))
    assert query(test)["folder"] == "root/../.."
    assert any("There is no folder root/../.. that may be read here" in text for text in messages(test))
    test = run(named(test.text_input, "corpus.folder").input("root/photos"))
    assert messages(test) == []
    assert test.button("corpus.run").label == "Run"


def test_audits_of_folders_are_kept_where_the_configuration_says(
    allowed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMEPIXELS_CORPUS_AUDITS", str(tmp_path))
    test = audited(opened(corpus="folder", folder="root/photos"))
    (kept,) = tmp_path.iterdir()
    assert AuditFolder(kept).summary()["pictures"] == 31
    assert str(allowed.parent) not in (kept / "summary.json").read_text()
    again = opened(corpus="folder", folder="root/photos")
    assert "Of 31 pictures" in html(again)
    by_name = opened(corpus="audit", audit=f"audits/{kept.name}")
    assert "Of 31 pictures" in html(by_name)
    test = run(test.button("corpus.run").click())
    assert "Of 31 pictures" in html(with_result(test))


def test_an_audit_that_was_stopped_goes_on(allowed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEPIXELS_CORPUS_AUDITS", str(tmp_path))
    test = run(opened(corpus="folder", folder="root/photos").button("corpus.run").click())
    test = run(test.button("job.stop").click())
    deadline = time.monotonic() + PATIENCE_S
    while "corpus.again" not in [button.key for button in test.button] and time.monotonic() < deadline:
        time.sleep(0.1)
        test = run(test)
    assert test.button("corpus.again").label == "Resume"
    assert allowed.exists()
    other_session = opened(corpus="folder", folder="root/photos")
    assert other_session.button("corpus.run").label in {"Run", "Resume"}
    assert "Of 31 pictures" in html(with_result(run(test.button("corpus.again").click())))


@pytest.mark.usefixtures("allowed")
def test_a_finished_audit_shows_its_parts() -> None:
    test = finished()
    assert "Of 31 pictures" in html(test)
    assert B.split()[0] in html(test)
    for part, said in (("Slices", "4:2:0"), ("Pictures", "1 to 25 of 31"), ("Errors", "is not a picture")):
        assert said in html(finished(part=part))
    buttons: Any = finished(part="Export").get("download_button")
    labels = {button.proto.label for button in buttons}
    assert {"report.zip", "rows.parquet", "rows.csv", "junit.xml", "summary.md"} <= labels


@pytest.mark.usefixtures("allowed")
def test_slices_are_chosen_and_lead_to_their_pictures() -> None:
    test = run(finished(part="Slices").segmented_control("slices.by").set_value("orientation"))
    assert query(test)["slice"] == "orientation"
    test = finished(part="Pictures", group="4:2:2")
    assert len(names(test)) == 10
    test = run(named(test.selectbox, "corpus.group").set_value("all"))
    assert "group" not in query(test)
    test = run(named(test.selectbox, "corpus.slice").set_value("format"))
    assert query(test)["slice"] == "format"


@pytest.mark.usefixtures("allowed")
def test_pictures_are_ordered_filtered_and_paged() -> None:
    test = run(named(finished(part="Pictures").selectbox, "corpus.order").set_value("name"))
    test = run(test.button("corpus.direction").click())
    assert [Path(name).name for name in names(test)] == [f"{number:03}.jpg" for number in range(25)]
    test = run(named(cast("Sequence[Named]", test.get("pagination")), "corpus.page").set_value(2))
    assert query(test)["page"] == "2"
    assert [Path(name).name for name in names(test)] == [*(f"{number:03}.jpg" for number in range(25, 30)), "text.jpg"]
    test = run(named(test.text_input, "corpus.find").input("NOT A PICTURE"))
    assert [Path(name).name for name in names(test)] == ["text.jpg"]
    assert "page" not in query(test)
    test = run(named(test.selectbox, "corpus.verdict").set_value("identical"))
    assert "No picture is like that" in html(test)


@pytest.mark.usefixtures("allowed")
def test_every_row_has_its_pictures() -> None:
    test = finished(part="Pictures", page="2")
    assert html(test).count('<img class="sp-crop"') == 4 * 5
    assert html(test).count('<span class="sp-crop"') == 4


def test_a_click_opens_the_picture_in_compare_with_the_same_recipes(allowed: Path) -> None:
    test = finished(part="Pictures", order="name", ascending="true")
    test = run(test.button("corpus.open.3").click())
    assert query(test)["name"] == "003.jpg"
    assert query(test)["a"] == A
    assert "003.jpg" in named(test.selectbox, "picture").options
    assert (allowed / "photos/003.jpg").exists()


def test_a_picture_that_has_vanished_says_so(allowed: Path) -> None:
    test = finished(part="Pictures", order="name", ascending="true")
    moved = (allowed / "photos/004.jpg").rename(allowed / "elsewhere.jpg")
    test = run(test.button("corpus.open.4").click())
    moved.rename(allowed / "photos/004.jpg")
    assert [text for text in messages(test) if "004.jpg does not exist" in text]
    assert "Of 31 pictures" in html(test)


def test_a_picture_outside_of_the_roots_is_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEPIXELS_CORPUS_ROOTS", str(root / "finished"))
    test = opened(corpus="audit", audit="finished", part="Pictures")
    assert "Of 31 pictures" in html(test)
    test = run(next(button for button in test.button if str(button.key).startswith("corpus.open.")).click())
    assert any("is in no folder that may be read here" in text for text in messages(test))


def test_a_folder_without_an_audit_says_so(allowed: Path) -> None:
    test = opened(corpus="audit", audit="root/photos")
    assert any("holds no audit" in text for text in messages(test))
    assert str(allowed.parent) not in " ".join(messages(test))


@pytest.mark.parametrize(("text", "said"), [("{}", "has the form None"), ("", "cannot be read"), ("[]", "None")])
def test_a_damaged_audit_says_so(allowed: Path, text: str, said: str) -> None:
    damaged = allowed / "damaged"
    damaged.mkdir(exist_ok=True)
    (damaged / "audit.json").write_bytes((allowed / "finished/audit.json").read_bytes())
    (damaged / "summary.json").write_text(text)
    test = opened(corpus="audit", audit="root/damaged")
    assert any(said in each for each in messages(test))


@pytest.mark.usefixtures("allowed")
def test_folders_can_be_browsed() -> None:
    test = opened(corpus="folder")
    test.session_state["corpus.browse.folder"] = True
    test = run(test)
    test = run(named(test.button, "corpus.in.folder.root").click())
    assert query(test)["folder"] == "root"
    assert "corpus.in.folder.root/photos" in [button.key for button in test.button]
    test = run(named(test.button, "corpus.up.folder").click())
    assert "folder" not in query(test)


@pytest.mark.usefixtures("allowed")
def test_an_audit_against_several_b_shows_one_of_them() -> None:
    test = run(named(finished().selectbox, "against").set_value(2))
    assert query(test)["against"] == "2"
    assert "30 are identical" in html(test)


def test_the_samples_of_an_audit_open_as_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMEPIXELS_CORPUS_ROOTS", str(tmp_path))
    audit(settings("sample:hopper"), tmp_path / "audit")
    test = opened(corpus="audit", audit=f"{tmp_path.name}/audit", part="Pictures")
    test = run(test.button("corpus.open.0").click())
    assert query(test)["picture"] == "hopper"


@pytest.fixture
def at_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a person whose browser runs beside the server."""
    monkeypatch.setattr(choice, "access", lambda *_: Access({"": Path("/")}))


@pytest.mark.usefixtures("at_this_machine")
def test_a_local_person_keeps_an_audit_that_the_command_line_goes_on_with(root: Path, tmp_path: Path) -> None:
    folder = str(root / "photos")
    audit(settings(folder), tmp_path / "by-command")
    test = opened(corpus="folder", folder=folder)
    assert test.button("corpus.run").label == "Run"
    test = run(test.text_input("corpus.out").input(str(tmp_path / "by-command")))
    assert "Of 31 pictures" in html(test)
    assert [button.key for button in test.button if button.key == "corpus.run"] == []


@pytest.mark.usefixtures("at_this_machine")
def test_a_folder_with_another_audit_is_refused(root: Path) -> None:
    test = opened(corpus="folder", folder=str(root / "photos"))
    test = run(test.text_input("corpus.out").input(str(root / "finished")))
    assert any("holds an audit of other recipes or settings" in text for text in messages(test))
    assert "Of 31 pictures" not in html(test)
    test = run(test.text_input("corpus.out").input("here"))
    assert any("here does not begin at the root" in text for text in messages(test))
