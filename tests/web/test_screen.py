"""The journey of a file: taken in, looked into, screened, paged through, downloaded, decided on, deleted."""

import csv
import gzip
import io
import re
from datetime import date
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

import pyarrow
import pyarrow.parquet as parquet
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from rdkit import Chem

from drugcontrol.check import Checker
from drugcontrol.report.words import Words
from drugcontrol.screen import Screening, Settings, open_input
from drugcontrol.screen.columns import cells, header
from drugcontrol.screen.decisions import read_decisions
from drugcontrol.screen.run import Columns
from drugcontrol.web.jobs.desk import example
from drugcontrol.web.jobs.store import Store
from tests.web.conftest import TODAY
from tests.web.pages import LANGUAGES
from tests.web.screening import ANSWERS, REVIEW, Visitor

STATEMENT = example("statement-2023-04-06.csv").read_bytes()


@pytest.fixture
def visitor(client: TestClient[Litestar]) -> Visitor:
    return Visitor(client)


@pytest.fixture
def other(app: Litestar) -> Visitor:
    """Another browser, on the same server."""
    return Visitor(TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False))


def result(visitor: Visitor, path: str) -> list[dict[str, str]]:
    table = parquet.read_table(io.BytesIO(visitor.client.get(f"{path}/result/parquet").content))
    return list(table.to_pylist())


def shown(page: str) -> list[tuple[str, str]]:
    """The rows of a page: line and place."""
    row = (
        r'<td class="date" data-head="[^"]*">(\d+)</td>\s*<th [^\n]*</th>\s*'
        r'<td data-head="[^"]*">(?:<span class="code">(\w+)</span>)?</td>'
    )
    return re.findall(row, page)


def test_a_file_is_answered_row_by_row_as_the_command_line_does(
    visitor: Visitor, checker: Checker, tmp_path: Path
) -> None:
    path = visitor.done(STATEMENT, "statement.csv")
    file = tmp_path / "statement.csv"
    file.write_bytes(STATEMENT)
    with open_input(file) as source:
        columns = Columns.found_in(source.columns, Columns())
        settings = Settings(tuple(checker.law.jurisdictions), date(2023, 4, 6))
        names = header(source.columns)
        expected = [
            row
            for answer in Screening(checker, columns, settings).results(source)
            for row in cells(
                answer,
                names,
                checker.law.edition_name,
                frozenset({"controlled", "review", "error"}),
                Words.of("en").reason,
            )
        ]
    assert result(visitor, path) == expected
    for address in (path, f"{path}/result/csv", f"{path}/result/html", f"{path}/progress"):
        assert visitor.client.get(address).headers["cache-control"] == "no-store"
    written = csv.DictReader(io.StringIO(visitor.client.get(f"{path}/result/csv").content.decode("utf-8-sig")))
    assert [{**row, "name": row["name"].lstrip("'")} for row in written] == [
        {**row, "name": row["name"].lstrip("'")} for row in expected
    ]
    report = visitor.client.get(f"{path}/result/html")
    assert "attachment" in report.headers["content-disposition"]
    assert "norfentanyl" in report.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.smi", b"CC(C)=O acetone\nCCO ethanol\n"),
        ("x.tsv", b"smiles\tname\nCC(C)=O\tacetone\n"),
        ("X.CSV", b"SMILES;Product name\nCC(C)=O;acetone\n"),
        ("x.sdf", None),
        ("x.parquet", None),
        ("x.csv.gz", None),
    ],
)
def test_every_kind_of_file_is_taken(visitor: Visitor, name: str, content: bytes | None, tmp_path: Path) -> None:
    path = visitor.ready(_content(name, content, tmp_path), name)
    page = visitor.client.get(path).text
    chosen = dict(re.findall(r'<select id="(\w+)".*?(?:value="([^"]*)" selected|</select>)', page, re.DOTALL))
    answer = visitor.send(f"{path}/start", on="2023-04-06", **{"in": "EU"}, **{k: v for k, v in chosen.items() if v})
    assert answer.status_code == 303, answer.text
    visitor.settled(path)
    assert [row["status"] for row in result(visitor, path)][:1] == ["controlled"]


