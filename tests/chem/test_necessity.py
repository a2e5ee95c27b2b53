"""Degrees written into a core follow from its portions and lose no reading."""

from dataclasses import replace
from functools import cache

import pytest
from rdkit import Chem

from drugcontrol.check.classes import best, plan_of
from drugcontrol.check.rules import flat
from drugcontrol.chem.account import Core, Plan, Portion, readings, reference_piece
from drugcontrol.chem.necessity import with_needed_degrees
from drugcontrol.law import load_law
from drugcontrol.law.rows import ClassRuleRow

AMINE = Chem.MolFromSmarts("[C:1][N:2][C:3]")
BENZYL = Portion("benzyl", frozenset({2}), reference_piece("*Cc1ccccc1"), ())


def lies_on(query: Chem.Mol, smiles: str) -> bool:
    return bool(Chem.MolFromSmiles(smiles).HasSubstructMatch(query))


def test_a_branch_that_must_be_there_is_one_bond_more() -> None:
    narrowed = with_needed_degrees(AMINE, (BENZYL,), complete=False)
    assert lies_on(narrowed, "CN(C)Cc1ccccc1")
    assert not lies_on(narrowed, "CNC")


def test_a_place_that_no_portion_reaches_bears_nothing_only_where_the_rule_lists_all_additions() -> None:
    ethyls = "CCN(CC)Cc1ccccc1"
    assert lies_on(with_needed_degrees(Chem.MolFromSmarts("[C;D2:1][N:2]"), (BENZYL,), complete=False), ethyls)
    assert not lies_on(with_needed_degrees(Chem.MolFromSmarts("[C;D2:1][N:2]"), (BENZYL,), complete=True), ethyls)


def test_a_core_without_branches_stays_as_it_was() -> None:
    narrowed = with_needed_degrees(AMINE, (), complete=False)
    assert Chem.MolToSmarts(narrowed) == Chem.MolToSmarts(AMINE)


@cache
def bare_plans() -> tuple[tuple[ClassRuleRow, Plan, Plan], ...]:
    """Give each shipped rule with its plan, and the plan with the cores as the rule writes them and no pruning."""
    found = []
    for row in load_law().edition.rules:
        plan = plan_of(row)
        texts = (*row.core, *row.core_from_picture)
        cores = tuple(
            Core(Chem.MolFromSmarts(text), core.question) for text, core in zip(texts, plan.cores, strict=True)
        )
        found.append((row, plan, replace(plan, cores=cores, complete=False)))
    return tuple(found)


def drawn() -> list[str]:
    law = load_law()
    registered = [row.structure.smiles for row in law.substances.values() if row.structure]
    members = [
        item.smiles
        for row in law.edition.rules
        for clause in row.clauses
        for item in (*clause.members, *clause.outside)
        if not isinstance(item, str)
    ]
    return [text for text in (*registered, *members) if "." not in text]


@pytest.mark.parametrize("rule", [row.id for row in load_law().edition.rules])
def test_a_rule_answers_the_same_as_with_the_core_that_it_writes(rule: str) -> None:
    ((row, plan, bare),) = [item for item in bare_plans() if item[0].id == rule]
    hits = 0
    for text in drawn():
        mol = flat(text)
        found = best(row, plan, mol)
        assert found == best(row, bare, mol), text
        hits += found is not None
        assert found is None or list(readings(mol, plan))
    assert hits or not any(clause.members for clause in row.clauses)
