"""Whatever way a listed substance is written, the answer stays the same."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from drugcontrol.check.index import StructureIndex
from drugcontrol.chem import Relation, components, composition, composition_of_text, read_smiles
from drugcontrol.law import Law, Substance, load_law
from drugcontrol.law.files import digest, encode, read_files
from tests.conftest import XA
from tests.properties.rewriting import ACIDS, labelled, protonated, ways_of_writing


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


@given(st.data())
@settings(max_examples=300)
def test_the_way_of_writing_does_not_matter(data: st.DataObject) -> None:
    substance = data.draw(substances())
    assert found(data.draw(ways_of_writing(smiles_of(substance))))[substance.id] is Relation.SAME


@given(substances(), st.sampled_from(ACIDS))
@settings(max_examples=200)
def test_a_salt_or_hydrate_is_a_form_of_the_same_substance(substance: Substance, acid: str) -> None:
    if len(components(read_smiles(f"{smiles_of(substance)}.{acid}"))) < 2:
        pytest.fail("the salt was not taken apart")
    if all(part.role != "part" for part in components(read_smiles(smiles_of(substance) + ".CCCCCC"))[:1]):
        return  # hydrochloric acid beside sulphuric acid is a salt former itself
    assert found(f"{smiles_of(substance)}.{acid}").get(substance.id) is Relation.SAME


@given(st.data())
@settings(max_examples=200)
def test_isotope_labels_do_not_matter(data: st.DataObject) -> None:
    substance = data.draw(substances())
    relation = found(data.draw(labelled(smiles_of(substance))))[substance.id]
    assert relation in (Relation.SAME, Relation.WITHIN)


@given(substances())
@settings(max_examples=200)
def test_protonation_does_not_matter(substance: Substance) -> None:
    assert found(protonated(smiles_of(substance)))[substance.id] is Relation.SAME


MOVED_ALONG_CARBON = {
    "13beta-ethyl-17beta-hydroxygon-4-en-3-one",
    "19-nor-5-androstenedione",
    "19-norandrostenedione",
    "6alpha-methyl-androst-4-ene-3-17-dione",
    "enestebol",
    "estra-4-9-11-triene-3-17-dione",
    "gestrinone",
    "methyldienolone",
    "methyltrienolone",
    "nandrolone",
    "norclostebol",
    "pemoline",
    "tetrahydrogestrinone",
    "trenbolone",
}
"""Thirteen steroid enones and pemoline, of which RDKit's rules do not bring every enol form back to one: such a form is
not recognised. All others were tried, each with up to twenty tautomers."""


@given(substances().filter(lambda substance: substance.id not in MOVED_ALONG_CARBON))
@settings(max_examples=150)
def test_any_tautomer_is_the_same_substance(substance: Substance) -> None:
    from rdkit.Chem.MolStandardize import rdMolStandardize

    enumerator = rdMolStandardize.TautomerEnumerator()
    enumerator.SetMaxTautomers(20)
    enumerator.SetRemoveSp3Stereo(False)
    enumerator.SetRemoveBondStereo(False)
    for tautomer in enumerator.Enumerate(read_smiles(smiles_of(substance))):
        assert substance.id in found(Chem.MolToSmiles(tautomer))


def test_the_composition_of_a_registered_structure_is_told_from_its_text() -> None:
    told = {text: composition_of_text(text) for text in map(smiles_of, shipped()[1])}
    assert sum(key is None for key in told.values()) <= len(told) / 50
    assert [t for t, key in told.items() if key and key != composition(components(read_smiles(t))[0].raw)] == []


@given(st.data())
@settings(max_examples=300)
def test_the_composition_does_not_depend_on_the_way_of_writing(data: st.DataObject) -> None:
    text = smiles_of(data.draw(substances()))
    assert composition_of_text(data.draw(ways_of_writing(text))) == composition_of_text(text)
    assert composition_of_text(data.draw(labelled(text))) == composition_of_text(text)


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