def _content(name: str, content: bytes | None, directory: Path) -> bytes:
    """Give a file of one row, acetone, in a form that is no text."""
    match name:
        case "x.parquet":
            parquet.write_table(pyarrow.table({"smiles": ["CC(C)=O"], "name": ["acetone"]}), directory / name)
            return (directory / name).read_bytes()
        case "x.csv.gz":
            return gzip.compress(b"name\nacetone\n")
        case "x.sdf":
            block = Chem.MolToMolBlock(Chem.MolFromSmiles("CC(C)=O"))
            return f"acetone\n{block.split(chr(10), 1)[1]}> <cas>\n67-64-1\n\n$$$$\n".encode()
    assert content is not None
    return content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_one_click_away_in_every_language(client: TestClient[Litestar], language: str) -> None:
    visitor = Visitor(client, language)
    for name in ("statement-2023-04-06.csv", "catalogue.csv"):
        answer = visitor.send(visitor.path("/example"), name=name)
        page = visitor.settled(answer.headers["location"])
        assert name in page
        assert 'class="choose"' in page
        visitor.send(f"{answer.headers['location']}/delete")


def test_the_preview_shows_the_rows_and_offers_the_usual_columns(visitor: Visitor) -> None:
    page = visitor.client.get(visitor.ready(STATEMENT)).text
    assert "<td>39742-60-4</td>" in page
    for role in ("smiles", "name", "cas"):
        assert f'<option value="{role}" selected>' in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"smiles": "", "name": "", "cas": "", "on": "2023-04-06"}, "没有任何一列说明物质"),
        ({"smiles": "no such", "on": "2023-04-06"}, "没有任何一列说明物质"),
        ({"name": "name", "on": "2023-02-30"}, "日期不存在"),
        ({"name": "name", "in": "ZZ"}, "未收录"),
        ({"name": "name", "to": "XY"}, "国家代码"),
    ],
)
def test_a_choice_that_cannot_be_screened_is_told_on_the_page_and_keeps_what_was_chosen(
    client: TestClient[Litestar], fields: dict[str, str], says: str
) -> None:
    visitor = Visitor(client, "zh")
    path = visitor.ready(REVIEW)
    answer = visitor.send(f"{path}/start", **fields)
    assert answer.status_code == 400
    assert says in answer.text
    assert 'role="alert"' in answer.text
    assert 'class="choose"' in answer.text
    visitor.send(f"{path}/delete")


def test_day_places_kinds_and_columns_of_the_row_are_asked_as_chosen(visitor: Visitor) -> None:
    content = b"what,when,where\nacetone,2023-04-06,EU CN\nacetone,1950-01-01,UN\n"
    path = visitor.done(
        content, asked={"name": "what", "day_column": "when", "places_column": "where", "everything": "yes"}
    )
    assert [(row["jurisdiction"], row["as_of"], row["status"]) for row in result(visitor, path)] == [
        ("EU", "2023-04-06", "controlled"),
        ("CN", "2023-04-06", "controlled"),
        ("UN", "1950-01-01", "not_held"),
    ]
    path = visitor.done(content, asked={"name": "what", "on": "2023-04-06", "in": ["EU", "US"], "kind": "narcotic"})
    assert result(visitor, path) == []
    assert "No row of that kind" in visitor.client.get(path).text


def test_rows_are_filtered_sorted_and_paged(visitor: Visitor) -> None:
    path = visitor.done(REVIEW + b"acetone,,\n" * 30)
    rows = result(visitor, path)
    assert len(rows) > 100
    walked: list[tuple[str, str]] = []
    page = visitor.client.get(path).text
    while True:
        walked += shown(page)
        following = re.search(r'rel="next" href="([^"#]+)', page)
        if following is None:
            break
        page = visitor.client.get(unescape(following[1])).text
    assert walked == [(row["input_line"], row["jurisdiction"]) for row in rows]
    review = shown(visitor.client.get(path, params={"show": "review", "in": "US"}).text)
    assert review == [("2", "US")]
    assert shown(visitor.client.get(path, params={"show": "error"}).text) == [("4", "")]
    falling = shown(visitor.client.get(path, params={"sort": "jurisdiction", "order": "falling"}).text)
    assert [place for _, place in falling] == sorted((place for _, place in walked), reverse=True)[:50]
    assert (
        "page 3 of 3" in visitor.client.get(path, params={"page": "999"}).text.replace("&nbsp;", " ") or len(rows) > 150
    )


