"""Ways to write one structure: what must not change an answer."""

from typing import Any

from hypothesis import strategies as st
from rdkit import Chem

ACIDS = ["Cl", "Br", "OS(=O)(=O)O", "OC(=O)CC(O)(CC(=O)O)C(=O)O", "OC(=O)C(=O)O", "CS(=O)(=O)O", "O", "O.O.Cl"]
_AMINE = Chem.MolFromSmarts("[NX3;H0,H1,H2;!$(N-[C,S,N]=[O,S,N]);!$(N-a);!$(N[O,N,S,P])]")


@st.composite
def ways_of_writing(draw: st.DrawFn, smiles: str) -> str:
    """Atoms in another order, Kekulé or aromatic, hydrogens and bonds written out or not."""
    mol = Chem.MolFromSmiles(smiles)
    order = draw(st.permutations(range(mol.GetNumAtoms())))
    kekule, hydrogens, bonds = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    again = Chem.RenumberAtoms(mol, list(order))
    if kekule:
        Chem.Kekulize(again, clearAromaticFlags=True)
    return str(
        Chem.MolToSmiles(again, canonical=False, kekuleSmiles=kekule, allHsExplicit=hydrogens, allBondsExplicit=bonds)
    )


@st.composite
def labelled(draw: st.DrawFn, smiles: str) -> str:
    """One atom and some hydrogens of it labelled with isotopes."""
    mol = Chem.RWMol(Chem.MolFromSmiles(smiles))
    atom = mol.GetAtomWithIdx(draw(st.integers(0, mol.GetNumAtoms() - 1)))
    atom.SetIsotope({6: 13, 7: 15, 8: 18}.get(atom.GetAtomicNum(), 0))
    with_hydrogens = Chem.AddHs(mol)
    for hydrogen in list(with_hydrogens.GetAtoms())[mol.GetNumAtoms() :][: draw(st.integers(0, 3))]:
        hydrogen.SetIsotope(2)
    return str(Chem.MolToSmiles(Chem.RemoveHs(with_hydrogens)))


def protonated(smiles: str) -> str:
    """The structure with its first basic nitrogen charged; unchanged when it has none."""
    mol: Any = Chem.RWMol(Chem.MolFromSmiles(smiles))
    amine = mol.GetSubstructMatch(_AMINE)
    if not amine:
        return smiles
    atom = mol.GetAtomWithIdx(amine[0])
    atom.SetFormalCharge(1)
    atom.SetNumExplicitHs(atom.GetTotalNumHs() + 1)
    atom.SetNoImplicit(True)
    Chem.SanitizeMol(mol)
    return str(Chem.MolToSmiles(mol))
