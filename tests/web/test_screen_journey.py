"""The screening pages in a real browser: by keyboard, without script, on a telephone, in the dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.pages import LANGUAGES
from tests.web.screening import REVIEW
from tests.web.test_frame import AXE


def test_the_whole_journey_by_keyboard(open_page: Callable[..., Page], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(REVIEW)
    page = open_page("/en/screen")
    page.locator("#file").focus()
    page.set_input_files("#file", file)  # the window in which a file is chosen belongs to the system
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".choose")
    page.locator("#on").fill("2023-04-06")
    page.locator(".choose > button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".found", timeout=60_000)
    page.locator("#show").focus()
    page.keyboard.type("to review, not")
    page.keyboard.press("Tab")
    page.locator(".filter[method=get] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**show=open*")
    page.locator(".decide summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("A. Example")
    page.keyboard.press("Tab")
    page.locator("#until-1").fill("2031-01-01")
    page.locator("#why-1").focus()
    page.keyboard.type("by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".decided")
    assert "treat as controlled" in page.locator(".decided").first.inner_text()
    page.locator(".sure summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/screen")


def test_the_whole_journey_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page("/es/screen", java_script_enabled=False)
    page.click("button[value='statement-2023-04-06.csv']")
    page.wait_for_selector(".choose")
    page.click(".choose > button")
    page.wait_for_selector(".found", timeout=60_000)
    page.select_option("#show", "controlled")
    page.click(".filter[method=get] button")
    assert page.locator(".found .status.controlled").count() == 50
    page.click("a[rel=next] >> nth=0")
    assert "page=2" in page.url


def test_a_file_is_dropped_on_the_form(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/screen")
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["name\\nacetone\\n"], "dropped.csv"));
          for (const name of ["dragover", "drop"])
            document.querySelector(".drop").dispatchEvent(
              new DragEvent(name, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )
    page.click(".drop button")
    page.wait_for_selector(".choose")
    assert page.locator("h1").inner_text() == "dropped.csv"


def test_a_file_beyond_the_limit_is_told_before_it_is_sent(open_page: Callable[..., Page]) -> None:
    page = open_page("/es/screen")
    page.evaluate("document.querySelector('.drop').dataset.most = '5'")
    page.set_input_files("#file", {"name": "x.csv", "mimeType": "", "buffer": b"name,more"})
    assert "demasiado grande" in page.evaluate("document.getElementById('file').validationMessage")
    page.set_input_files("#file", {"name": "x.csv", "mimeType": "", "buffer": b"name"})
    assert page.evaluate("document.getElementById('file').validationMessage") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_job_fit_and_have_no_serious_fault_of_accessibility(
    open_page: Callable[..., Page], tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    file = tmp_path / f"{'a-long-name-' * 8}.csv"
    file.write_bytes(REVIEW.replace(b"acetone", b"acetone" * 40))
    page = open_page(f"/{language}/screen", width, color_scheme=scheme, bypass_csp=True)

    def check(where: str) -> None:
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), where
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
        serious = [item for item in found if item["impact"] in ("serious", "critical")]
        assert [(item["id"], [node["html"][:200] for node in item["nodes"][:3]]) for item in serious] == [], where

    page.set_input_files("#file", file)
    page.click(".drop button")
    page.wait_for_selector(".choose")
    check("preview")
    page.click(".choose > button")
    page.wait_for_selector(".found", timeout=60_000)
    check("result")
    page.check("#rows ~ table input[value=controlled] >> nth=0")
    page.fill(".decide input[name=by] >> nth=0", "A. Example " * 10)
    page.fill(".decide input[name=until] >> nth=0", "2031-01-01")
    page.fill(".decide textarea >> nth=0", "because " * 100)
    page.click(".decide form button >> nth=0")
    page.wait_for_selector(".decided")
    check("decided")
    page.goto(f"/{language}/screen/decisions")
    check("decisions")
    page.goto(f"/{language}/screen")
    check("list")
    page.set_input_files("#file", {"name": "x.sdf.gz", "mimeType": "", "buffer": b"no gzip"})
    page.click(".drop button")
    page.wait_for_selector("#problem")
    check("failed")
