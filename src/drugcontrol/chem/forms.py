"""Normal forms: what stays of a structure when salt, charge, isotopes and hydrogens do not matter.

The *skeleton* of a component is its elements and connections alone. Tautomers, charges, isotopes, stereo and the way of
writing change bond orders, charges and hydrogens only, so forms of one substance always have one skeleton; the reverse
does not hold, and :mod:`drugcontrol.chem.compare` decides.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rdkit import Chem
from rdkit.Chem import rdMolHash
from rdkit.Chem.MolStandardize import rdMolStandardize

from drugcontrol.chem.molecule import Molecule

_DISCONNECTOR = rdMolStandardize.MetalDisconnector()
_UNCHARGER = rdMolStandardize.Uncharger()
_MAY_CHANGE = Chem.MolFromSmarts(
    "[!+0,!#1!#6!#7!#8!#9!#16!#17!#35!#53,$([#16;!X2;!X1]),$([F,Cl,Br,I;!X1]),$([#7]=*),$(N#N),$([#6]([OH])=N)]"
)
"""An atom without which no functional group is drawn unusually and no charge can be taken off (decision 0012)."""
_TAUTOMERS = rdMolStandardize.TautomerEnumerator()
_TAUTOMERS.SetMaxTautomers(200)
_TAUTOMERS.SetRemoveSp3Stereo(False)
_TAUTOMERS.SetRemoveBondStereo(False)

SALT_FORMERS = (
    "F",
    "Cl",
    "Br",
    "I",
    "OS(=O)(=O)O",
    "OP(=O)(O)O",
    "ON(=O)=O",
    "OCl(=O)(=O)=O",
    "N",
    "F[B-](F)(F)F",
    "F[P-](F)(F)(F)(F)F",
    "CC(=O)O",
    "OC(=O)C(=O)O",
    "OC(=O)C=CC(=O)O",
    "OC(=O)CCC(=O)O",
    "OC(=O)C(O)C(O)C(=O)O",
    "OC(=O)CC(O)C(=O)O",
    "CC(O)C(=O)O",
    "OC(=O)CC(O)(CC(=O)O)C(=O)O",
    "OC(=O)C(F)(F)F",
    "CS(=O)(=O)O",
    "CCS(=O)(=O)O",
    "Cc1ccc(cc1)S(=O)(=O)O",
    "OC(=O)c1ccccc1",
    "OC(=O)c1ccccc1O",
    "OCC(O)C(O)C(O)C(O)C(=O)O",
)
"""Acids and ammonia that commonly make salts of medicines: beside another component they make a salt, are no hit."""


_ATOM = re.compile(r"\[\d*([A-Z][a-z]?|[a-z]{1,2})[^\]]*\]|(Cl|Br|[BCNOPSFI]|[bcnops])")
_NON_METALS = frozenset({"H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl", "Se", "Br", "I"})
_HEAVY_NON_METALS = frozenset({5, 6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})


def composition(mol: Molecule) -> str:
    """Give the elements of a molecule and how many atoms of each, without hydrogen; forms of one substance share it."""
    return _counted(atom.GetSymbol() for atom in mol.GetAtoms())


def composition_of_text(smiles: str) -> str | None:
    """Give the same from the text of a SMILES alone, much faster; None where it has parts or a metal and must be read.

    Examples
    --------
    >>> composition_of_text("C[C@H](N)C(=O)c1ccc(Cl)[nH]1")
    'C7Cl1N2O1'
    >>> composition_of_text("CC(=O)[O-].[Na+]") is None
    True
    """
    if "." in smiles:
        return None
    elements = [(bracket or bare).capitalize() for bracket, bare in _ATOM.findall(smiles)]
    return _counted(elements) if _NON_METALS.issuperset(elements) else None


def _counted(elements: Iterable[str]) -> str:
    counts = Counter(element for element in elements if element != "H")
    return "".join(f"{element}{counts[element]}" for element in sorted(counts))


def skeleton(mol: Molecule) -> str:
    """Give elements and connections of a molecule as text; equal for all forms of one substance."""
    bare = Chem.Mol(mol)
    Chem.RemoveStereochemistry(bare)
    return str(rdMolHash.MolHash(bare, rdMolHash.HashFunction.ElementGraph))


_WATER = skeleton(Chem.MolFromSmiles("O"))
_COUNTER_IONS = frozenset(skeleton(Chem.MolFromSmiles(text)) for text in SALT_FORMERS)


@dataclass(frozen=True)
class Component:
    """One connected part of a structure.

    Attributes
    ----------
    raw : Molecule
        The part without isotope labels, as it was written else.
    charged : bool
        It carries a net charge.
    labelled : bool
        It carries isotope labels.
    role : {"part", "counter_ion", "water"}
        A salt former or water is a part of its own only where no other component makes a salt or hydrate of it.
    """

    raw: Molecule
    charged: bool
    labelled: bool
    role: Literal["part", "counter_ion", "water"]

    @cached_property
    def skeleton(self) -> str:
        """Elements and connections."""
        return skeleton(self.raw)

    @cached_property
    def neutral(self) -> Molecule:
        """The part with functional groups in their usual form and charges taken off where hydrogens can do it."""
        if not self.raw.HasSubstructMatch(_MAY_CHANGE):
            return self.raw
        return _UNCHARGER.uncharge(rdMolStandardize.Normalize(self.raw))

    @cached_property
    def flat(self) -> Molecule:
        """The neutral part without stereo."""
        bare = Chem.Mol(self.neutral)
        Chem.RemoveStereochemistry(bare)
        return bare

    @cached_property
    def tautomer(self) -> Molecule:
        """The canonical tautomer of the neutral part; stereo is kept where the tautomer has the centre."""
        return _TAUTOMERS.Canonicalize(self.neutral)


def components(mol: Molecule) -> tuple[Component, ...]:
    """Take a structure apart: metals off, isotope labels and hydrogens off, one component for each connected part."""
    if len(Chem.GetMolFrags(mol)) == 1 and all(map(_is_ordinary, mol.GetAtoms())):
        return (Component(raw=mol, charged=Chem.GetFormalCharge(mol) != 0, labelled=False, role="part"),)
    work = Chem.RWMol(mol)
    labels = False
    for atom in work.GetAtoms():
        atom.SetAtomMapNum(0)
        if atom.GetIsotope():
            labels = True
            atom.SetBoolProp("_labelled", True)
            for neighbour in atom.GetNeighbors() if atom.GetAtomicNum() == 1 else ():
                neighbour.SetBoolProp("_labelled", True)
            atom.SetIsotope(0)
    parts = Chem.GetMolFrags(_DISCONNECTOR.Disconnect(Chem.RemoveHs(work.GetMol())), asMols=True)
    skeletons = [skeleton(part) for part in parts]
    charged = [Chem.GetFormalCharge(part) != 0 for part in parts]
    salt = any(charged) or any(text not in _COUNTER_IONS and text != _WATER for text in skeletons)
    return tuple(
        Component(
            raw=part,
            charged=is_charged,
            labelled=labels and any(atom.HasProp("_labelled") for atom in part.GetAtoms()),
            role=_role(text, alone=len(parts) == 1, salt=salt),
        )
        for part, text, is_charged in zip(parts, skeletons, charged, strict=True)
    )


def _is_ordinary(atom: Chem.Atom) -> bool:
    """Say whether nothing is taken off an atom: it is no metal and no hydrogen, and carries no label."""
    return atom.GetAtomicNum() in _HEAVY_NON_METALS and not atom.GetIsotope() and not atom.GetAtomMapNum()


def _role(text: str, *, alone: bool, salt: bool) -> Literal["part", "counter_ion", "water"]:
    if alone:
        return "part"
    if text == _WATER:
        return "water"
    return "counter_ion" if salt and text in _COUNTER_IONS else "part"
