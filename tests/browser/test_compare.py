"""The Compare page as a person uses it."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from core.samples import load_sample

SENTENCE = ".sp-sentence"
FIRST_IMPORT_TIMEOUT_MS = 180_000  # TensorFlow, on a machine that is busy otherwise
FIRST_SENTENCE = re.compile(r"B is darker by 0\.67 levels")


@pytest.fixture
def compare(page: Page) -> Page:
    """The page of a first visit, with its result."""
    page.goto("/")
    expect(page.locator(SENTENCE)).to_have_text(FIRST_SENTENCE, timeout=FIRST_IMPORT_TIMEOUT_MS)
    return page


def stage_row(page: Page, name: str) -> Locator:
    return page.locator(".sp-table tr").filter(has_text=name)


@contextmanager
def opened_chip(page: Page, text: str) -> Iterator[Locator]:
    """The popover behind a chip, as long as the block lasts."""
    chip = page.get_by_role("button", name=text)
    chip.click()
    yield page.get_by_test_id("stPopoverBody")
    page.keyboard.press("Escape")


def choose(within: Locator, option: str, value: str) -> None:
    box = within.get_by_test_id("stSelectbox").filter(has_text=option).get_by_role("combobox")
    box.click()
    within.page.get_by_role("option", name=value, exact=True).click()


def upload(page: Page, *files: FilePayload) -> None:
    page.get_by_role("button", name="Upload").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(list(files))


def jpeg(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_a_first_visit_shows_a_photograph_through_both_libraries(compare: Page) -> None:
    expect(stage_row(compare, "after decode")).to_contain_text("different")
    expect(stage_row(compare, "after resize")).to_contain_text("99.2 %")
    expect(compare.locator(".sp-verdict-word")).to_contain_text("different")
    expect(compare.get_by_text("Signed difference B − A")).to_be_visible()
    for name in ("A", "B"):
        expect(compare.locator(f".sp-side-{name.lower()}")).to_be_visible()


def test_the_accurate_dct_makes_the_decode_stage_identical(compare: Page) -> None:
    with opened_chip(compare, "tensorflow.decode_jpeg") as options:
        choose(options, "dct_method", "INTEGER_ACCURATE")
        expect(stage_row(compare, "after decode")).to_contain_text("identical")
    expect(compare.locator(".sp-verdict-word")).to_contain_text("rounding")
    expect(compare.locator(SENTENCE)).to_contain_text("none by more than 1 level")
    assert "INTEGER_ACCURATE" in compare.url


def test_another_interpolation_changes_the_resize_alone(compare: Page) -> None:
    before = stage_row(compare, "after decode").inner_text()
    with opened_chip(compare, "opencv.resize") as options:
        choose(options, "interpolation", "INTER_AREA")
        expect(compare.get_by_role("button", name="opencv.resize INTER_AREA")).to_be_visible()
    expect(compare.locator(SENTENCE)).not_to_have_text(FIRST_SENTENCE)
    assert stage_row(compare, "after decode").inner_text() == before


def test_an_uploaded_picture_is_compared(compare: Page) -> None:
    upload(compare, jpeg("my cat.jpg", load_sample("cat").data))
    expect(compare.locator(".sp-facts")).to_contain_text("4:2:2")
    expect(compare.locator(".sp-facts")).to_contain_text("progressive")
    expect(stage_row(compare, "after decode")).to_contain_text("different")


def test_a_broken_file_costs_one_message(compare: Page) -> None:
    upload(compare, jpeg("notes.jpg", b"these are my notes, no picture"), jpeg("cat.jpg", load_sample("cat").data))
    expect(compare.get_by_text("notes.jpg is not a picture")).to_be_visible()
    expect(compare.locator(".sp-facts")).to_contain_text("4:2:2")


def test_a_truncated_picture_shows_what_each_side_says(compare: Page) -> None:
    data = load_sample("raccoon").data
    upload(compare, jpeg("cut.jpg", data[: len(data) // 2]))
    expect(compare.locator(".sp-verdict-word")).to_contain_text("incomparable")
    expect(compare.locator(SENTENCE)).to_contain_text("A stopped at opencv.imdecode")
    expect(compare.locator(".sp-remedy")).to_contain_text("try_recover_truncated=true")


def test_reloading_the_address_shows_the_same(compare: Page) -> None:
    compare.get_by_role("button", name="TF1's shifted resize").click()
    expect(compare.get_by_role("button", name=re.compile(r"tensorflow_v1\.resize"))).to_be_visible()
    expect(compare.locator(SENTENCE)).not_to_have_text(FIRST_SENTENCE)
    sentence = compare.locator(SENTENCE).inner_text()
    compare.reload()
    expect(compare.locator(SENTENCE)).to_have_text(sentence)
    expect(compare.get_by_role("button", name=re.compile(r"tensorflow_v1\.resize"))).to_be_visible()


def test_a_link_opens_the_same_in_a_fresh_browser(compare: Page, base_url: str) -> None:
    address = f"{base_url}/?picture=coffee-cmyk&a=opencv.imdecode&b=pillow.open(mode%3DRGB)"
    compare.goto(address)
    expect(compare.get_by_role("button", name="pillow.open")).to_be_visible()
    expect(compare.locator(".sp-facts")).to_contain_text("CMYK")


def test_an_address_with_nonsense_says_so_and_goes_on(compare: Page) -> None:
    compare.goto("/?a=opencv.imraed&picture=no-such")
    expect(compare.get_by_text("There is no operation 'opencv.imraed'")).to_be_visible()
    expect(compare.locator(SENTENCE)).to_have_text(FIRST_SENTENCE)


def test_the_export_holds_the_very_arrays(compare: Page, tmp_path: Path) -> None:
    compare.get_by_role("tab", name="Export").click()
    with compare.expect_download() as download:
        compare.get_by_role("button", name=re.compile("ZIP")).click()
    path = tmp_path / "export.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        files = {Path(name).name: archive.read(name) for name in archive.namelist()}
    a = np.load(io.BytesIO(files["a.npy"]))
    decoded = cv2.imdecode(np.frombuffer(load_sample("raccoon").data, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    np.testing.assert_array_equal(a, cv2.resize(decoded, (224, 224))[:, :, ::-1])
    statistics = json.loads(files["statistics.json"])
    assert statistics["verdict"] == "different"
    readme = files["README.txt"].decode()
    assert hashlib.sha256(load_sample("raccoon").data).hexdigest() in readme
    assert "opencv.imdecode | opencv.resize(INTER_LINEAR, 224x224)" in readme


@pytest.mark.browser_context_args(color_scheme="dark")
def test_the_verdict_is_legible_in_the_dark(compare: Page) -> None:
    colour = compare.locator(SENTENCE).evaluate("element => getComputedStyle(element).color")
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    assert min(red, green, blue) > 200