def test_a_name_or_structure_is_found_and_stays_out_of_the_address(visitor: Visitor) -> None:
    path = visitor.done(REVIEW + b"ethanol,,64-17-5\n")
    for text, lines in (("ACETON", {"3"}), ("CC(=O", {"4"}), ("64-17", {"5"}), ("no such", set()), ("a.*e", set())):
        answer = visitor.send(f"{path}/find", text=text, view="sort=jurisdiction&page=3")
        where = answer.headers["location"]
        assert text not in unquote(where)
        assert "sort=jurisdiction" in where
        assert "page" not in where
        page = visitor.client.get(where).text
        assert {line for line, _ in shown(page)} == lines
        assert f'value="{escape(text)}"' in page
    again = visitor.send(f"{path}/find", text=text, view="sort=jurisdiction").headers["location"]
    assert again != where, "nobody can try texts against an address"
    narrowed = visitor.client.get(where.replace("#rows", ""), params={"show": "controlled"})
    assert narrowed.status_code == 200
    assert visitor.send(f"{path}/find", text=" ", view="").headers["location"] == f"{path}#rows"
    assert len(shown(visitor.client.get(f"{path}?find=0123456789abcdef").text)) > 3


@pytest.mark.parametrize("column", ["row", "status", "a.b", "text 0", "subject", "物质", "x" * 300, " y ", "find"])
def test_a_column_may_have_any_name(visitor: Visitor, column: str) -> None:
    path = visitor.done(f"{column},cas\nacetone,67-64-1\nx,\n".encode(), asked={"name": column.strip(), "cas": "cas"})
    assert "acetone" in visitor.client.get(path).text
    where = visitor.send(f"{path}/find", text="ACETONE").headers["location"]
    assert {line for line, _ in shown(visitor.client.get(where).text)} == {"2"}


def test_a_field_of_an_sdf_file_may_be_called_name(visitor: Visitor, tmp_path: Path) -> None:
    content = _content("x.sdf", None, tmp_path).replace(b"<cas>\n67-64-1", b"<name>\nother")
    path = visitor.done(content, "x.sdf", {"name": "name", "in": "EU"})
    assert shown(visitor.client.get(path).text) == [("1", "EU")]


@pytest.mark.parametrize("query", [{"show": "'; --"}, {"sort": "name"}, {"in": "../.."}, {"order": "x"}])
def test_a_filter_that_does_not_exist_is_none(visitor: Visitor, query: dict[str, str]) -> None:
    path = visitor.done(REVIEW)
    assert shown(visitor.client.get(path, params=query).text) == shown(visitor.client.get(path).text)


