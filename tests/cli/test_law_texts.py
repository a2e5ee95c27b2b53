"""``law propose`` and ``law diff`` as a user types them."""

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.test_commands import run
from tests.conftest import XA

TEXTS = Path(__file__).parents[1] / "official/texts"
CODES = "code_type,dea_code,definition\nDrugCodeSimpleType,9801,Fentanyl\nDrugCodeSimpleType,1,{name}\n"


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The fictional law, and the same with one listing ended and one act renamed."""
    place = tmp_path_factory.mktemp("editions")
    text = (XA / "law/xa/act.yaml").read_text(encoding="utf-8")
    changed = place / "data"
    for path in XA.rglob("*.yaml"):
        target = changed / path.relative_to(XA)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = text.replace("act: Order 9", "act: Order 10")
    text = "".join(line for line in text.splitlines(keepends=True) if "xa-piperidine" not in line)
    (changed / "law/xa/act.yaml").write_text(text, encoding="utf-8")
    for name, data in (("one", XA), ("two", changed)):
        done = run("law", "export", "--data", str(data), "-o", str(place / f"{name}.json"))
        assert done.returncode == 0, done.stderr
    return str(place / "one.json"), str(place / "two.json")


def test_propose_exits_with_1_and_prints_yaml_when_something_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(CODES.format(name="Novumium"), encoding="utf-8")
    done = run("law", "propose", str(path))
    assert done.returncode == 1
    assert "1 added" in done.stdout
    assert "Novumium is not held" in done.stdout
    assert [row["name"] for row in yaml.safe_load(done.stdout)["substances"]] == ["Novumium"]


def test_propose_exits_with_0_when_nothing_differs(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(CODES.format(name="Carfentanil"), encoding="utf-8")
    done = run("law", "propose", str(path))
    assert (done.returncode, done.stderr) == (0, "")


def test_propose_as_json_has_every_difference_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(CODES.format(name="Novumium"), encoding="utf-8")
    given = json.loads(run("law", "propose", str(path), "--json").stdout)
    assert given["entries"] == 2
    assert [(item["kind"], item["reason"], item["printed"]) for item in given["changes"]] == [
        ("added", "not_held", "Novumium")
    ]


@pytest.mark.parametrize(("language", "words"), [("es", "no figura en los datos"), ("zh", "尚未收录")])
def test_propose_speaks_the_language_asked_for(tmp_path: Path, language: str, words: str) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(CODES.format(name="Novumium"), encoding="utf-8")
    assert words in run("law", "propose", str(path), "--lang", language).stdout


def test_propose_exits_with_2_for_a_file_of_no_known_format(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("hello", encoding="utf-8")
    done = run("law", "propose", str(path))
    assert done.returncode == 2
    assert "Justice Laws XML" in done.stderr


def test_diff_of_an_edition_with_itself_says_that_the_rows_are_the_same(editions: tuple[str, str]) -> None:
    done = run("law", "diff", editions[0], editions[0])
    assert done.returncode == 0
    assert "The rows are the same." in done.stdout


def test_diff_names_rows_removed_and_the_keys_of_rows_changed(editions: tuple[str, str]) -> None:
    done = run("law", "diff", *editions)
    assert done.returncode == 0
    for words in ("Provisions changed: 1", "xa-act/exp  (act)", "Listings removed: 1", "xa-act/xa-piperidine"):
        assert words in done.stdout


def test_diff_as_json_gives_both_rows_and_reads_backwards(editions: tuple[str, str]) -> None:
    there = json.loads(run("law", "diff", *editions, "--json").stdout)
    back = json.loads(run("law", "diff", *reversed(editions), "--json").stdout)
    (act,) = [row for row in there["changes"] if row["group"] == "provision"]
    assert (act["before"]["act"], act["after"]["act"]) == ("Order 9", "Order 10")
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(kinds[row["kind"]], row["id"]) for row in there["changes"]] == [
        (row["kind"], row["id"]) for row in back["changes"]
    ]


@pytest.mark.parametrize(("language", "words"), [("es", "Inclusiones, suprimidas: 1"), ("zh", "删除列管条目：1")])
def test_diff_speaks_the_language_asked_for(editions: tuple[str, str], language: str, words: str) -> None:
    assert words in run("law", "diff", *editions, "--lang", language).stdout


def test_a_verdict_asked_again_with_its_old_edition_comes_out_the_same(editions: tuple[str, str]) -> None:
    old, new = editions
    question = ("check", "piperidine", "--in", "XA", "--date", "2021-01-01", "--json")
    first = run(*question, "--law", old).stdout
    now = json.loads(run(*question, "--law", new).stdout)
    assert json.loads(first)["verdicts"][0]["status"] == "review"
    assert now["verdicts"][0]["status"] == "not_listed"
    assert run(*question, "--law", old).stdout == first


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ('"schedule":"a"', '"schedule":"nowhere"'),
        ('"substance":"acetone"', '"substance":"nothing"'),
        ('"effective":"2000-01-01"', '"effective":"2000-99-99"'),
    ],
)
def test_an_edition_that_was_changed_by_hand_is_told_with_exit_code_2(
    editions: tuple[str, str], tmp_path: Path, found: str, instead: str
) -> None:
    whole = Path(editions[0]).read_text(encoding="utf-8")
    assert found in whole
    path = tmp_path / "changed.json"
    path.write_text(whole.replace(found, instead, 1), encoding="utf-8")
    done = run("check", "acetone", "--law", str(path))
    assert done.returncode == 2
    assert "do not fit together" in done.stderr
    assert "Traceback" not in done.stderr
