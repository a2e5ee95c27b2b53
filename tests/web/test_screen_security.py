"""What a file, its name and its cells cannot do; what nobody can send from elsewhere; what stands in no log."""

import csv
import io
import logging
import re
import stat
from collections.abc import Callable
from html import unescape

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from drugcontrol.web.access import logged
from drugcontrol.web.owner import COOKIE
from drugcontrol.web.security import FORM_COOKIE
from tests.web.screening import Visitor

XSS = [
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "{{7*191}}",
    "</td></table>",
]
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example","x")', "=cmd|' /C calc'!A0"]
SECRET = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"  # noqa: S105 - a structure, which nobody else may see
FORMS = (
    "/example",
    "/job/{job}/start",
    "/job/{job}/again",
    "/job/{job}/delete",
    "/job/{job}/decide",
    "/job/{job}/find",
    "/decisions/withdraw",
)
UPLOADS = ("/upload", "/decisions/upload")


def hostile() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "smiles", XSS[0], XSS[1], "=1+1"])
    for text in [*XSS, *FORMULAS]:
        writer.writerow([text, "CC(C)=O", text, text, text])
        writer.writerow(["fentanyl", "CCO", text, text, text])
    return out.getvalue().encode()


@pytest.fixture
def visitor(client: TestClient[Litestar]) -> Visitor:
    return Visitor(client)


@pytest.mark.parametrize(
    "name", [*(f"{text}.csv" for text in XSS), 'a"b\r\nset-cookie: x=1.csv', "a%0d%0aset-cookie.csv"]
)
def test_the_name_of_a_file_is_shown_as_text_and_makes_no_header(visitor: Visitor, name: str) -> None:
    path = visitor.done(b"name\nacetone\n", name, {"name": "name", "in": "EU"})
    for page in (visitor.client.get(path), visitor.client.get(visitor.path())):
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert "1337" not in page.text
        assert "onmouseover='" not in page.text
    for ending in ("csv", "parquet", "html"):
        answer = visitor.client.get(f"{path}/result/{ending}")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "<script>alert" not in (answer.text if ending == "html" else "")
    visitor.send(f"{path}/delete")


def test_cells_and_headers_of_a_file_are_shown_as_text(visitor: Visitor) -> None:
    path = visitor.ready(hostile())
    pages = [visitor.client.get(path).text]
    visitor.send(f"{path}/start", name="name", smiles="smiles", everything="yes", **{"in": "EU"})
    visitor.settled(path)
    pages += [visitor.client.get(path, params={"page": str(number)}).text for number in (1, 2)]
    pages.append(visitor.client.get(f"{path}/result/html").text)
    for page in pages:
        assert "&lt;script&gt;" in page or "alert(1)" not in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "1337" not in page
    assert unescape(pages[0]).count(XSS[0]) >= 2


