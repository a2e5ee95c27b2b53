"""Whatever way a listed substance is written, the answer stays the same."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from drugcontrol.check.index import StructureIndex
from drugcontrol.chem import Relation, components, read_smiles
from drugcontrol.law import Law, Substance, load_law
from drugcontrol.law.files import digest, encode, read_files
from tests.conftest import XA

ACIDS = ["Cl", "Br", "OS(=O)(=O)O", "OC(=O)CC(O)(CC(=O)O)C(=O)O", "OC(=O)C(=O)O", "CS(=O)(=O)O", "O", "O.O.Cl"]


@cache
def shipped() -> tuple[StructureIndex, tuple[Substance, ...]]:
    law = load_law()
    structures = [row for row in law.substances.values() if row.structure and "." not in row.structure.smiles]
    return StructureIndex.of(law), tuple(structures)


def substances() -> st.SearchStrategy[Substance]:
    return st.sampled_from(shipped()[1])


def found(smiles: str) -> dict[str, Relation]:
    return {match.substance.id: match.relation for match in shipped()[0].matches(read_smiles(smiles))}


def smiles_of(substance: Substance) -> str:
    assert substance.structure is not None
    return substance.structure.smiles


@given(substances(), st.randoms(use_true_random=False), st.booleans(), st.booleans(), st.booleans())
@settings(max_examples=300)
def test_the_way_of_writing_does_not_matter(
    substance: Substance, random: object, kekule: bool, hydrogens: bool, bonds: bool
) -> None:
    mol = read_smiles(smiles_of(substance))
    order = list(range(mol.GetNumAtoms()))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = Chem.RenumberAtoms(mol, order)
    if kekule:
        Chem.Kekulize(again, clearAromaticFlags=True)
    written = Chem.MolToSmiles(
        again, canonical=False, kekuleSmiles=kekule, allHsExplicit=hydrogens, allBondsExplicit=bonds
    )
    assert found(written)[substance.id] is Relation.SAME


@given(substances(), st.sampled_from(ACIDS))
@settings(max_examples=200)
def test_a_salt_or_hydrate_is_a_form_of_the_same_substance(substance: Substance, acid: str) -> None:
    if len(components(read_smiles(f"{smiles_of(substance)}.{acid}"))) < 2:
        pytest.fail("the salt was not taken apart")
    if all(part.role != "part" for part in components(read_smiles(smiles_of(substance) + ".CCCCCC"))[:1]):
        return  # hydrochloric acid beside sulphuric acid is a salt former itself
    assert found(f"{smiles_of(substance)}.{acid}").get(substance.id) is Relation.SAME


@given(substances(), st.data())
@settings(max_examples=200)
def test_isotope_labels_do_not_matter(substance: Substance, data: st.DataObject) -> None:
    mol = Chem.RWMol(read_smiles(smiles_of(substance)))
    atom = mol.GetAtomWithIdx(data.draw(st.integers(0, mol.GetNumAtoms() - 1)))
    atom.SetIsotope({6: 13, 7: 15, 8: 18}.get(atom.GetAtomicNum(), 0))
    with_hydrogens = Chem.AddHs(mol)
    for hydrogen in list(with_hydrogens.GetAtoms())[mol.GetNumAtoms() :][: data.draw(st.integers(0, 3))]:
        hydrogen.SetIsotope(2)
    written = Chem.MolToSmiles(Chem.RemoveHs(with_hydrogens))
    relation = found(written)[substance.id]
    assert relation in (Relation.SAME, Relation.WITHIN)


@given(substances())
@settings(max_examples=200)
def test_protonation_does_not_matter(substance: Substance) -> None:
    mol = read_smiles(smiles_of(substance))
    amine = mol.GetSubstructMatch(Chem.MolFromSmarts("[NX3;H0,H1,H2;!$(N-[C,S,N]=[O,S,N]);!$(N-a);!$(N[O,N,S,P])]"))
    if not amine:
        return
    charged = Chem.RWMol(mol)
    atom = charged.GetAtomWithIdx(amine[0])
    atom.SetFormalCharge(1)
    atom.SetNumExplicitHs(atom.GetTotalNumHs() + 1)
    atom.SetNoImplicit(True)
    Chem.SanitizeMol(charged)
    assert found(Chem.MolToSmiles(charged))[substance.id] is Relation.SAME


@given(substances())
@settings(max_examples=150)
def test_any_tautomer_is_the_same_substance(substance: Substance) -> None:
    from rdkit.Chem.MolStandardize import rdMolStandardize

    enumerator = rdMolStandardize.TautomerEnumerator()
    enumerator.SetMaxTautomers(20)
    enumerator.SetRemoveSp3Stereo(False)
    enumerator.SetRemoveBondStereo(False)
    for tautomer in enumerator.Enumerate(read_smiles(smiles_of(substance))):
        assert substance.id in found(Chem.MolToSmiles(tautomer))


def test_the_keto_and_the_enol_form_of_cathinone_are_one_substance() -> None:
    edition = read_files(XA).edition()
    index = StructureIndex.of(Law.of(edition, digest(encode(edition))))
    keto, enol = (index.matches(read_smiles(text)) for text in ("CC(N)C(=O)c1ccccc1", "CC(N)=C(O)c1ccccc1"))
    assert keto[0].substance.id == enol[0].substance.id == "cathinone"
    assert (
        Chem.MolToInchiKey(read_smiles("CC(N)C(=O)c1ccccc1"))[:14]
        != (Chem.MolToInchiKey(read_smiles("CC(N)=C(O)c1ccccc1"))[:14])
    )


def test_isomers_by_place_of_a_double_bond_are_two_substances() -> None:
    safrole, isosafrole = (components(read_smiles(text))[0] for text in ("C=CCc1ccc2OCOc2c1", "CC=Cc1ccc2OCOc2c1"))
    from drugcontrol.chem import relation

    assert safrole.skeleton == isosafrole.skeleton
    assert relation(safrole, isosafrole) is None
