"""The kernel before the full check changes no answer, and no row is lost by it."""

from datetime import date

import pyarrow
import pytest

from drugcontrol.check import Checker
from drugcontrol.check.answer import ALL
from drugcontrol.law import Law
from drugcontrol.screen import prefilter
from drugcontrol.screen.readers import InputRow
from drugcontrol.screen.run import Columns, Result, Screening, Settings
from tests.official.rules import table

NEAR = ("near-the-fentanyls.csv", "near-the-nitazenes.csv", "near-the-pethidines.csv", "phenethylamines.csv")
UNREADABLE = ("CC(=O", "no structure", "", "c1cccc1", "[Xx]", "C" * 30_000)


@pytest.fixture(scope="module")
def rows(law: Law) -> list[InputRow]:
    """Registered structures, published ones near a class, everyday ones, and such as cannot be read."""
    drawn = [row.structure.smiles for row in law.substances.values() if row.structure]
    drawn += [row["smiles"] for name in NEAR for row in table(name)]
    drawn += ["CCO", "c1ccccc1", "CC(C)=O.Cl", "OC(=O)c1ccccc1", *UNREADABLE] * 20
    return [InputRow(number, {"smiles": smiles}) for number, smiles in enumerate(drawn, start=1)]


def answered(checker: Checker, rows: list[InputRow]) -> list[Result]:
    screening = Screening(checker, Columns(smiles="smiles"), Settings(("CN", "US", "CA", "GB"), date(2026, 9, 1)))
    return list(screening.results(rows))


def sorted_by(checker: Checker, *texts: str) -> prefilter.Sorted:
    return prefilter.Prefilter(checker).sort(pyarrow.array(texts, pyarrow.string()))


def test_a_column_is_sorted_wherever_its_text_stands_in_memory(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0)
    texts = ["CCO", "COc1cc(CCN)cc(OC)c1OC", "OC(=O)c1ccccc1", "", "CC(=O"]
    whole = sorted_by(checker, *texts).outcome.tolist()
    part = prefilter.Prefilter(checker).sort(pyarrow.array(["CCCC", *texts, "CCCCC"])[1:-1])
    assert part.outcome.tolist() == whole
    assert sorted_by(checker).outcome.tolist() == []


def test_with_the_kernel_every_row_gets_the_answer_of_the_full_check(
    checker: Checker, rows: list[InputRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefilter, "AVAILABLE", False)
    full = answered(checker, rows)
    monkeypatch.setattr(prefilter, "AVAILABLE", True)
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0)
    sifted = answered(checker, rows)
    assert [result.row for result in sifted] == rows
    for one, other in zip(full, sifted, strict=True):
        assert (one.error, one.verdicts) == (other.error, other.verdicts)


def test_the_kernel_spares_everyday_rows_the_full_check(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0)
    everyday = ["CCO", "OC(=O)c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "CN1C=NC2=C1C(=O)N(C(=O)N2C)C"]
    sorts = sorted_by(checker, *everyday[:3], "", *UNREADABLE[:1]).outcome.tolist()
    assert sorts[:3].count(prefilter.CHECK) <= 1
    assert sorts[3:] == [prefilter.CHECK, prefilter.CHECK]


def test_a_row_is_asked_only_for_what_the_kernel_leaves_open(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "TO_PREPARE", 0)
    monkeypatch.setattr(prefilter, "TO_COMPILE", 0)
    mescaline = "COc1cc(CCN)cc(OC)c1OC"
    found = sorted_by(checker, mescaline)
    still = found.still(0)
    assert found.outcome.tolist() == [prefilter.CHECK]
    assert still.registered
    assert still.rules == {"gb-phenethylamines"}


def test_a_short_file_does_not_wait_for_the_kernel(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(prefilter.Sieve, "of", lambda *given: made.append(given))
    found = sorted_by(checker, "CCO")
    assert (found.outcome.tolist(), found.still(0)) == ([prefilter.CHECK], ALL)
    assert made == []
