"""What a row is about, as one text: the same for every way to write the same structure."""

from rdkit import Chem

from drugcontrol.chem import Molecule, read_molfile, read_smiles
from drugcontrol.errors import StructureError
from drugcontrol.screen.readers import InputRow


def subject_of(row: InputRow, smiles_column: str, cas_column: str, name_column: str) -> str:
    """Give the InChIKey of the structure of a row; where it has none that can be read, its number or name.

    Examples
    --------
    >>> subject_of(InputRow(2, {"smiles": "OCC", "name": "Ethanol"}), "smiles", "", "name")
    'LFQSCWFLJHTTHZ-UHFFFAOYSA-N'
    >>> subject_of(InputRow(3, {"smiles": "", "name": " Ethanol "}), "smiles", "", "name")
    'name:ethanol'
    """
    molecule = _molecule(row, smiles_column)
    key: str = Chem.MolToInchiKey(molecule) if molecule is not None else ""
    if key:
        return key
    for kind, column in (("cas", cas_column), ("name", name_column)):
        text = " ".join(row.values.get(column, "").casefold().split()) if column else ""
        if text:
            return f"{kind}:{text}"
    return ""


def _molecule(row: InputRow, smiles_column: str) -> Molecule | None:
    smiles = row.values.get(smiles_column, "").strip() if smiles_column else ""
    try:
        if row.molfile:
            return read_molfile(row.molfile)
        return read_smiles(smiles) if smiles else None
    except StructureError:
        return None
