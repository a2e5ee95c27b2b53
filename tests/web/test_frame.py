"""What holds for every page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from tests.web.pages import LANGUAGES, PAGES

AXE = next((Path(__file__).parent / "vendor/axe-core").glob("*/axe.min.js"))
TEMPLATES = Path(__file__).parents[2] / "src/drugcontrol/web/templates"
SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_and_has_no_serious_fault_of_accessibility(
    open_page: Callable[..., Page], path: str, language: str, width: int, scheme: str
) -> None:
    page = open_page(f"/{language}{path}", width, color_scheme=scheme, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    serious = [item for item in found if item["impact"] in ("serious", "critical")]
    assert [(item["id"], [node["html"][:200] for node in item["nodes"][:3]]) for item in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "with everything unfolded"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_reads_the_same_without_script(open_page: Callable[..., Page], path: str) -> None:
    with_script, without = (open_page(f"/en{path}", java_script_enabled=enabled) for enabled in (True, False))
    assert without.locator("h1").inner_text() == with_script.locator("h1").inner_text()
    assert without.locator("main section").count() == with_script.locator("main section").count()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_names_its_language_the_edition_and_that_it_is_no_clearance(
    client: TestClient[Litestar], path: str, language: str
) -> None:
    page = client.get(f"/{language}{path}").text
    assert f'<html lang="{"zh-Hans" if language == "zh" else language}">' in page
    assert client.app.state.site.law.edition_name in page
    assert {"en": "not legal advice", "es": "no asesoramiento jurídico", "zh": "不构成法律意见"}[language] in page


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/", "/", "page"),
        ("/law", "/law", "page"),
        ("/law/rules/cn-fentanyl-related-2019", "/law", "true"),
        ("/claims/deaths-rising", "/situation", "true"),
        ("/substance/norfentanyl", "/", "true"),
    ],
)
def test_the_navigation_marks_the_section_that_a_page_is_of(
    client: TestClient[Litestar], path: str, section: str, current: str
) -> None:
    navigation = client.get(f"/en{path}").text.partition("<nav ")[2].partition("</nav>")[0]
    assert re.findall(r'href="/en([^"]*)" aria-current="(\w+)"', navigation) == [(section, current)]


def test_each_language_leads_to_the_same_page_in_the_others(client: TestClient[Litestar]) -> None:
    page = client.get("/en/substance/fentanyl?on=2023-04-06").text
    for language in LANGUAGES:
        assert f'href="/{language}/substance/fentanyl?on=2023-04-06"' in page


@pytest.mark.parametrize(
    ("accepted", "language"), [("es-MX,es;q=0.9,en;q=0.8", "es"), ("zh-CN", "zh"), ("fr", "en"), ("", "en")]
)
def test_the_root_leads_to_the_language_of_the_browser(
    client: TestClient[Litestar], accepted: str, language: str
) -> None:
    answer = client.get("/", headers={"accept-language": accepted}, follow_redirects=False)
    assert answer.headers["location"] == f"/{language}/"


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_text_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for pattern in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<pre.*?</pre>", r"<!doctype html>"):
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", " ", text)
    assert set(re.findall(r"[^\W\d_]{2,}", shown)) <= {"drugcontrol", "CAS", "InChIKey"}


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]* src=)", text), template.name


def test_the_keyboard_reaches_the_content_first(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize(
    "path",
    [
        "/substance/fentanyl?on=",
        "/law/instruments/un-1961?on=",
        "/law/compare?on=",
        "/law/first/fentanyl?on=",
        "/law/upcoming?on=",
        "/law/changes?from=2023-01-01&in=CA&to=",
        "/claims/us-class-not-scheduled?on=",
        "/figures/us-overdose-deaths-all-drugs-12m-predicted?on=",
    ],
)
def test_a_day_that_has_not_come_yet_is_said_to_be_one(client: TestClient[Litestar], path: str) -> None:
    said = {"en": "has not come yet", "es": "aún no ha llegado", "zh": "尚未到来"}
    for language, words in said.items():
        assert words in client.get(f"/{language}{path}2035-01-01").text
        assert words not in client.get(f"/{language}{path}2023-04-06").text


def test_an_error_leads_back_to_the_page_it_came_from_and_to_no_other_site(client: TestClient[Litestar]) -> None:
    path, here = "/en/law/upcoming?on=yesterday", "http://127.0.0.1:8765"
    assert 'href="/en/law?x=1"' in client.get(path, headers={"referer": f"{here}/en/law?x=1"}).text
    for elsewhere in ("http://evil.example/en/law", "javascript:alert(1)", f"{here}//evil.example/", ""):
        assert "evil" not in client.get(path, headers={"referer": elsewhere}).text
