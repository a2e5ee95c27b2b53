"""Take the pictures of the README anew: ``make pictures`` starts the server and opens each page in Chromium."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs/pictures"
TAKEN = {
    "answer": ("/en/substance/furanylfentanyl?on=2023-04-06&in=UN,CN,US,MX,CA,GB", 1280, 1000),
    "answer-phone": ("/zh/substance/norfentanyl?on=2023-04-06&in=UN,CN,MX", 390, 1000),
    "claim": ("/en/claims/deaths-rising?on=2026-11-25", 1280, 900),
    "class-control": ("/en/law/first/fentanyl", 1280, 900),
}
"""Name, address, width and height."""

_COLOURS = 96
"""As many as keep letters clean in a small file."""


def main() -> None:
    """Start a server on a free port, and open every address."""
    with tempfile.TemporaryDirectory() as state:
        command = "from drugcontrol.cli.main import main; main()"
        arguments = [sys.executable, "-u", "-c", command, "serve", "--port", "0", "--state", state]
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            assert server.stdout is not None  # noqa: S101 - a pipe was asked for
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            if found is None:
                raise SystemExit("The server did not start; run “drugcontrol serve” to see why.")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                for name, (path, width, height) in TAKEN.items():
                    take(browser, found[0] + path, PICTURES / f"{name}.png", (width, height))
                browser.close()
        finally:
            server.terminate()
            server.wait()


def take(browser: Browser, address: str, path: Path, size: tuple[int, int]) -> None:
    """Write what a window of that size shows of a page."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=str(path))
    page.close()
    Image.open(path).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    print(path)


main()
