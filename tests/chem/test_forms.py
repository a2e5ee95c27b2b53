"""The normal form is the same whether or not the shortcut for ordinary drawings is taken."""

import pytest
from rdkit import Chem
from rdkit.Chem.MolStandardize import rdMolStandardize

from drugcontrol.chem import components, read_smiles
from drugcontrol.law import load_law


def test_every_registered_structure_has_the_form_that_normalising_it_in_full_gives() -> None:
    texts = [row.structure.smiles for row in load_law().substances.values() if row.structure]
    for text in texts:
        for part in components(read_smiles(text)):
            full = rdMolStandardize.Uncharger().uncharge(rdMolStandardize.Normalize(part.raw))
            assert Chem.MolToCXSmiles(part.neutral) == Chem.MolToCXSmiles(full), text


@pytest.mark.parametrize(
    ("drawn", "form"),
    [
        ("CN(=O)=O", "C[N+](=O)[O-]"),
        ("O=n1ccccc1", "[O-][n+]1ccccc1"),
        ("CS(C)=O", "C[S+](C)[O-]"),
        ("CN=N#N", "CN=[N+]=[N-]"),
        ("C=N#N", "C=[N+]=[N-]"),
        ("CC(=O)[O-]", "CC(=O)O"),
        ("C[NH3+]", "CN"),
    ],
)
def test_a_group_drawn_unusually_is_never_taken_for_an_ordinary_one(drawn: str, form: str) -> None:
    (part,) = components(read_smiles(drawn))
    full = rdMolStandardize.Uncharger().uncharge(rdMolStandardize.Normalize(part.raw))
    assert Chem.MolToSmiles(part.neutral) == Chem.MolToSmiles(full)
    assert Chem.MolToSmiles(part.neutral) == Chem.CanonSmiles(form)
