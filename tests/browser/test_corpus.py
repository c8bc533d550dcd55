"""The Corpus page in a real browser: from uploads to the worst picture in Compare, and a folder of this machine."""

import re
import zipfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import FilePayload, Page, expect

from tests.core.auditing.corpora import A, B, jpeg, write_pictures

AUDITED_WITHIN_MS = 180_000  # a worker starts, and loops are compiled, on a busy machine


def upload(number: int) -> FilePayload:
    return {"name": f"picture-{number}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(number)}


def test_uploads_are_audited_and_a_click_opens_one_in_compare(page: Page) -> None:
    page.goto("/corpus?" + urlencode({"corpus": "mine", "a": A, "b": B, "part": "Pictures"}))
    page.get_by_role("button", name="Upload").click()
    page.get_by_test_id("stPopoverBody").get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        [upload(number) for number in (1, 2, 3)]
    )
    page.get_by_test_id("stMain").get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("Of 3 pictures 3 differ by more than rounding.")).to_be_visible(timeout=AUDITED_WITHIN_MS)
    row = page.get_by_role("button", name="Open picture-2.jpg in Compare")
    expect(page.locator(".sp-row:not(.sp-row-head) img.sp-crop")).to_have_count(12)
    row.click()
    expect(page.locator(".viewer[data-state=complete]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"picture=upload.*name=picture-2\.jpg"))


def test_a_person_at_this_machine_audits_a_folder_and_takes_the_report(page: Page, tmp_path: Path) -> None:
    folder = write_pictures(tmp_path / "photos", 3)
    page.goto("/corpus?" + urlencode({"corpus": "folder", "a": A, "b": B, "part": "Export"}))
    field = page.get_by_role("textbox", name="Folder")
    field.fill(str(folder))
    field.press("Enter")
    page.get_by_test_id("stMain").get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("Of 3 pictures 3 differ by more than rounding.")).to_be_visible(timeout=AUDITED_WITHIN_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="report.zip").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "report/report.html" in archive.namelist()
    page.get_by_role("tab", name="Overview").click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.get_by_role("tab", name="Slices").click()
    expect(page.get_by_text("By subsampling")).to_be_visible()
