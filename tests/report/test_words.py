import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
import yaml

from drugcontrol.check.verdict import Finding, Status
from drugcontrol.law import Law
from drugcontrol.law.history import Change
from drugcontrol.law.model import KINDS, STRONGEST_FIRST
from drugcontrol.report import LANGUAGES, Words, chart
from drugcontrol.situation import known, measure_rows, model, rows
from drugcontrol.situation.claims import Outcome
from drugcontrol.situation.claims.rows import ClaimKind, ClassReading

WORDING = Path(__file__).parents[2] / "src/drugcontrol/report/wording"
SOURCES = Path(__file__).parents[2] / "src/drugcontrol"


def wording(language: str) -> Mapping[str, Mapping[str, str]]:
    text = (WORDING / f"{language}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return content


def flat(language: str) -> dict[str, str]:
    return {f"{group}.{key}": text for group, texts in wording(language).items() for key, text in texts.items()}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_says_everything_with_the_same_placeholders(language: str) -> None:
    english, other = flat("en"), flat(language)
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert other[key].strip(), key
        assert sorted(re.findall(r"{\w+}", other[key])) == sorted(re.findall(r"{\w+}", text)), key


@pytest.mark.parametrize("language", ["es", "zh"])
def test_no_text_was_left_in_english(language: str) -> None:
    same = {key for key, text in flat(language).items() if text == flat("en")[key] and len(text) > 3}
    assert same <= {
        "status.error",
        "kind.precursor",
        "word.coverage_line",
        "sheet.clause",
        "figure_status.provisional",
    } | {
        "claim_word.line",
        "claim_word.pair",
    }


def test_every_code_that_the_program_gives_has_words() -> None:
    words = wording("en")
    assert set(get_args(Status)) <= set(words["status"])
    assert set(KINDS) == set(words["kind"])
    assert set(STRONGEST_FIRST) == set(words["known"])
    assert set(get_args(Change)) == set(words["change"])


def test_every_word_of_the_figures_has_words() -> None:
    words = wording("en")
    closed = {
        "unit": rows.Unit,
        "indicator": rows.Indicator,
        "series_nature": rows.Nature,
        "event_basis": rows.EventBasis,
        "figure_status": model.Status,
        "revision": known.Change,
        "mark": chart.Mark,
        "measure_kind": measure_rows.MeasureKind,
        "measure_side": measure_rows.Side,
    }
    for group, values in closed.items():
        assert set(get_args(values)) == set(words[group]), group


def test_every_question_that_a_class_can_leave_has_words(law: Law) -> None:
    groups = (SOURCES / "chem" / "groups.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', groups))
    asked |= {row.question for row in law.edition.rules if row.question}
    asked |= {change.question for row in law.edition.rules for part in row.portions for change in part.changes} - {""}
    assert asked
    assert asked <= set(wording("en")["reason"])


def test_every_code_of_a_checked_claim_has_words() -> None:
    words = wording("en")
    files = [path for path in (SOURCES / "situation" / "claims").glob("*.py") if path.stem != "load"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    remarks = set(re.findall(r'Remark\(\s*code="(\w+)"', code)) | {"revised_since", "redefined_since"}
    remarks |= {f"evidence_{item}" for item in ("accepted", "simulation", "faults", "unpinned")}
    sentences = {f"more_{count}" for count in ("named", "controlled")}
    sentences |= set(re.findall(r'code="(\w+)"', code)) | set(re.findall(r'"((?:rises|greatest|first)_\w+)"', code))
    sentences -= remarks | {"first_class_control", "rises_each_period"}
    assert remarks == set(words["claim_remark"])
    assert sentences == set(words["claim_said"])
    assert set(get_args(Outcome)) == set(words["claim_outcome"])
    assert set(get_args(ClaimKind)) == set(words["claim_kind"])
    assert set(get_args(ClassReading)) == set(words["claim_reading"])


@pytest.mark.parametrize("group", ["word", "heading", "picture", "figures", "claim_word", "measures"])
def test_no_text_is_left_over(group: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*") if path.suffix in {".py", ".html"})
    unused = [key for key in wording("en")[group] if f'"{key}"' not in code and f"'{key}'" not in code]
    assert unused == []


def test_a_negative_from_a_partial_list_never_reads_like_a_no() -> None:
    from drugcontrol.check.verdict import Coverage, Verdict

    for language in LANGUAGES:
        words = Words.of(language)
        partial, complete = (
            Verdict(
                jurisdiction="XA",
                name={"en": "Xanadu"},
                status="not_listed",
                findings=(),
                pending=(),
                coverage=Coverage(state=state, by_kind={}, lists=()),
                notes=(),
            )
            for state in ("partial", "complete")
        )
        assert words.status(partial) != words.status(complete)
        assert words.negative(partial, "2020-01-01") != words.negative(complete, "2020-01-01")


def test_findings_have_the_fields_of_the_design() -> None:
    wanted = {"basis", "role", "kind", "instrument", "schedule", "item", "clauses", "question", "provisions", "until"}
    wanted |= {"forms", "component", "known", "citations", "reason"}
    assert wanted <= set(Finding.__struct_fields__)
    assert "from" in Finding.__struct_encode_fields__
