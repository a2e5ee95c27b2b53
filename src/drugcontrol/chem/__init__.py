"""Molecules: reading, normal forms, comparison, drawing. Knows no law."""

from drugcontrol.chem.compare import Relation, relation
from drugcontrol.chem.forms import Component, components, composition, composition_of_text, skeleton
from drugcontrol.chem.molecule import Molecule, read_inchi, read_molfile, read_smiles

__all__ = [
    "Component",
    "Molecule",
    "Relation",
    "components",
    "composition",
    "composition_of_text",
    "read_inchi",
    "read_molfile",
    "read_smiles",
    "relation",
    "skeleton",
]
