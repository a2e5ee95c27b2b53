"""The picture of a finding in a real Chromium: the legend fits, and nothing is loaded from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.cli.test_commands import run

_TEXTS = """() => [...document.querySelectorAll('svg > text, g.entry > text')].map(text => {
    const box = text.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
})"""


@pytest.fixture(params=["en", "es", "zh"])
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    file = tmp_path / "picture.svg"
    options = ("--in", "US", "--date", "2019-01-01", "--lang", request.param, "--picture", str(file))
    assert run("check", "ocfentanil", *options).returncode == 0
    opened = browser.new_page(viewport={"width": 1000, "height": 1000})
    asked: list[str] = []
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.goto(file.as_uri())
    yield opened
    opened.close()
    assert asked == [file.as_uri()]


def test_the_legend_is_inside_and_no_line_covers_another(page: Page) -> None:
    width, height = page.evaluate(
        "[document.documentElement.width, document.documentElement.height].map(x => x.baseVal.value)"
    )
    boxes = page.evaluate(_TEXTS)
    assert len(boxes) > 8
    assert all(left >= 0 and right <= width and bottom <= height for left, _, right, bottom in boxes)
    for number, (left, top, right, bottom) in enumerate(boxes):
        for a, b, c, d in boxes[:number]:
            apart = right <= a or c <= left or bottom <= b + 4 or d <= top + 4
            assert apart


def test_each_clause_has_its_entry(page: Page) -> None:
    signs = page.locator("g.entry > text:nth-of-type(1)").all_text_contents()
    assert [sign for sign in signs if sign.strip()] == ["(D)", "(E)"]
