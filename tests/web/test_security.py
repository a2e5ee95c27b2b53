"""What the server refuses, and what no answer holds."""

import csv
import io
import logging
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from drugcontrol.law import Law
from drugcontrol.law.rows import NotCovered
from drugcontrol.web.access import logged
from drugcontrol.web.app import create_app
from drugcontrol.web.owner import COOKIE
from drugcontrol.web.security import FORM_COOKIE, HEADERS, MAX_BODY
from drugcontrol.web.settings import Settings
from tests.web.conftest import KEY, TODAY

SECRET = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"  # noqa: S105 - a structure, which nobody else may see
PostForm = Callable[..., Any]


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/en/substance/fentanyl", "/en/none", "/none", "/api/v1/edition", "/api/v1/none", "/static/site.css"],
)
def test_every_answer_carries_the_headers(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_the_policy_lets_in_nothing_from_elsewhere(client: TestClient[Litestar]) -> None:
    answer = client.get("/en/")
    said = (part.strip().partition(" ") for part in answer.headers["content-security-policy"].split(";"))
    assert {name: value for name, _, value in said} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("token", [None, "", "0" * 128])
def test_a_form_without_its_token_is_refused(client: TestClient[Litestar], token: str | None) -> None:
    client.get("/en/")
    data = {"text": "fentanyl"} | ({} if token is None else {"_csrf_token": token})
    answer = client.post("/en/ask", data=data, follow_redirects=False)
    assert answer.status_code == 403
    assert "send the form once more" in answer.text


def test_the_token_outlives_a_restart_and_only_its_owner_reads_the_secret(law: Law, tmp_path: Path) -> None:
    settings = Settings(state=tmp_path / "state")
    with TestClient(create_app(law, settings), base_url="http://127.0.0.1") as before:
        page = before.get("/en/")
        cookies = dict(before.cookies)
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert token is not None
    with TestClient(create_app(law, settings), base_url="http://127.0.0.1", cookies=cookies) as after:
        answer = after.post("/en/ask", data={"_csrf_token": token[1], "text": "fentanyl"}, follow_redirects=False)
    assert answer.status_code == 303
    assert stat.S_IMODE((tmp_path / "state/form-secret").stat().st_mode) == 0o600


def test_the_cookie_is_for_this_site_alone(client: TestClient[Litestar]) -> None:
    cookie = client.get("/en/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("tls", [True, False])
def test_behind_tls_every_cookie_is_for_tls_alone(law: Law, tmp_path: Path, tls: bool) -> None:
    app = create_app(law, Settings(state=tmp_path, tls=tls, hosts=("law.example",)))
    with TestClient(app, base_url="https://law.example", raise_server_exceptions=False) as client:
        page = client.get("/en/screen")
        token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
        assert token is not None
        files = {"_csrf_token": (None, token[1]), "file": ("x.csv", b"name\nacetone\n")}
        taken = client.post("/en/screen/upload", files=files, follow_redirects=False)
    cookies = [page.headers["set-cookie"], taken.headers["set-cookie"]]
    assert [name.partition("=")[0] for name in cookies] == [FORM_COOKIE, COOKIE]
    assert ["secure" in cookie.lower() for cookie in cookies] == [tls, tls]


@pytest.mark.parametrize("came_from", ["http://[", "http://[::1", "//", "x" * 2000])
def test_a_page_that_came_from_nowhere_leads_nowhere(client: TestClient[Litestar], came_from: str) -> None:
    assert client.get("/en/none", headers={"referer": came_from}).status_code == 404


NO_NAMES = ["[::1", "[", "a]b", "[127.0.0.1]", "127.0.0.1:x", "127.0.0.1:99999", "a@127.0.0.1"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "evil.example:80", "", *NO_NAMES])
@pytest.mark.parametrize("path", ["/en/", "/api/v1/edition", "/static/site.css"])
def test_another_host_name_is_refused(client: TestClient[Litestar], host: str, path: str) -> None:
    assert client.get(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", NO_NAMES)
def test_a_host_that_is_none_has_no_page_either(client: TestClient[Litestar], host: str) -> None:
    assert client.get("/none", headers={"host": host}).status_code in (403, 404)


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "[::1]:8765", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(client: TestClient[Litestar], host: str) -> None:
    assert client.get("/en/", headers={"host": host}).status_code == 200


HOSTILE = ['"><script>alert(1)</script>', "'onfocus='alert(1)", "</title><img src=x onerror=alert(1)>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_shown_as_text(post_form: PostForm, text: str) -> None:
    page = post_form(text=text, to="").text
    assert text not in page
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("part", ["on", "in", "kind", "to", "edition", "form"])
def test_what_stands_in_an_address_is_shown_as_text(client: TestClient[Litestar], text: str, part: str) -> None:
    answer = client.get("/en/substance/fentanyl", params={part: text})
    assert answer.status_code in (200, 400)
    assert text not in answer.text


def test_what_is_typed_is_no_template(post_form: PostForm) -> None:
    assert "{{7*191}}" in post_form(text="{{7*191}}").text
    assert "1337" not in post_form(text="{{7*191}}").text


def test_a_name_of_the_data_is_shown_as_text(law: Law, tmp_path: Path) -> None:
    row = law.substances["fentanyl"]
    hostile = msgspec.structs.replace(row, id="hostile", name=HOSTILE[0], names={"en": (HOSTILE[2],)}, cas=())
    edition = msgspec.structs.replace(law.edition, substances=(*law.edition.substances, hostile))
    app = create_app(Law.of(edition, "0" * 16), Settings(state=tmp_path), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        for path in ("/en/substance/hostile", "/en/names"):
            page = opened.get(path).text
            assert "&lt;script&gt;" in page
            assert "<script>alert" not in page
            assert "<img" not in page


def test_no_cell_of_a_twin_is_a_formula_for_a_spreadsheet(law: Law, tmp_path: Path) -> None:
    replace = msgspec.structs.replace
    missing = (NotCovered(kind="narcotic", what={"en": "=1+1"}), NotCovered(kind="export", what={"en": "@SUM(A1)"}))
    places = tuple(replace(row, not_covered=missing) for row in law.edition.jurisdictions)
    edition = replace(law.edition, jurisdictions=places)
    app = create_app(Law.of(edition, "0" * 16), Settings(state=tmp_path), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        rows = csv.DictReader(io.StringIO(opened.get("/en/law/places/CN/coverage.csv").text))
        names = [row["name"] for row in rows if row["state"] == "none"]
    assert names == ["'=1+1", "'@SUM(A1)"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_note_or_title_of_the_data_is_shown_as_text(law: Law, tmp_path: Path, language: str) -> None:
    hostile = {"en": HOSTILE[0], "zh": HOSTILE[2]}
    replace = msgspec.structs.replace
    places = [replace(row, notes=(hostile,)) if row.id == "CN" else row for row in law.edition.jurisdictions]
    instruments = [replace(row, title=hostile) if row.jurisdiction == "CN" else row for row in law.edition.instruments]
    edition = replace(law.edition, jurisdictions=tuple(places), instruments=tuple(instruments))
    app = create_app(Law.of(edition, "0" * 16), Settings(state=tmp_path), lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        for path in ("law", "law/places/CN", "substance/fentanyl?in=CN"):
            page = opened.get(f"/{language}/{path}").text
            assert "&lt;script&gt;" in page
            assert "&lt;img" in page, "a title as the law prints it"
            assert "<script>alert" not in page
            assert "<img" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/errors.py",
        "/static//etc/passwd",
        "/static/vendor/..%2f..%2fapp.py",
        "/en/substance/..%2f..%2fetc",
        "/en/substance/%00",
        "/api/v1/substances/..%2fapp",
        "/api/v1/rules/..%2f..%2frule",
    ],
)
def test_no_path_leads_out_of_what_is_served(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_a_body_beyond_the_limit_is_refused(client: TestClient[Litestar], post_form: PostForm) -> None:
    assert post_form(structure="C" * (MAX_BODY + 1)).status_code == 413
    answer = client.post("/api/v1/check", json={"text": "C" * (MAX_BODY + 1)})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


@pytest.mark.parametrize("structure", ["C" * 10_000, "C1" * 5_000, "(" * 15_000, "[" * 500, "C.C" * 5_000])
def test_a_structure_made_to_hurt_is_refused_in_words(post_form: PostForm, structure: str) -> None:
    answer = post_form(structure=structure)
    assert answer.status_code == 400
    assert "The structure" in answer.text


def test_a_structure_in_an_address_is_refused(client: TestClient[Litestar]) -> None:
    for text in (SECRET, "InChI=1S/CH4/h1H4", "PJMPHNIQZUBGLI-UHFFFAOYSA-N"):
        answer = client.get("/api/v1/check", params={"text": text})
        assert answer.status_code == 400
        assert answer.json()["code"] == "structure_in_address"


def test_no_structure_stands_in_the_log(
    app: Litestar, post_form: PostForm, client: TestClient[Litestar], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inner, app.asgi_handler = app.asgi_handler, logged(app.asgi_handler)
    try:
        post_form(structure=SECRET)
        post_form(text=SECRET + "(")
        client.get(f"/en/substance/{SECRET}")
        client.get("/api/v1/check", params={"text": SECRET})
        client.get(f"/{SECRET}")
        client.post("/api/v1/check", json={"text": SECRET, "date": SECRET})
        client.post("/api/v1/batch/structures", json={"texts": [SECRET]}, headers={"authorization": f"Bearer {KEY}"})
    finally:
        app.asgi_handler = inner
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("drugcontrol")]
    assert any("/en/ask" in line for line in ours)
    assert not [line for line in ours if "c1ccccc1" in line]


def test_an_error_of_the_server_shows_and_logs_no_value(
    client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("drugcontrol.web.api.check.identify", broken)
    answer = client.post("/api/v1/check", json={"text": SECRET})
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert SECRET not in answer.text
    assert SECRET not in caplog.text
    assert "RuntimeError" in caplog.text
