"""A visitor of the screening pages, as a browser without script is one."""

import re
import time
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

REVIEW = b"name,smiles,cas\nfentanyl,CCO,\nacetone,CC(C)=O,67-64-1\nbroken,CC(=O,\n"
"""The label of a listed substance on another structure; a listed one; a row that cannot be read."""

ANSWERS = {"smiles": "smiles", "name": "name", "cas": "cas", "on": "2023-04-06"}


class Visitor:
    """Sends the forms of the pages and waits for jobs."""

    def __init__(self, client: TestClient[Litestar] | Any, language: str = "en") -> None:
        self.client = client
        self.language = language

    def path(self, path: str = "") -> str:
        return f"/{self.language}/screen{path}"

    def token(self) -> str:
        found = re.search(r'name="_csrf_token" value="([^"]+)"', self.client.get(self.path()).text)
        assert found is not None
        return found[1]

    def upload(self, content: bytes, name: str = "list.csv", to: str = "/upload", token: str | None = None) -> Any:
        parts = {
            "_csrf_token": (None, self.token() if token is None else token),
            "file": (name, content, "application/octet-stream"),
        }
        return self.client.post(self.path(to), files=parts, follow_redirects=False)

    def send(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, data={"_csrf_token": self.token(), **fields}, follow_redirects=False)

    def settled(self, path: str, seconds: float = 60) -> str:
        """Reload the page of a job until it waits for nothing any more; give the page."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            page = str(self.client.get(path).text)
            if 'http-equiv="refresh"' not in page:
                return page
            time.sleep(0.05)
        raise AssertionError("the job did not come to an end")

    def ready(self, content: bytes, name: str = "list.csv") -> str:
        """Upload a file and wait for its preview; give the address of the job."""
        answer = self.upload(content, name)
        assert answer.status_code == 303, answer.text
        path = str(answer.headers["location"])
        assert "/screen/job/" in path, path
        page = self.settled(path)
        assert 'class="choose"' in page, page
        return path

    def done(self, content: bytes, name: str = "list.csv", asked: dict[str, Any] | None = None) -> str:
        """Screen a file to its end; give the address of the job."""
        path = self.ready(content, name)
        answer = self.send(f"{path}/start", **(asked or ANSWERS))
        assert answer.status_code == 303, answer.text
        page = self.settled(path)
        assert 'id="rows"' in page, page
        return path
