"""The site in process, and the site in a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Browser, BrowserContext, Page

from drugcontrol.law import Law
from drugcontrol.web.app import create_app
from drugcontrol.web.settings import Settings

TODAY = date(2026, 11, 25)
KEY = "key-of-the-tests"


@pytest.fixture(scope="session")
def app(law: Law, tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    settings = Settings(state=tmp_path_factory.mktemp("state"), keys=frozenset({KEY}))
    return create_app(law, settings, lambda: TODAY)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    with TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def post_form(client: TestClient[Litestar]) -> Callable[..., object]:
    """Send the form of the home page as a browser does: with the token that the page holds."""

    def send(language: str = "en", **fields: str) -> object:
        page = client.get(f"/{language}/").text
        token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert token is not None
        return client.post(f"/{language}/ask", data={"_csrf_token": token[1], **fields}, follow_redirects=False)

    return send


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that was started as a user starts it."""
    state = tmp_path_factory.mktemp("served")
    command = "from drugcontrol.cli.main import main; main()"
    arguments = [sys.executable, "-c", command, "serve", "--port", "0", "--state", str(state)]
    with (state / "log").open("w") as log:
        process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert process.stdout is not None
        found = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert found is not None, (state / "log").read_text()
        yield found[0]
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.fixture
def open_page(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Open an address; a request to another host, an error of a script or a refusal by the policy fails the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(path: str, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=served, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: None if "404" in message.text else problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: None if _own(asked.url, served) else problems.append(asked.url))
        page.goto(path)
        return page

    yield opened
    if pictures := os.environ.get("PICTURES"):
        for index, context in enumerate(contexts):
            name = re.sub(r"\W+", "-", os.environ["PYTEST_CURRENT_TEST"].split("::")[-1].split(" ")[0])
            context.pages[0].screenshot(path=str(Path(pictures) / f"web-{name}-{index}.png"), full_page=True)
    for context in contexts:
        context.close()
    assert problems == []


def _own(address: str, served: str) -> bool:
    return address.startswith((served, "data:", "blob:"))
