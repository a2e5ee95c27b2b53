"""Claims as a page in a real Chromium; and what an evidence bundle of an exercise is worth: nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.test_channel import desk, run

__all__ = ["desk"]  # the fixture


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("claims")
    run(where, "claim", "check", "all", "--as-of", "2026-11-25", "--html", "--lang", "zh", "-o", "claims.html")
    return where / "claims.html"


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desk", "phone"])
def page(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=True)
    opened.set_default_timeout(20_000)
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text))
    opened.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else problems.append(asked.url))
    opened.goto(file.as_uri())
    yield opened
    if pictures := os.environ.get("PICTURES"):
        opened.screenshot(path=str(Path(pictures) / f"claims-{width}.png"), full_page=True)
    opened.close()
    assert problems == []


def test_the_page_fits_the_width_and_loads_nothing(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("script").count() == 0


def test_each_reading_has_two_sides_with_an_outcome_in_words(page: Page) -> None:
    deaths = page.locator("#deaths-rising")
    said = deaths.locator(".outcome").all_inner_texts()
    assert len(said) == 8
    assert [text.strip() for text in said][:2] == ["有据支持", "互有出入"]


def test_charts_are_drawn_and_have_their_tables(page: Page) -> None:
    deaths = page.locator("#deaths-rising")
    assert deaths.locator("figure img").count() == 2
    loaded = "images => images.every(image => image.complete && image.naturalWidth > 400)"
    assert deaths.locator("figure img").evaluate_all(loaded)
    assert deaths.locator("details table").filter(has_text="2023-03-15").count() >= 2


def test_a_simulation_is_refused_as_evidence_and_says_so(desk: Path) -> None:
    run(desk, "evidence", "notice.dcx", "--in", "XA", "-o", "claim.dcx.zip")
    trust = ("--trust", "XA/key-history.json", "--trust", "XB/key-history.json")
    said = run(desk, "claim", "check", "no-notification", "--evidence", "claim.dcx.zip", *trust)
    assert "claim.dcx.zip: SIMULATION, refused. A simulation is never evidence." in said
    assert "NOT SUPPORTED" not in said
    assert "CANNOT BE DECIDED" in said
