"""The document of a message in a real Chromium: it opens from disk, loads nothing, fits a phone, and prints on A4."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from drugcontrol.channel.document import Header, as_html
from drugcontrol.check.status import Checker
from tests.channel.messages.samples import message

ID = "0123456789abcdef" * 4
A4_POINTS = "[0 0 594.95996 841.91998]"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, checker: Checker) -> Path:
    path = tmp_path_factory.mktemp("message") / "notice.html"
    header = Header(ID, {"issued_at": "2023-03-30T15:00:00Z", "thread": "urn:dcx:XA:2023:SN:000123"})
    path.write_text(as_html(message("notice.incident", checker), ("es", "zh"), header), encoding="utf-8")
    return path


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desk", "phone"])
def page(browser: Browser, document: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.set_default_timeout(20_000)
    problems: list[str] = []
    opened.on("console", lambda told: problems.append(told.text))
    opened.on("request", lambda asked: None if asked.url.startswith("file:") else problems.append(asked.url))
    opened.goto(document.as_uri())
    yield opened
    if pictures := os.environ.get("PICTURES"):
        opened.screenshot(path=str(Path(pictures) / f"message-{width}.png"))
    opened.close()
    assert problems == []


def test_the_document_fits_the_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    cut = "[...document.querySelectorAll('.sides td')].filter(cell => cell.getBoundingClientRect().right > innerWidth)"
    assert page.evaluate(f"{cut}.length") == 0, "text of a language stands outside of the window"
    narrow = "[...document.querySelectorAll('.sides td')].filter(cell => cell.getBoundingClientRect().width < 100)"
    assert page.evaluate(f"{narrow}.length") == 0


def test_simulation_is_the_first_thing_to_be_seen(page: Page) -> None:
    assert page.inner_text("body").startswith("SIMULATION")
    assert page.title().startswith("SIMULATION")


def test_both_languages_are_marked_as_such(page: Page) -> None:
    assert page.locator("th[lang=es]", has_text="Tipo de incidente").count() == 1
    assert page.locator("th[lang=zh]", has_text="事件种类").count() == 1


def test_it_prints_on_a_few_sheets_of_a4(page: Page) -> None:
    printed = page.pdf(prefer_css_page_size=True)
    assert 3 <= printed.count(b"/Type /Page\n") <= 12
    assert A4_POINTS.encode() in printed
