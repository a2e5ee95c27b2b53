"""The HTML report in a real Chromium: it opens from disk, loads nothing, and fits a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.cli.test_commands import run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.html"
    options = ("--date", "2023-04-06", "--in", "UN,CN,US,MX,CA,EU", "-o", str(out))
    done = run("screen", str(EXAMPLES / "statement-2023-04-06.csv"), *options)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desk", "phone"])
def page(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.set_default_timeout(20_000)
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text))
    opened.on("request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url))
    opened.goto(report.as_uri())
    yield opened
    if pictures := os.environ.get("PICTURES"):
        opened.screenshot(path=str(Path(pictures) / f"report-{width}.png"))
    opened.close()
    assert problems == []


def test_the_page_fits_the_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_findings_have_structure_status_and_citation(page: Page) -> None:
    card = page.locator("article", has=page.locator("h2", has_text="NPP")).first
    assert card.locator(".picture svg").count() == 1
    assert card.locator("summary", has_text="UN").inner_text().count("since 2017-10-18") == 1
    assert card.locator("li a[href^='http']").count() > 0


def test_the_notice_and_the_edition_stand_at_the_top(page: Page) -> None:
    assert "not legal advice" in page.locator(".notice").inner_text()
    assert "law data 2026" in page.locator("header").inner_text()


def test_details_open_with_the_keyboard(page: Page) -> None:
    summary = page.locator("details:not([open]) > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() > 0