def decide(visitor: Visitor, path: str, **changed: str) -> object:
    """Fill in the form of the row that is to be reviewed in the United States."""
    page = visitor.client.get(path, params={"show": "review", "in": "US"}).text
    form = page.split('class="decide"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields = {"choice": "not_controlled", "by": "A. Example", "why": "the label was wrong", "until": "2027-06-30"}
    hidden.pop("_csrf_token", None)
    return visitor.send(
        f"{path}/decide", **({key: unescape(value) for key, value in hidden.items()} | fields | changed)
    )


def test_a_decision_is_recorded_honoured_at_the_next_run_and_shown(visitor: Visitor, tmp_path: Path) -> None:
    path = visitor.done(REVIEW)
    assert all(row["decision"] == "" for row in result(visitor, path))
    answer = decide(visitor, path)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    page = visitor.client.get(answer.headers["location"]).text  # type: ignore[attr-defined]
    assert "Recorded, honoured at the next run" in page
    assert shown(page) == [("2", "US")], "the decision leads back to the rows that were looked at"

    again = visitor.send(f"{path}/again").headers["location"]
    visitor.settled(again)
    assert visitor.send(f"{again}/start", **ANSWERS).status_code == 303
    page = visitor.settled(again)
    assert "1 count, 0 have ended" in page
    decided = [row for row in result(visitor, again) if row["decision"]]
    assert [(row["jurisdiction"], row["status"], row["decision"]) for row in decided] == [
        ("US", "review", "not_controlled")
    ]
    page = visitor.client.get(again, params={"show": "decided"}).text
    assert "Decided: treat as not controlled" in page
    assert "the label was wrong" in page
    assert "Recorded, honoured" not in page
    assert shown(visitor.client.get(again, params={"show": "open", "in": "US"}).text) == []

    file = tmp_path / "decisions.csv"
    file.write_bytes(visitor.client.get(visitor.path("/decisions/file")).content)
    (held,) = read_decisions(file)
    assert (held.by, held.on, held.until, held.place) == ("A. Example", TODAY, date(2027, 6, 30), "US")


def test_decisions_are_taken_back_and_brought_in(visitor: Visitor) -> None:
    path = visitor.done(REVIEW)
    decide(visitor, path, by="B. Example")
    file = visitor.client.get(visitor.path("/decisions/file")).content
    page = visitor.client.get(visitor.path("/decisions")).text
    form = page.split("B. Example")[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.pop("_csrf_token", None)
    visitor.send(visitor.path("/decisions/withdraw"), **hidden)
    assert "B. Example" not in visitor.client.get(visitor.path("/decisions")).text
    assert visitor.upload(file, "decisions.csv", "/decisions/upload").status_code == 303
    assert "B. Example" in visitor.client.get(visitor.path("/decisions")).text
    answer = visitor.upload(b"a,b\n1,2\n", "decisions.csv", "/decisions/upload")
    assert answer.status_code == 400
    assert "column “subject” is missing" in answer.text


@pytest.mark.parametrize(
    "changed", [{"until": "2020-01-01"}, {"by": " "}, {"why": ""}, {"until": "x"}, {"choice": "no"}, {"place": "ZZ"}]
)
def test_a_decision_without_who_why_and_until_when_is_refused(visitor: Visitor, changed: dict[str, str]) -> None:
    path = visitor.done(REVIEW)
    answer = decide(visitor, path, **changed)
    assert answer.status_code == 400  # type: ignore[attr-defined]


def test_only_the_browser_that_sent_a_file_changes_it(visitor: Visitor, other: Visitor) -> None:
    path = visitor.done(REVIEW)
    page = other.client.get(path)
    assert page.status_code == 200, "who has the address reads it"
    assert "Another browser sent this file" in page.text
    assert 'class="decide"' not in page.text
    for action in ("delete", "again", "start", "decide"):
        fields = {"subject": "x", "place": "US", "questions": "a:b", "choice": "controlled", "by": "x", "why": "x"}
        assert other.send(f"{path}/{action}", until="2027-01-01", **fields).status_code == 403
    assert path not in other.client.get(other.path()).text
    assert path in visitor.client.get(visitor.path()).text


def test_only_the_browser_that_decided_sees_what_it_decided(visitor: Visitor, other: Visitor) -> None:
    path = visitor.done(REVIEW)
    decide(visitor, path, by="C. Example")
    assert "C. Example" in visitor.client.get(path).text
    assert "C. Example" not in other.client.get(path).text
    assert "C. Example" not in other.client.get(other.path("/decisions")).text
    assert other.client.get(other.path("/decisions/file")).status_code == 404


def test_a_deleted_job_is_gone_with_its_file(visitor: Visitor, app: Litestar) -> None:
    path = visitor.done(REVIEW)
    directory = app.state.site.settings.state / "screen/jobs" / path.rsplit("/", 1)[1]
    assert (directory / "input.csv").exists()
    assert visitor.send(f"{path}/delete").status_code == 303
    assert not directory.exists()
    assert visitor.client.get(path).status_code == 404
    assert visitor.client.get(f"{path}/result/csv").status_code == 404


def test_a_job_that_ends_while_its_page_is_made_is_shown_as_it_was(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = visitor.done(REVIEW)
    for address in (path, f"{path}/progress"):
        told = iter(["running"])
        monkeypatch.setattr(Store, "state", lambda _, __, told=told: next(told, "done"))
        page = visitor.client.get(address)
        assert page.status_code == 200, page.text
        assert "hx-refresh" not in page.headers
