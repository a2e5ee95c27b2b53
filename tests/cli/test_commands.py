"""The commands as a user types them, on the fictional law (SIMULATION)."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pyarrow.parquet as parquet
import pytest

from tests.conftest import XA

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "src/drugcontrol/data/schema/answer.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("edition") / "xa.json"
    done = run("law", "export", "--data", str(XA), "-o", str(path))
    assert done.returncode == 0, done.stderr
    return str(path)


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from drugcontrol.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", input=stdin, check=False)


def test_check_prints_instrument_item_and_days(edition: str) -> None:
    done = run("check", "fentanyl", "--law", edition, "--in", "XA", "--date", "2015-01-01")
    assert done.returncode == 0
    for text in (
        "controlled",
        "Fictional Control Act, Schedule A, item 1",
        "since 2000-01-01",
        "Act 1",
        "not legal advice",
    ):
        assert text in done.stdout


@pytest.mark.parametrize(("language", "words"), [("es", "fiscalizada"), ("zh", "受管制")])
def test_check_speaks_the_language_asked_for(edition: str, language: str, words: str) -> None:
    done = run("check", "fentanyl", "--law", edition, "--in", "XA", "--date", "2015-01-01", "--lang", language)
    assert words in done.stdout


@pytest.mark.parametrize("substance", ["fentanyl", "CCO", "CC(C)=O.CCO", "437-38-7", "NPP", "piperidine"])
def test_json_follows_the_published_schema(edition: str, substance: str) -> None:
    done = run("check", substance, "--law", edition, "--date", "2015-06-15", "--json")
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, SCHEMA)
    assert list(answer) == ["query", "as_of", "edition", "substance", "verdicts", "notice"]
    assert [verdict["jurisdiction"] for verdict in answer["verdicts"]] == ["XA", "XG", "XB"]


def test_a_structure_may_come_on_standard_input_and_is_not_repeated(edition: str) -> None:
    done = run("check", "-", "--law", edition, "--in", "XA", "--date", "2015-01-01", "--json", stdin="CC(C)=O\n")
    answer = json.loads(done.stdout)
    assert answer["verdicts"][0]["status"] == "controlled"
    assert "CC(C)=O" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "fentanil"], "Did you mean"),
        (["check", ""], "empty"),
        (["check", "CC(=O"], "SMILES"),
        (["check", "C" * 10_000], "1000 atoms"),
        (["check", "fentanyl", "--date", "2023-02-30"], "YYYY-MM-DD"),
        (["check", "fentanyl", "--in", "ZZ"], "Held are"),
        (["check", "fentanyl", "--kind", "drug"], "narcotic"),
        (["check", "fentanyl", "--to", "Mexico"], "ISO 3166"),
        (["check", "67-64-2"], "check digit"),
        (["check", "none.mol"], "no file"),
        (["history", "CCO"], "no registered substance"),
        (["screen", "none.csv"], "No such file"),
        (["screen", "x.csv", "--only", "maybe"], "--only takes"),
        (["screen", "x.csv", "-o", "x.doc"], ".parquet"),
        (["screen", "x.csv", "--resume"], "--resume goes with -o"),
        (["screen", "x.csv", "--resume", "-o", "x.html"], ".parquet"),
        (["screen", "x.csv", "--jobs", "2", "--cluster", "local"], "exclude each other"),
        (["screen", "x.csv", "--changed-since", "2020-01-01", "--all"], "without --all"),
        (["screen", "x.csv", "--changed-since", "2020-01-01", "-o", "x.html"], ".jsonl"),
        (["screen", str(XA), "-o", str(XA / "x.csv")], "in the folder that is read"),
        (["screen", str(XA)], "holds no file that is read"),
        (["screen", "x.csv", "--decisions", "y.csv", "-o", "y.csv"], "would be lost"),
    ],
)
def test_bad_input_gives_a_sentence_and_exit_code_2(edition: str, arguments: list[str], says: str) -> None:
    done = run(*arguments, "--law", edition)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_rdkit_keeps_silent(edition: str) -> None:
    done = run("check", "C(C)(C)(C)(C)C=O", "--law", edition)
    assert "Explicit valence" not in done.stderr + done.stdout


def test_a_date_before_all_law_is_answered_with_no_list_held(edition: str) -> None:
    done = run("check", "fentanyl", "--law", edition, "--date", "1950-01-01")
    assert done.returncode == 0
    assert done.stdout.count("no list held") == 3


def test_an_edition_that_is_none_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"a": 1}', encoding="utf-8")
    done = run("check", "fentanyl", "--law", str(wrong))
    assert done.returncode == 2
    assert "no edition of the law" in done.stderr


CATALOGUE = "name,smiles,status\nacetone,CC(C)=O,in stock\nwater,O,in stock\nbroken,CC(=O,\nfentanyl,CCO,\n"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_screen_writes_findings_and_errors_to_standard_output(edition: str, catalogue: Path) -> None:
    done = run("screen", str(catalogue), "--law", edition, "--in", "XA", "--date", "2015-01-01")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert [(row["name"], row["status"], row["input_line"]) for row in found] == [
        ("acetone", "controlled", "2"),
        ("broken", "", "4"),
        ("fentanyl", "review", "5"),
    ]
    assert found[0]["input_status"] == "in stock"
    assert found[1]["error"]
    assert "4 rows" in done.stderr


def test_all_adds_the_rest_and_only_takes_away(edition: str, catalogue: Path) -> None:
    options = ("--law", edition, "--in", "XA", "--date", "2015-01-01")
    everything = list(csv.DictReader(io.StringIO(run("screen", str(catalogue), *options, "--all").stdout)))
    assert [row["status"] for row in everything] == ["controlled", "not_listed", "", "review"]
    only = list(csv.DictReader(io.StringIO(run("screen", str(catalogue), *options, "--only", "controlled").stdout)))
    assert [row["name"] for row in only] == ["acetone"]


@pytest.mark.parametrize(
    ("fail_on", "name", "code"), [("controlled", "acetone", 1), ("controlled", "water", 0), ("review", "NPP", 1)]
)
def test_fail_on_sets_the_exit_code(edition: str, tmp_path: Path, fail_on: str, name: str, code: int) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"name\n{name}\n", encoding="utf-8")
    options = ("--law", edition, "--in", "XA", "--date", "2015-06-15", "--fail-on", fail_on)
    assert run("screen", str(path), *options).returncode == code


def test_every_format_holds_the_same_rows(edition: str, catalogue: Path, tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, str]]] = {}
    for ending in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"result.{ending}"
        done = run("screen", str(catalogue), "--law", edition, "--date", "2015-01-01", "--all", "-o", str(out))
        assert done.returncode == 0, done.stderr
        assert not list(tmp_path.glob("*.part"))
        if ending == "csv":
            rows[ending] = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
        elif ending == "jsonl":
            rows[ending] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        else:
            rows[ending] = parquet.read_table(out).to_pylist()
    assert rows["csv"] == rows["jsonl"] == rows["parquet"]
    assert len(rows["csv"]) == 3 * 3 + 1


def test_a_column_that_is_not_there_is_named(edition: str, catalogue: Path) -> None:
    done = run("screen", str(catalogue), "--law", edition, "--smiles-column", "Structure")
    assert done.returncode == 2
    assert "“Structure”" in done.stderr
    assert "name, smiles, status" in done.stderr


def test_the_input_is_never_overwritten(edition: str, catalogue: Path) -> None:
    done = run("screen", str(catalogue), "--law", edition, "-o", str(catalogue))
    assert done.returncode == 2
    assert catalogue.read_text(encoding="utf-8") == CATALOGUE


def test_a_formula_is_written_as_text(edition: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('name,note\nacetone,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    done = run("screen", str(path), "--law", edition, "--in", "XA", "--date", "2015-01-01")
    assert next(csv.DictReader(io.StringIO(done.stdout)))["note"].startswith("'=")


def test_history_and_upcoming_as_json(edition: str) -> None:
    changes = json.loads(run("history", "acetone", "--law", edition, "--in", "XA", "--json").stdout)
    assert [change["change"] for change in changes] == ["begins", "removed", "begins"]
    options = ("--law", edition, "--date", "2018-06-01", "--within", "60", "--json")
    assert {change["on"] for change in json.loads(run("upcoming", *options).stdout)} == {"2018-07-01"}


def test_coverage_names_what_is_missing(edition: str) -> None:
    done = run("coverage", "--law", edition)
    assert "most opioids" in done.stdout
    assert "nothing held" in done.stdout


def test_coverage_says_why_nothing_is_held_of_a_list_and_where_its_text_stands() -> None:
    done = run("coverage", "--in", "JP", "--lang", "es")
    assert done.returncode == 0
    for text in ("nada disponible", "no se pudo leer el texto oficial de las listas", "https://laws.e-gov.go.jp/"):
        assert text in " ".join(done.stdout.split())


def test_an_old_edition_gives_the_same_answer_again(edition: str) -> None:
    options = ("check", "acetone", "--law", edition, "--date", "2015-01-01", "--json")
    assert run(*options).stdout == run(*options).stdout


def test_law_check_names_file_line_and_cure(tmp_path: Path) -> None:
    import shutil

    data = shutil.copytree(XA, tmp_path / "data")
    act = data / "law/xa/act.yaml"
    act.write_text(act.read_text(encoding="utf-8").replace("substance: npp", "substance: nppp"), encoding="utf-8")
    done = run("law", "check", "--data", str(data))
    assert done.returncode == 1
    line = next(n for n, text in enumerate(act.read_text(encoding="utf-8").splitlines(), 1) if "nppp" in text)
    assert f"act.yaml:{line}: The substance “nppp” is not defined. Add the substance" in done.stdout


def test_a_case_that_fails_is_a_problem_with_its_line(tmp_path: Path) -> None:
    import shutil

    data = shutil.copytree(XA, tmp_path / "data")
    case = "cases:\n- {substance: acetone, on: '2011-01-01', expect: controlled, cite: a wrong case}\n"
    (data / "law/xa/cases.yaml").write_text(case, encoding="utf-8")
    done = run("law", "check", "--data", str(data))
    assert done.returncode == 1
    assert "cases.yaml:2: acetone in XA on 2011-01-01: expected controlled, the data say not_listed" in done.stdout


def test_a_decision_written_into_the_result_is_honoured_at_the_next_run(
    edition: str, catalogue: Path, tmp_path: Path
) -> None:
    options = ("--law", edition, "--in", "XA", "--date", "2015-01-01", "--fail-on", "review")
    catalogue.write_text("name,smiles\nfentanyl,CCO\n", encoding="utf-8")
    result = tmp_path / "result.csv"
    assert run("screen", str(catalogue), *options, "-o", str(result)).returncode == 1
    head, row = csv.reader(io.StringIO(result.read_text(encoding="utf-8-sig")))
    filled = dict(zip(head, row, strict=True)) | {
        "decision": "not_controlled",
        "decided_by": "A. Example",
        "decision_reason": "wrong label",
        "decided_on": "2026-01-01",
        "decided_until": "2199-12-31",
    }
    with result.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, filled.values()])
    for name in ("again.csv", "again.html"):
        done = run(
            "screen", str(catalogue), *options, "--decisions", str(result), "-o", str(tmp_path / name), "--lang", "en"
        )
        assert done.returncode == 0, done.stderr
        assert "1 count, 0 have ended" in done.stderr
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert "A. Example" in written
        assert "wrong label" in written
    assert run("screen", str(catalogue), *options, "--decisions", str(tmp_path / "none.csv")).returncode == 2


@pytest.mark.parametrize(
    ("language", "words"), [("en", "took the full check"), ("es", "comprobación completa"), ("zh", "完整核查")]
)
def test_a_run_over_a_folder_tells_its_own_pace(edition: str, tmp_path: Path, language: str, words: str) -> None:
    folder, out = tmp_path / "lists", tmp_path / "out.csv"
    folder.mkdir()
    (folder / "a.smi").write_text("CCO ethanol\n" * 4200, encoding="utf-8")
    (folder / "b.csv").write_text("name\nfentanyl\n", encoding="utf-8")
    done = run("screen", str(folder), "--law", edition, "--date", "2015-01-01", "-o", str(out), "--lang", language)
    assert done.returncode == 0, done.stderr
    assert words in done.stderr
    assert "4201" in done.stderr
    found = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert {(row["input_file"], row["status"]) for row in found} == {("b.csv", "controlled")}
    assert json.loads((tmp_path / "out.csv.run.json").read_text(encoding="utf-8"))["counts"]["rows"] == 4201


def test_only_what_the_law_changed_is_written_with_what_it_was(edition: str, catalogue: Path) -> None:
    options = ("--law", edition, "--in", "XA")
    done = run("screen", str(catalogue), *options, "--date", "2015-01-01", "--changed-since", "1999-01-01")
    assert done.returncode == 0, done.stderr
    rows = [row for row in csv.DictReader(io.StringIO(done.stdout)) if not row["error"]]
    assert {(row["status_before"], row["status"]) for row in rows} >= {("not_held", "controlled")}
    same = run("screen", str(catalogue), *options, "--date", "2015-01-01", "--changed-since", "2015-01-01")
    assert not [row for row in csv.DictReader(io.StringIO(same.stdout)) if not row["error"]]


@pytest.mark.parametrize(("language", "words"), [("en", "a second"), ("es", "por segundo"), ("zh", "每秒")])
def test_a_run_without_a_terminal_tells_on_the_way_how_far_it_is(tmp_path: Path, language: str, words: str) -> None:
    path = tmp_path / "a.smi"
    path.write_text("CCO ethanol\n" * 2100, encoding="utf-8")
    program = "from drugcontrol.cli import main, screen; screen.TOLD_EVERY = 0; main.main()"
    command = [sys.executable, "-c", program, "screen", str(path), "--in", "UN", "--lang", language]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert [line for line in done.stderr.splitlines() if "2,048" in line and words in line and "%" in line]
