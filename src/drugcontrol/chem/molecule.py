"""Reading structures: quiet, bounded, with errors that never repeat the structure."""

from rdkit import Chem, rdBase

from drugcontrol.errors import StructureError

Molecule = Chem.Mol

MAX_ATOMS = 1000
"""Heavy atoms beyond which a structure is not compared; no listed substance comes near."""

MAX_TEXT = 20_000
"""Characters of one structure beyond which it is not read."""

_UNDEFINED = Chem.MolFromSmarts("[#0]")

rdBase.DisableLog("rdApp.*")  # what RDKit prints about a structure would land in logs


def read_smiles(text: str) -> Molecule:
    """Read a SMILES.

    Raises
    ------
    StructureError
        When the text is empty, too long, or no SMILES.
    """
    text = text.strip()
    _check_length(text)
    if not text.isascii():
        raise StructureError("The SMILES holds characters that no SMILES has.", "Check the encoding of the file.")
    return _checked(Chem.MolFromSmiles(text), "SMILES")


def read_inchi(text: str) -> Molecule:
    """Read an InChI; errors as of :func:`read_smiles`."""
    _check_length(text)
    return _checked(Chem.MolFromInchi(text.strip()), "InChI")


def read_molfile(text: str) -> Molecule:
    """Read a molfile (V2000 or V3000); errors as of :func:`read_smiles`."""
    if len(text) > 40 * MAX_TEXT:
        raise StructureError("The molfile is too long to be one substance.", f"At most {MAX_ATOMS} atoms are compared.")
    return _checked(Chem.MolFromMolBlock(text), "molfile")


def _check_length(text: str) -> None:
    if not text.strip():
        raise StructureError("The structure is empty.", "Give a SMILES, an InChI or a molfile.")
    if len(text) > MAX_TEXT:
        raise StructureError(
            f"The structure has {len(text)} characters.", f"At most {MAX_TEXT} characters are read as one substance."
        )


def _checked(mol: Molecule | None, form: str) -> Molecule:
    if mol is None:
        cure = "Check brackets, ring digits and valences." if form == "SMILES" else "Check that it is whole."
        raise StructureError(f"The text is no {form} that can be read.", cure)
    if mol.GetNumAtoms() == 0:
        raise StructureError("The structure has no atoms.", "Give the structure of the substance.")
    if mol.HasSubstructMatch(_UNDEFINED):
        raise StructureError("The structure is not complete: it holds an undefined atom.", "Give every atom.")
    if mol.GetNumHeavyAtoms() > MAX_ATOMS:
        raise StructureError(
            f"The structure has {mol.GetNumHeavyAtoms()} atoms.", f"At most {MAX_ATOMS} atoms are compared."
        )
    return mol
