"""The answer of a class rule depends on the substance alone, not on the way in which it is written."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from drugcontrol.check.classes import ClassIndex
from drugcontrol.chem import Molecule, read_molfile, read_smiles
from drugcontrol.law import load_law
from tests.official.rules import table
from tests.properties.rewriting import ACIDS, labelled, protonated, ways_of_writing


@cache
def index() -> ClassIndex:
    return ClassIndex.of(load_law())


@cache
def structures() -> tuple[str, ...]:
    """Registered substances and structures of public data sets; those in a class come five times as often."""
    drawn = [row.structure.smiles for row in load_law().substances.values() if row.structure]
    drawn += [row["smiles"] for name in NEAR for row in table(name)]
    single = [smiles for smiles in drawn if "." not in smiles]
    return tuple(smiles for smiles in single for _ in range(5 if answers(smiles) else 1))


NEAR = ("near-the-fentanyls.csv", "near-the-nitazenes.csv", "near-the-pethidines.csv", "phenethylamines.csv")


def answers(smiles: str) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Give text, clauses and questions of every class that a structure is in or may be."""
    return answers_of(read_smiles(smiles))


def answers_of(mol: Molecule) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    hits = index().hits(mol)
    return {(hit.rule.id, tuple(clause.id for clause in hit.clauses), hit.questions) for hit in hits}


def test_half_of_what_is_drawn_is_in_a_class() -> None:
    assert sum(bool(answers(smiles)) for smiles in structures()) > len(structures()) / 2


@given(st.data())
@settings(max_examples=250)
def test_order_of_atoms_kekule_form_and_hydrogens_do_not_matter(data: st.DataObject) -> None:
    smiles = data.draw(st.sampled_from(structures()))
    assert answers(data.draw(ways_of_writing(smiles))) == answers(smiles)


@given(st.data(), st.sampled_from(ACIDS))
@settings(max_examples=150)
def test_salts_and_hydrates_do_not_matter(data: st.DataObject, acid: str) -> None:
    smiles = data.draw(st.sampled_from(structures()))
    assert answers(f"{smiles}.{acid}") == answers(f"{acid}.{smiles}") == answers(smiles)


@given(st.data())
@settings(max_examples=150)
def test_isotopes_do_not_matter(data: st.DataObject) -> None:
    smiles = data.draw(st.sampled_from(structures()))
    assert answers(data.draw(labelled(smiles))) == answers(smiles)


@given(st.data())
@settings(max_examples=150)
def test_protonation_and_stereo_do_not_matter(data: st.DataObject) -> None:
    smiles = data.draw(st.sampled_from(structures()))
    flat = read_smiles(smiles)
    Chem.RemoveStereochemistry(flat)
    assert answers(protonated(smiles)) == answers(Chem.MolToSmiles(flat)) == answers(smiles)


@given(st.data())
@settings(max_examples=100)
def test_a_molfile_with_every_hydrogen_gives_the_same_answer(data: st.DataObject) -> None:
    smiles = data.draw(st.sampled_from(structures()))
    block = Chem.MolToMolBlock(Chem.AddHs(Chem.MolFromSmiles(smiles)))
    assert answers_of(read_molfile(block)) == answers(smiles)
