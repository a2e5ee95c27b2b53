"""The answer of a class rule depends on the substance alone, and an independent reading of the texts agrees."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem
from rdkit.Chem.rdRGroupDecomposition import RGroupDecompose

from drugcontrol.check.classes import ClassIndex
from drugcontrol.chem import read_smiles
from drugcontrol.law import Substance, load_law
from tests.properties.rewriting import ACIDS, labelled, protonated, ways_of_writing


@cache
def shipped() -> tuple[ClassIndex, tuple[Substance, ...]]:
    """The class rules, and the registered substances of one part that are in a class or close to one."""
    law = load_law()
    families = {"fentanyl", "nitazene", "precursor", "opioid", "other"}
    rows = [row for row in law.substances.values() if row.structure and families & set(row.families)]
    return ClassIndex.of(law), tuple(row for row in rows if row.structure and "." not in row.structure.smiles)


def smiles_of(substance: Substance) -> str:
    assert substance.structure is not None
    return substance.structure.smiles


def answers(smiles: str) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Give text, clauses and questions of every class that a structure is in or may be."""
    hits = shipped()[0].hits(read_smiles(smiles))
    return {(hit.rule.id, tuple(clause.id for clause in hit.clauses), hit.questions) for hit in hits}


@given(st.data())
@settings(max_examples=250)
def test_order_of_atoms_kekule_form_and_hydrogens_do_not_matter(data: st.DataObject) -> None:
    smiles = smiles_of(data.draw(st.sampled_from(shipped()[1])))
    assert answers(data.draw(ways_of_writing(smiles))) == answers(smiles)


@given(st.sampled_from(shipped()[1]), st.sampled_from(ACIDS))
@settings(max_examples=150)
def test_salts_and_hydrates_do_not_matter(substance: Substance, acid: str) -> None:
    smiles = smiles_of(substance)
    assert answers(f"{smiles}.{acid}") >= answers(smiles)


@given(st.data())
@settings(max_examples=150)
def test_isotopes_do_not_matter(data: st.DataObject) -> None:
    smiles = smiles_of(data.draw(st.sampled_from(shipped()[1])))
    assert answers(data.draw(labelled(smiles))) == answers(smiles)


@given(st.sampled_from(shipped()[1]))
@settings(max_examples=150)
def test_protonation_and_stereo_do_not_matter(substance: Substance) -> None:
    smiles = smiles_of(substance)
    flat = read_smiles(smiles)
    Chem.RemoveStereochemistry(flat)
    assert answers(protonated(smiles)) == answers(Chem.MolToSmiles(flat)) == answers(smiles)


# The oracle: another decomposition (RDKit's) and a reading of the texts written from scratch, yes or no only.

CORE = Chem.MolFromSmiles("C1CN([*:1])CCC1N([*:2])[*:3]")


def has(part: Chem.Mol, pattern: str) -> bool:
    return bool(part.HasSubstructMatch(Chem.MolFromSmarts(pattern)))


def decomposed(smiles: str) -> dict[str, Chem.Mol] | None:
    rows, failed = RGroupDecompose([CORE], [Chem.MolFromSmiles(smiles)], asSmiles=True)
    if failed or not rows:
        return None
    return {key: Chem.MolFromSmiles(group) for key, group in rows[0].items() if key != "Core"}


def is_plain(part: Chem.Mol, smiles: str) -> bool:
    bare = Chem.Mol(part)
    for atom in bare.GetAtoms():
        atom.SetAtomMapNum(0)
        atom.SetIsotope(0)
    return bool(Chem.MolToSmiles(bare) == Chem.CanonSmiles(smiles))


def oracle(smiles: str, place: str) -> bool:
    """Say whether a structure is fentanyl with at least one change that the text of a place names, and no other."""
    groups = decomposed(smiles)
    if groups is None:
        return False
    tail, pair = groups.get("R1"), [groups.get("R2"), groups.get("R3")]
    if tail is None or None in pair or has(tail, "[#0][H]"):
        return False
    acyls = [part for part in pair if has(part, "[#0;D1][#6](=O)[#6]")]
    aryls = [part for part in pair if has(part, "[#0;D1]-c")]
    if len(acyls) != 1 or len(aryls) != 1:
        return False
    on_ring = [part for key, part in groups.items() if key not in ("R1", "R2", "R3") and not has(part, "[#0][H]")]
    two_carbons_then_ring = has(tail, "[#0;D1]-[C;X4;!R]-[C;X4;!R]-[R]")
    if place != "CN" and not two_carbons_then_ring:
        return False
    if place == "GB":
        benzene, hetero = has(tail, "[C;X4;!R]-c1ccccc1"), has(tail, "[C;X4;!R]-[R]~[#7,#8,#16;R]")
        ring_allowed = all(has(part, "[#0]-[C;X4]") or has(part, "[#0]-C(=O)O[#6]") for part in on_ring)
        if not (benzene or hetero) or not ring_allowed or not has(aryls[0], "[#0;D1]-c1ccccc1"):
            return False
    changed = [
        not is_plain(tail, "*CCc1ccccc1"),
        not is_plain(acyls[0], "*C(=O)CC"),
        not is_plain(aryls[0], "*c1ccccc1"),
        bool(on_ring),
    ]
    return any(changed)


FENTANYL_RULES = {"US": "us-fentanyl-related", "CN": "cn-fentanyl-related", "GB": "gb-fentanyls"}


@pytest.mark.parametrize("place", list(FENTANYL_RULES))
def test_an_independent_decomposition_agrees_on_every_registered_substance(place: str) -> None:
    differ = {
        row.id
        for row in shipped()[1]
        if {"fentanyl", "precursor", "opioid"} & set(row.families)
        and oracle(smiles_of(row), place)
        != any(
            hit.rule.rule.id == FENTANYL_RULES[place] and not hit.questions and not hit.closed
            for hit in shipped()[0].hits(read_smiles(smiles_of(row)))
        )
    }
    assert differ == set()
