"""Molecules: reading, normal forms, comparison, drawing. Knows no law."""

from drugcontrol.chem.compare import Relation, relation
from drugcontrol.chem.forms import Component, components, skeleton
from drugcontrol.chem.molecule import Molecule, read_inchi, read_molfile, read_smiles

__all__ = [
    "Component",
    "Molecule",
    "Relation",
    "components",
    "read_inchi",
    "read_molfile",
    "read_smiles",
    "relation",
    "skeleton",
]
