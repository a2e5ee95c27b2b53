"""A catalogue as a supplier in Spain or China keeps it: its columns are known, its errors told in their words."""

import csv
import io
import re
from html import unescape

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.web.screening import Visitor

CATALOGUE = (
    "Referencia;Producto;Nº CAS;Estructura\r\n"
    "A1;Anhídrido acético;108-24-7;\r\n"
    "A2;;21409-26-8;\r\n"
    "A3;Producto desconocido;;\r\n"
    "A4;;;C1CC((\r\n"
    "A5;;;\r\n"
    '"=1+1";acetona;67-64-1;\r\n'
)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Referencia;Producto;Nº CAS;Estructura", {"name": "Producto", "cas": "Nº CAS", "smiles": "Estructura"}),
        ("编号,品名,CAS号,结构", {"name": "品名", "cas": "CAS号", "smiles": "结构"}),
        ("Code,Sustancia,numero cas", {"name": "Sustancia", "cas": "numero cas"}),
    ],
)
def test_the_usual_names_of_columns_are_known_in_three_languages(
    client: TestClient[Litestar], header: str, found: dict[str, str]
) -> None:
    visitor = Visitor(client, "es")
    mark = ";" if ";" in header else ","
    page = client.get(visitor.ready(f"{header}\r\n{mark.join('abcd')}\r\n".encode())).text
    chosen = re.findall(r'<select id="(\w+)"(?:(?!</select>).)*?value="([^"]+)" selected', page, re.DOTALL)
    assert dict(chosen) == found


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "es",
            ("dígito de control es incorrecto", "Ninguna sustancia registrada", "no se puede leer", "La fila no"),
        ),
        ("zh", ("校验位错误", "没有登记物质使用该名称", "无法读取该结构", "该行既无结构")),
        ("en", ("the check digit is wrong", "not recognised", "no SMILES", "neither structure")),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_the_language_of_the_page(
    client: TestClient[Litestar], language: str, says: tuple[str, ...]
) -> None:
    visitor = Visitor(client, language)
    asked = {"name": "Producto", "cas": "Nº CAS", "smiles": "Estructura", "on": "2023-04-06", "in": "EU"}
    path = visitor.done(CATALOGUE.encode(), "catalogo.csv", asked)
    page = client.get(f"{path}?show=error").text.partition('class="found"')[2]
    for words in says:
        assert words in page
    assert ("not recognised" in page) == (language == "en")


def test_a_file_with_semicolons_comes_back_with_semicolons_and_harmless_cells(client: TestClient[Litestar]) -> None:
    visitor = Visitor(client, "es")
    path = visitor.done(CATALOGUE.encode(), "catalogo.csv", {"name": "Producto", "cas": "Nº CAS", "on": "2023-04-06"})
    text = client.get(f"{path}/result/csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert rows[0]["Producto"] == "Anhídrido acético"
    assert rows[-1]["Referencia"] == "'=1+1"


def test_a_file_that_cannot_be_read_is_named_as_the_reader_knows_it(client: TestClient[Litestar]) -> None:
    visitor = Visitor(client, "es")
    sent = visitor.upload(b"name,name\r\na,b\r\n", "mi catalogo.csv")
    page = visitor.settled(sent.headers["location"])
    assert "Dos columnas tienen el mismo nombre" in page
    assert "mi catalogo.csv:1:" in page
    assert "input.csv" not in page


def test_a_label_on_the_wrong_structure_is_decided_once_for_every_place(client: TestClient[Litestar]) -> None:
    visitor = Visitor(client)
    asked = {"name": "name", "smiles": "smiles", "on": "2023-04-06", "in": ["UN", "CN", "US"]}
    path = visitor.done(b"name,smiles\nfentanyl,CCO\nnorfentanyl,CCO\n", "list.csv", asked)
    page = client.get(f"{path}?show=review&in=US").text
    assert "for every place where the name and the structure" in page
    form = page.split('class="decide"')[1].split("</form>")[0]
    hidden = {key: unescape(value) for key, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}
    said = {"choice": "not_controlled", "by": "A. Example", "why": "wrong label", "until": "2027-06-30"}
    assert visitor.send(f"{path}/decide", **(hidden | said | {"everywhere": "yes"})).status_code == 303
    again = str(visitor.send(f"{path}/again").headers["location"])
    visitor.settled(again)
    visitor.send(f"{again}/start", **asked)
    visitor.settled(again)
    text = client.get(f"{again}/result/csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["status"] == "review"]
    decided = {(row["name"], row["jurisdiction"]): row["decision"] for row in rows}
    assert {decided["fentanyl", place] for place in ("UN", "CN", "US")} == {"not_controlled"}
    assert all(not decision for (name, _), decision in decided.items() if name == "norfentanyl")
