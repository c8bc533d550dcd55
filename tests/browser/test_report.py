"""An audit's report, opened from the disk in a browser that is cut off from the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.corpus import AuditFolder, audit
from core.palette import PALETTES
from core.report import write_report
from tests.core.auditing.corpora import settings, write_pictures


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> AuditFolder:
    folder = write_pictures(tmp_path_factory.mktemp("report") / "pictures", 40)
    (folder / "no picture.jpg").write_text("no picture")
    audit(settings(folder), folder.parent / "out")
    return AuditFolder(folder.parent / "out")


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Page]:
    """A page without a network, which may complain about nothing and ask for nothing but files."""
    context.set_offline(True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    context.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else complaints.append(request.url),
    )
    yield page
    assert complaints == []


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").rstrip(")").split(","))


@pytest.mark.browser_context_args(color_scheme="light")
def test_the_table_sorts_and_filters(opened: Page, audited: AuditFolder) -> None:
    opened.goto(write_report(audited, audited.summary()).as_uri())
    assert background(opened) == PALETTES["light"]["background"]
    expect(opened.get_by_role("heading", level=1)).to_have_text("■ different")
    count, rows = opened.locator("#filter-count"), opened.locator("#rows tbody tr:not([aria-hidden])")
    expect(count).to_have_text("41 of 41")
    expect(rows.first.locator("td").first).to_have_text(str(audited.path.parent / "pictures" / "no picture.jpg"))

    opened.get_by_label("Name or error").fill("01")
    expect(count).to_have_text("11 of 41")
    opened.get_by_role("button", name="picture", exact=True).click()
    names = [name.removesuffix(".jpg")[-3:] for name in rows.locator("td:first-child").all_text_contents()]
    assert names == ["001", *(f"{number:03}" for number in range(10, 20))]
    opened.get_by_role("button", name="mean").click()
    means = [float(text) for text in rows.locator("td:nth-child(4)").all_text_contents()]
    assert means == sorted(means, reverse=True)
    thumbnails = rows.first.locator("img")
    assert [image.get_attribute("alt") for image in thumbnails.all()] == ["A", "B", "B − A"]
    thumbnails.first.evaluate("image => image.decode()")
    opened.get_by_label("Name or error").fill("")
    opened.get_by_label("Verdict").select_option("incomparable")
    expect(count).to_have_text("1 of 41")
    expect(rows.locator("td").last).to_contain_text("it is text")


@pytest.mark.browser_context_args(color_scheme="dark")
def test_one_file_in_the_dark_with_its_pictures(opened: Page, audited: AuditFolder, tmp_path: Path) -> None:
    moved = tmp_path / "sent on.html"
    write_report(audited, audited.summary(), self_contained=True).rename(moved)
    opened.goto(moved.as_uri())
    assert background(opened) == PALETTES["dark"]["background"]
    first = opened.locator(".worst li").first
    first.scroll_into_view_if_needed()
    assert first.locator("img").count() == 4
    for image in first.locator("img").all():
        image.evaluate("image => image.decode()")
        assert image.evaluate("image => image.naturalWidth") > 0
    assert opened.locator("svg.bars rect").count() > 20
    box = opened.locator("#rows")
    box.scroll_into_view_if_needed()
    box.evaluate("box => box.scrollTo(0, 1e6)")
    expect(opened.locator("#rows tbody tr:not([aria-hidden])").last).to_be_in_viewport()
