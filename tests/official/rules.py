"""What the tests of class rules share: tables of structures, and the question which clauses a structure meets."""

import csv
from functools import cache
from pathlib import Path

from drugcontrol.check import Checker, Verdict
from drugcontrol.check.classes import best, plan_of
from drugcontrol.check.rules import flat
from drugcontrol.chem.account import Plan
from drugcontrol.law.files import DATA, read_files
from drugcontrol.law.rows import ClassRuleRow
from tests.conftest import verdict

STRUCTURES = Path(__file__).parent / "structures"


def table(name: str) -> list[dict[str, str]]:
    with (STRUCTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rules() -> dict[str, tuple[ClassRuleRow, Plan]]:
    return {row.id: (row, plan_of(row)) for _, row in read_files(DATA).rules}


def met(rule: str, smiles: str) -> str:
    """Give the clauses that a structure meets, with the first open question; ``-`` for none."""
    row, plan = rules()[rule]
    found = best(row, plan, flat(smiles))
    if found is None:
        return "-"
    account, questions, _ = found
    clauses = " ".join(clause.id for clause in row.clauses if clause.id in account.clauses)
    return f"{clauses} ?{questions[0]}".strip() if questions else clauses


def of_class(given: Verdict) -> list[tuple[str, str]]:
    return [(finding.listing, finding.role) for finding in given.findings if finding.basis == "class"]


def classes(checker: Checker, text: str, day: str, place: str) -> list[tuple[str, str]]:
    """Give the texts of class rules that reach a substance on a day, each with its role."""
    return of_class(verdict(checker, text, day, place))
