"""``law rule`` as a user types it."""

import io
import json
from itertools import product

import pytest
from rich.cells import cell_len
from rich.console import Console

from drugcontrol.law import Law
from drugcontrol.law.rules import rule_texts
from drugcontrol.report import LANGUAGES, Words
from drugcontrol.report.sheet import print_sheet
from tests.cli.test_commands import run

PAGE = 66
"""Lines of a page at six lines an inch (US Letter)."""


def test_the_us_rule_fits_a_page() -> None:
    lines = run("law", "rule", "us-fentanyl-related").stdout.splitlines()
    assert len(lines) <= PAGE
    assert max(map(cell_len, lines)) <= 100


def test_the_sheet_holds_what_a_lawyer_signs_off(law: Law) -> None:
    sheet = " ".join(run("law", "rule", "us-fentanyl-related").stdout.split())
    (row,) = [row for row in law.edition.rules if row.id == "us-fentanyl-related"]
    wanted = [row.title["en"], "Reviewed by nobody yet", law.edition_name, *row.reading, *row.open_questions]
    for text in row.texts:
        wanted += [text.id, text.address, text.item, text.says["en"].strip()]
    for clause in row.clauses:
        wanted += [f"({clause.id}) {clause.says['en']}", *(law.substances[item].name for item in clause.members)]
    wanted += [f"{ruling.act}, {ruling.on}" for ruling in row.rulings]
    wanted += ["83 FR 5188 (Docket DEA-476), 2018-02-06 to 2020-02-06", "from 2025-07-16", "carbamate_as_acyl: yes"]
    assert [text for text in wanted if " ".join(text.split()) not in sheet] == []


def test_every_rule_has_a_sheet_in_every_language(law: Law) -> None:
    for row, language in product(law.edition.rules, LANGUAGES):
        out = io.StringIO()
        print_sheet(law, rule_texts(law, row.id), Words.of(language), Console(width=100, file=out))
        printed = out.getvalue()
        assert row.title[language].split()[0] in printed
        assert [line for line in printed.splitlines() if cell_len(line) > 100] == []


def test_the_id_of_a_text_gives_its_rule() -> None:
    assert run("law", "rule", "US-fentanyl-related-statute").stdout == run("law", "rule", "us-fentanyl-related").stdout


@pytest.mark.parametrize("near", ["us-fentanil", "fentanyl-related", "us-fentanyl-related-ordre"])
def test_a_near_miss_gets_a_suggestion(near: str) -> None:
    done = run("law", "rule", near)
    assert done.returncode == 2
    assert "Did you mean" in done.stderr
    assert "us-fentanyl-related" in done.stderr


def test_an_id_that_is_near_nothing_points_to_the_list() -> None:
    done = run("law", "rule", "zzzz")
    assert done.returncode == 2
    assert "Did you mean" not in done.stderr
    assert "lists them" in done.stderr


def test_without_an_id_every_rule_is_listed(law: Law) -> None:
    printed = run("law", "rule").stdout
    assert [row.id for row in law.edition.rules if row.id not in printed] == []


def test_json_gives_the_rows_with_acts_and_days() -> None:
    sheet = json.loads(run("law", "rule", "us-fentanyl-related", "--json").stdout)
    assert sheet["jurisdiction"] == "US"
    first = sheet["texts"][0]["by"][0]
    assert first["act"].startswith("83 FR 5188")
    assert (first["from"], first["until"]) == ("2018-02-06", "2020-02-06")
    assert len(sheet["rulings"][0]["substances"]) == 10
    assert [row["id"] for row in json.loads(run("law", "rule", "--json").stdout)].count("us-fentanyl-related") == 1
