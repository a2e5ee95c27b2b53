"""HEAD of whatever can be had by GET."""

import httpx
import pytest

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
"""The server of these tests is on this machine."""

OF_ITS_OWN = {"date", "set-cookie"}
"""Headers that two answers to the same request differ in."""


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/en/none", "/api/v1/edition", "/api/v1/check?text=fentanyl", "/static/site.css"]
)
def test_head_says_what_get_does_without_a_body(served: str, path: str) -> None:
    head, get = httpx.head(served + path), httpx.get(served + path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert get.content or get.is_redirect
    said, expected = ({k: v for k, v in answer.headers.items() if k not in OF_ITS_OWN} for answer in (head, get))
    assert said == expected


def test_head_of_a_form_that_is_only_sent_is_not_allowed(served: str) -> None:
    assert httpx.head(f"{served}/api/v1/batch").status_code == 405