def test_nothing_of_a_file_runs_in_a_browser(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/screen")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.set_input_files("#file", {"name": f"{XSS[1]}.csv", "mimeType": "text/csv", "buffer": hostile()})
    page.click(".drop button")
    page.wait_for_selector(".choose")
    page.click(".choose > button")
    page.wait_for_selector(".found", timeout=60_000)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.wait_for_timeout(200)
    assert page.locator("main img, main script").count() == 0


def test_no_cell_is_a_formula_in_what_a_spreadsheet_opens(visitor: Visitor) -> None:
    path = visitor.done(hostile(), asked={"name": "name", "smiles": "smiles", "everything": "yes", "in": "EU"})
    text = visitor.client.get(f"{path}/result/csv").content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert cell[:1] not in {"=", "+", "@", "\t", "\r"}, cell
            assert not re.match(r"-[^\d.,]|-.*[^\d.,]", cell), cell
    assert "'=HYPERLINK" in text


def test_no_cell_is_a_formula_in_the_file_of_decisions(visitor: Visitor) -> None:
    path = visitor.done(b"name,smiles\nfentanyl,CCO\n", asked={"name": "name", "smiles": "smiles"})
    row = {"subject": "X", "place": "US", "questions": "a:b", "choice": "controlled", "until": "2031-01-01"}
    answer = visitor.send(f"{path}/decide", by="=1+1", why='=HYPERLINK("x")', name="@x", **row)
    assert answer.status_code == 303
    for row_of_file in csv.reader(
        io.StringIO(visitor.client.get(visitor.path("/decisions/file")).text.lstrip("\ufeff"))
    ):
        assert not any(cell[:1] in {"=", "+", "@", "-"} for cell in row_of_file)


@pytest.mark.parametrize("token", ["", "0" * 128, "x"])
@pytest.mark.parametrize("form", FORMS)
def test_no_form_works_without_its_token(visitor: Visitor, form: str, token: str) -> None:
    path = visitor.ready(b"name\nacetone\n").rsplit("/", 1)[1]
    data = {"name": "catalogue.csv", "subject": "x", "place": "US", "questions": "a:b", "choice": "controlled"}
    data |= {"by": "x", "why": "x", "until": "2031-01-01", "_csrf_token": token}
    before = visitor.client.get(visitor.path()).text.count("/screen/job/")
    answer = visitor.client.post(visitor.path(form.format(job=path)), data=data, follow_redirects=False)
    assert answer.status_code == 403
    assert visitor.client.get(visitor.path()).text.count("/screen/job/") == before


@pytest.mark.parametrize("token", ["", "0" * 128, "x"])
@pytest.mark.parametrize("form", UPLOADS)
def test_no_file_is_taken_without_the_token_of_the_browser(
    visitor: Visitor, app: Litestar, form: str, token: str
) -> None:
    visitor.token()
    kept = app.state.site.settings.state / "screen/jobs"
    before = set(kept.iterdir())
    assert visitor.upload(b"name\nacetone\n", to=form, token=token).status_code == 403
    assert set(kept.iterdir()) == before


def test_a_token_that_someone_made_up_for_both_cookie_and_form_is_refused(client: TestClient[Litestar]) -> None:
    made_up = "ab" * 64
    client.cookies.set(FORM_COOKIE, made_up)
    assert Visitor(client).upload(b"name\nacetone\n", token=made_up).status_code == 403


def test_a_token_behind_the_file_comes_too_late(visitor: Visitor) -> None:
    token = visitor.token()
    parts = [("file", ("x.csv", b"name\nacetone\n", "text/csv")), ("_csrf_token", (None, token))]
    answer = visitor.client.post(visitor.path("/upload"), files=parts, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "job", ["../../form-secret", "..%2f..%2fform-secret", "x" * 32, "a/b", "%00" * 32, "." * 32, "x", "é" * 32]
)
def test_no_address_leads_to_anything_but_a_job(client: TestClient[Litestar], job: str) -> None:
    for path in ("", "/progress", "/result/csv", "/result/..%2f..%2fjob.json", "/result/job.json", "/result/html"):
        answer = client.get(f"/en/screen/job/{job}{path}")
        assert 400 <= answer.status_code < 500
        assert "{" not in answer.text.split("<main")[-1].split("</main")[0]


def test_only_results_of_three_kinds_are_given(visitor: Visitor) -> None:
    path = visitor.done(b"name\nacetone\n", asked={"name": "name"})
    for ending in ("json", "exe", "CSV", "csv.gz", "lock", "%2e%2e%2fjob.json"):
        assert visitor.client.get(f"{path}/result/{ending}").status_code == 404


def test_addresses_of_jobs_cannot_be_guessed_and_files_are_their_servers_alone(visitor: Visitor, app: Litestar) -> None:
    paths = {visitor.ready(b"name\nacetone\n") for _ in range(4)}
    ids = {path.rsplit("/", 1)[1] for path in paths}
    assert len(ids) == 4
    assert all(re.fullmatch(r"[\w-]{32}", job) for job in ids), "24 random bytes"
    root = app.state.site.settings.state / "screen"
    for job in ids:
        directory = root / "jobs" / job
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        for name in ("input.csv", "job.json", "preview.json"):
            assert stat.S_IMODE((directory / name).stat().st_mode) == 0o600
    for directory in (root, *root.iterdir()):
        assert stat.S_IMODE(directory.stat().st_mode) & 0o077 == 0


def test_the_secret_of_an_owner_is_kept_by_its_browser_alone(visitor: Visitor, app: Litestar) -> None:
    answer = visitor.upload(b"name\nacetone\n")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secret = visitor.client.cookies[COOKIE]
    written = [path for path in (app.state.site.settings.state / "screen").rglob("*") if path.is_file()]
    assert not [path for path in written if secret.encode() in path.read_bytes()]


def test_no_structure_no_name_and_no_address_of_a_job_stands_in_the_log(
    app: Litestar, client: TestClient[Litestar], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    inner = app.asgi_handler
    app.asgi_handler = logged(inner)
    try:
        visitor = Visitor(client)
        path = visitor.done(
            f"name,smiles\nfentanyl,{SECRET}\nx,{SECRET}(\n".encode(), f"{SECRET}.csv", {"smiles": "smiles"}
        )
        visitor.client.get(path, params={"show": SECRET})
        visitor.client.get(visitor.send(f"{path}/find", text=SECRET).headers["location"])
        visitor.send(f"{path}/start", smiles=SECRET)
        visitor.upload(f"{SECRET}".encode(), f"{SECRET}.zip")
        visitor.settled(visitor.upload(SECRET.encode(), "x.sdf").headers["location"])
    finally:
        app.asgi_handler = inner
    assert "/en/screen/job/{job_id}" in caplog.text
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("drugcontrol"))
    printed = capfd.readouterr()
    for text in (ours, printed.err, printed.out):
        assert "c1ccccc1" not in text
        assert path.rsplit("/", 1)[1] not in text
