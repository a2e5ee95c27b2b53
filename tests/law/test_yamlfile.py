"""Bad data: each problem names file, line and cure."""

import shutil
from pathlib import Path

import pytest

from drugcontrol.errors import DataError, Problem
from drugcontrol.law.files import read_files
from drugcontrol.law.validate import problems
from tests.conftest import XA


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(XA, tmp_path / "data"))


def changed(data: Path, old: str, new: str, file: str = "law/xa/act.yaml") -> list[Problem]:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        return problems(read_files(data))
    except DataError as error:
        return list(error.problems)


def line_of(data: Path, text: str, file: str = "law/xa/act.yaml") -> int:
    lines = (data / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_the_fictional_law_has_no_problem(data: Path) -> None:
    assert problems(read_files(data)) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("substance: fentanyl,", "substance: fentanil,", "“fentanil” is not defined"),
        ("by: [month]", "by: [monat]", "provision “monat” is not defined"),
        ("until: out", "until: oout", "“oout” is not defined"),
        ("schedule: t, by", "schedule: tt, by", "schedule “tt” is not defined"),
        ("effective: '2015-06'", "effective: '2015-13'", "does not exist in the calendar"),
        ("effective: '2015-06'", "effective: '[..2015-06]'", "no lower end"),
        ("expires: '2017-01-31'", "expires: '2015-01-31'", "expires before it is effective"),
        ("by: [temp, temp-2, temp-3, perm]", "by: [temp-2, temp]", "not in order of time"),
        ("known: two-sources, sources: [gazette, notice]", "known: two-sources, sources: [gazette]", "with one source"),
        ("known: one-source, sources: [notice]", "known: official, sources: [notice]", "beyond its opening"),
        ("known: official, sources: [gazette]}", "known: certain, sources: [gazette]}", "Invalid enum value"),
        ("kind: narcotic", "kind: narcotics", "Invalid enum value"),
        ("item: '1'", "itme: '1'", "unknown field"),
        ("missing: {en: most opioids}", "missing: {es: casi todos}", "English text is missing"),
        ("families: [fentanyl], from: '2000-01-01'", "families: [fentanyl], from: '2000-01'", "exact days"),
        ("jurisdiction: XA", "jurisdiction: XX", "jurisdiction XX is not known"),
        ("{id: exp, act", "{id: act, act", "given twice"),
        ("id: xa-hcl, substance: hydrochloric-acid", "id: xa-npp, substance: hydrochloric-acid", "given twice"),
        ("until: out", "until: act", "ends before it begins"),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_line_with_a_cure(data: Path, old: str, new: str, says: str) -> None:
    found = changed(data, old, new)
    matching = [problem for problem in found if says in problem.what]
    assert matching, [str(problem) for problem in found]
    assert matching[0].file.endswith("act.yaml")
    assert matching[0].line >= line_of(data, new.split(",")[0])
    assert matching[0].cure


def test_a_title_in_no_language_of_its_law_is_found(data: Path) -> None:
    found = changed(data, "name: {en: Xanadu}", "name: {en: Xanadu}\n  languages: [fr, de]", "law/jurisdictions.yaml")
    assert "no language in which the law of XA is written" in found[0].what
    assert "fr, de" in found[0].cure


def test_a_key_given_twice_is_refused(data: Path) -> None:
    found = changed(data, "title: {en: Fictional Control Act}", "title: {en: One}\ntitle: {en: Two}")
    assert "“title” is given twice" in found[0].what
    assert found[0].line == line_of(data, "title: {en: Two}")


def test_broken_yaml_names_the_line(data: Path) -> None:
    found = changed(data, "kind: narcotic", "kind: [narcotic")
    assert found[0].line > 1


def test_a_wrong_check_digit_is_found(data: Path) -> None:
    found = changed(data, "437-38-7", "437-38-8", "substances/some.yaml")
    assert "check digit" in found[0].what


def test_a_name_that_two_substances_share_is_found(data: Path) -> None:
    found = changed(data, "names: {en: [NPP]}", "names: {en: [Acetone]}", "substances/some.yaml")
    assert "belongs to acetone too" in found[0].what


def test_a_substance_without_structure_needs_the_reason(data: Path) -> None:
    row = "- id: x\n  name: x\n  families: [other]\n- id: cathinone\n"
    found = changed(data, "- id: cathinone\n", row, "substances/some.yaml")
    assert "either a structure or the reason" in found[0].what


def test_country_codes_are_texts(data: Path) -> None:
    changed(data, "only_to: [XB]", "only_to: [NO]")
    files = read_files(data)
    act = next(row for _, row in files.instruments if row.id == "xa-act")
    assert [row.only_to for row in act.listings if row.only_to] == [("NO",)]


def test_an_edition_does_not_depend_on_file_order(data: Path) -> None:
    from drugcontrol.law.files import encode

    before = encode(read_files(data).edition())
    (data / "law/xa/act.yaml").rename(data / "law/xa/zz.yaml")
    (data / "substances/some.yaml").rename(data / "substances/aa.yaml")
    assert encode(read_files(data).edition()) == before
