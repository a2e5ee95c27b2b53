"""How a component relates to a reference structure: the same, a stereoisomer, or something else."""

from enum import Enum

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from drugcontrol.chem.forms import Component
from drugcontrol.chem.molecule import Molecule

_MIRRORED = {
    Chem.ChiralType.CHI_TETRAHEDRAL_CW: Chem.ChiralType.CHI_TETRAHEDRAL_CCW,
    Chem.ChiralType.CHI_TETRAHEDRAL_CCW: Chem.ChiralType.CHI_TETRAHEDRAL_CW,
}


class Relation(Enum):
    """What a component is to a reference.

    ``SAME``: the same substance. ``WITHIN``: a stereoisomer of a reference that is drawn without (all) stereo.
    ``NOT_GIVEN``: the reference is one stereoisomer, the component is drawn without (all) stereo. ``MIRROR``: the
    mirror image of the reference. ``OTHER``: another stereoisomer.
    """

    SAME = "same"
    WITHIN = "within"
    NOT_GIVEN = "stereo_not_given"
    MIRROR = "mirror_image"
    OTHER = "other_stereoisomer"


def relation(component: Component, reference: Component, *, racemic: bool = False) -> tuple[Relation, bool] | None:
    """Compare a component with a reference.

    Parameters
    ----------
    racemic : bool
        The reference is drawn as one enantiomer and stands for both.

    Returns
    -------
    tuple of Relation and bool, or None
        The flag is true when the component is drawn as another tautomer. None: another substance.
    """
    if component.skeleton != reference.skeleton:
        return None
    if _flat(component.neutral) == _flat(reference.neutral):
        return _stereo(component.neutral, reference.neutral, racemic=racemic), False
    if CalcMolFormula(component.neutral) != CalcMolFormula(reference.neutral):
        return None
    if _flat(component.tautomer) == _flat(reference.tautomer):
        return _stereo(component.tautomer, reference.tautomer, racemic=racemic), True
    return None


def _stereo(mol: Molecule, reference: Molecule, *, racemic: bool) -> Relation:
    written, wanted = Chem.MolToSmiles(mol), Chem.MolToSmiles(reference)
    if written == wanted:
        return Relation.SAME
    if wanted == _flat(reference):
        return Relation.WITHIN
    if written == _flat(mol):
        return Relation.NOT_GIVEN
    mirrored = _mirror(reference)
    if written == Chem.MolToSmiles(mirrored):
        return Relation.SAME if racemic else Relation.MIRROR
    references = (reference, mirrored) if racemic else (reference,)
    if any(mol.HasSubstructMatch(item, useChirality=True) for item in references):
        return Relation.WITHIN
    if any(item.HasSubstructMatch(mol, useChirality=True) for item in references):
        return Relation.NOT_GIVEN
    return Relation.OTHER


def _flat(mol: Molecule) -> str:
    bare = Chem.Mol(mol)
    Chem.RemoveStereochemistry(bare)  # leaving stereo out of the text alone would keep it in the order of the atoms
    return str(Chem.MolToSmiles(bare))


def _mirror(mol: Molecule) -> Molecule:
    mirrored = Chem.Mol(mol)
    for atom in mirrored.GetAtoms():
        atom.SetChiralTag(_MIRRORED.get(atom.GetChiralTag(), atom.GetChiralTag()))
    return mirrored
